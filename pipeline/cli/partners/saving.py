"""A resource and its pictures → files, the resource last: it is whole or not there."""

from pipeline.cli.partners.placing import Place
from pipeline.errors import ContentError
from pipeline.files import write_atomic
from pipeline.intake import Intake


def save(intake: Intake, place: Place, *, may_replace: bool) -> None:
    """Write a resource and its pictures.

    Stopped half-way, it leaves pictures that nothing shows, and never a resource that is not
    whole or whose pictures are missing.

    Args:
        intake: what to write.
        place: where.
        may_replace: whether files that are there may be written over.

    Raises:
        ContentError: something is there already; nothing was written.
    """
    folder = place.path.parent
    files = {folder / name: data for name, data in intake.pictures.items()}
    files[place.path] = intake.markdown.encode()
    taken = [path for path in files if path.exists() or path.is_symlink()]
    links = [path for path in taken if path.is_symlink()]
    if links or (taken and not may_replace):
        raise ContentError(
            "There is such a file already; nothing was written.",
            remedy="Choose another name with --slug"
            + (", or write over it with --replace." if not links else "."),
            path=(links or sorted(taken, key=lambda path: path != place.path))[0],
        )
    for path, data in files.items():
        write_atomic(path, data)
