"""The generator of the site, behind one function: :func:`run` makes a locale's tree of values.

Nothing outside of this room knows which program does it (import-linter holds that). Two do:
MkDocs, and ProperDocs, its fork that is still developed and is imported under the same names
where ``PIPELINE_GENERATOR=properdocs`` asks for it. What each of them, and Zensical, would cost
to live with: ``docs/decisions/0013-generators.md``.

To put another in its place, write ``run(job, edition)``. It takes the views of the edition with
their Markdown, renders each with the extensions of ``mkdocs.yml``, passes the HTML through the
steps of ``plugin.py``, puts it into the templates of the theme, writes ``<address>/index.html``
below ``job.out``, and says what it could not make. :func:`serve` shows a built site while it is
worked on.
"""

# First: what the modules below import by MkDocs' name is settled here.
from pipeline.website.generator import choice  # noqa: F401
from pipeline.website.generator.preview import refuse_taken, serve
from pipeline.website.generator.running import has_foreign_parts, run

__all__ = ["has_foreign_parts", "refuse_taken", "run", "serve"]
