"""Each page that can be read, as one file beside it."""

from collections.abc import Iterable

from markupsafe import Markup

from pipeline.cli.offline.trees import readable, reader, speech_of
from pipeline.cli.plan import Stage
from pipeline.files import write_atomic
from pipeline.model import LocalisedPage
from pipeline.offline import Copy, render_one_file
from pipeline.website import Speech, one_file_name


def write_copies(stage: Stage, pages: Iterable[LocalisedPage]) -> None:
    """Write the one file of each page of a tree that was just made.

    Args:
        stage: the tree.
        pages: its pages as they were made.
    """
    speech = speech_of(stage.project, stage.site.locale, stage.site.interface)
    read = reader(stage.project.site_dir, stage.tag, stage.folder)
    for page in readable(pages):
        name = str(page.document.id)
        if stage.only and name not in stage.only:
            continue
        folder = stage.folder / name
        copy = _copy(stage, page, speech)
        made = render_one_file((folder / "index.html").read_bytes(), copy, read)
        write_atomic(folder / one_file_name(page.document, stage.tag), made)


def _copy(stage: Stage, page: LocalisedPage, speech: Speech) -> Copy:
    day = speech.date(page.document.metadata.last_checked)
    return Copy(
        path=f"{stage.tag}/{page.document.id}/index.html",
        site=stage.project.site_url,
        source=stage.project.source.tag,
        online=speech.t("pdf-address"),
        checked=Markup("{}: {}").format(speech.t("last-checked"), day),
        version=speech.t("pdf-version"),
        film=speech.t("format-video"),
        audio=speech.t("format-audio"),
    )
