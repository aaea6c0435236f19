"""A partner's file → a draft → a resource; here alone the file is read."""

from pathlib import Path

from pipeline.cli.console import late_progress
from pipeline.cli.partners.placing import Place
from pipeline.config import Project
from pipeline.content import clean_asset
from pipeline.errors import ContentError, IntakeError
from pipeline.intake import MOST_BYTES, Intake, compose, parse_document
from pipeline.intake.model import Draft


def read_document(path: Path) -> Draft:
    """Read a document.

    Raises:
        IntakeError: it cannot be read.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise IntakeError(
            f"The file has {size:,} bytes; {MOST_BYTES:,} are read.",
            remedy="Make its pictures smaller: 1,600 pixels are enough for a page and a leaflet.",
            path=path,
        )
    with late_progress("Reading", 1) as advance:
        draft = parse_document(path.read_bytes(), path)
        advance(path.name)
    return draft


def read_resource(draft: Draft, place: Place, project: Project) -> Intake:
    """Make a resource of a draft, its pictures cleaned as all of the project's are."""
    return compose(draft, slug=place.slug, source_tag=project.source.tag, clean=_clean)


def _clean(data: bytes, name: str) -> bytes | str:
    try:
        return clean_asset(data, Path(name))
    except ContentError as refusal:
        return f"{refusal.message} {refusal.remedy}"
