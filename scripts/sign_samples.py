"""Sign what ships as a demonstration: sample sign-offs by nobody, in every role that is needed.

They say so (`"sample":true`, handles such as `sample-reviser`), and open the gate of a
demonstration alone. Run it after a change to the English or to a sample translation:

    .venv/bin/python scripts/sign_samples.py [PROJECT]
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.catalogs import read_catalog
from pipeline.cli.units import DigestOf, digest_maker, digest_pictures, unit_digests
from pipeline.config import Project, load_project
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.ledger import append, format_time, read_ledger
from pipeline.model import Catalog, Document, Segment
from pipeline.qa import is_translation
from pipeline.segments import split_document
from pipeline.workflow import Role, SignOff, Step

#: Translations that are left waiting for somebody, so that every state can be seen.
UNFINISHED = {
    ("ur", "covid-19/when-to-get-help"): {Role.TRANSLATOR},
    ("ps", "covid-19/when-to-get-help"): set[Role](),
}


def sign_samples(root: Path, now: datetime | None = None) -> int:
    """Add the sign-offs that are lacking; tell how many lines were written."""
    project = load_project(root)
    moment = now or datetime.now(UTC)
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    written = 0
    for document in read_documents(project).documents:
        segments = split_document(document)
        digest_of = digest_maker(document, segments, pictures)
        for tag, steps, digests in sides(project, document, segments, digest_of):
            path = project.ledger_path(tag, document.topic, document.slug)
            left = UNFINISHED.get((tag, str(document.id)))
            for number, role in enumerate(role for step in steps for role in step):
                if left is not None and role not in left:
                    continue
                time = moment + timedelta(seconds=number)
                signed = {
                    unit
                    for line in read_ledger(path, locale=tag, now=time).lines
                    if isinstance(line, SignOff) and line.role is role
                    for unit in line.units
                }
                if units := tuple(sorted(digests - signed)):
                    append(
                        path,
                        SignOff(
                            time=format_time(time),
                            role=role,
                            handle=f"sample-{role}",
                            locale=tag,
                            units=units,
                            sample=True,
                        ),
                    )
                    written += 1
    return written


def sides(
    project: Project, document: Document, segments: Iterable[Segment], digest_of: DigestOf
) -> Iterator[tuple[str, tuple[Step, ...], frozenset[str]]]:
    """Locale, steps and digests of the source text and of each translation."""
    rules = project.workflow.tiers[document.metadata.risk]
    yield (
        project.source.tag,
        rules.source,
        frozenset(unit_digests(segments, None, digest_of).values()),
    )
    for locale in project.locales:
        path = project.catalog_path(locale.tag, document.topic, document.slug)
        if path.exists():
            catalog = translations(read_catalog(path))
            digests = unit_digests(segments, catalog, digest_of)
            yield locale.tag, rules.target, frozenset(digests.values())


def translations(catalog: Catalog) -> Catalog:
    """The catalog without copies of the English, which nobody translated."""
    units = (unit for unit in catalog.units if is_translation(unit.msgid, unit.msgstr))
    return Catalog(headers=catalog.headers, units=tuple(units))


if __name__ == "__main__":
    lines = sign_samples(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
    print(f"{lines} sample sign-offs written.")
