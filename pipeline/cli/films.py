"""Films with their captions, and recordings, brought to where the public gets them.

A language's own film goes the way of a recording: its bytes are those that were signed.

They are never older than the gate: captions and recordings that may not be read any more are gone
before a page is published, whatever part of the site is built.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.cli.survey import Survey
from pipeline.files import remove, write_atomic
from pipeline.ledger import digest
from pipeline.media import MEDIA, Recording
from pipeline.website import captions_path, film_path


def write_films(found: Survey) -> None:
    """Write films, captions and recordings into the site, and take away what is not among them.

    Args:
        found: the project as it should be published.
    """
    site = found.project.site_dir
    wanted = {site / name for name, _ in _films(found)}
    wanted |= {site / name for name, _ in _captions(found)}
    wanted |= {site / recording.name for recording in _recordings(found)}
    _clear(site / MEDIA, wanted)
    for name, text in _captions(found):
        _write(site / name, text.encode())
    for recording in _recordings(found):
        _write_recording(recording, site / recording.name)
    for name, film in _films(found):
        if not _is_same(film, site / name):
            _copy(film, site / name)


def _films(found: Survey) -> Iterator[tuple[str, Path]]:
    """Where each film goes, and where it is: of resources that somebody may read."""
    for page in found.source.pages if found.source.facts.has_media else ():
        video = page.document.video
        if video is not None and video.file and page.is_published:
            yield film_path(page.document), found.project.content_dir / video.file


def _captions(found: Survey) -> Iterator[tuple[str, str]]:
    for edition in found.open_editions:
        for page in edition.pages if edition.facts.has_media else ():
            if page.captions:
                yield captions_path(page.document, edition.locale.tag), page.captions


def _recordings(found: Survey) -> Iterator[Recording]:
    for edition in found.open_editions:
        for page in edition.pages if edition.facts.has_media else ():
            yield from (file for file in (page.recording, page.film) if file is not None)


def _write_recording(recording: Recording, target: Path) -> None:
    """The very bytes that were signed: a file that was changed meanwhile is left out."""
    data = recording.file.read_bytes()
    if digest(data) == recording.digest:
        _write(target, data)


def _clear(folder: Path, wanted: set[Path]) -> None:
    if not wanted:
        remove(folder)
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _write(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_atomic(path, data)


def _is_same(film: Path, published: Path) -> bool:
    """Whether a film is published already: copied whole, with its time."""
    if not published.is_file():
        return False
    one, other = film.stat(), published.stat()
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _copy(film: Path, target: Path) -> None:
    """A film may be large: it goes from disk to disk, and gets its name when it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.tmp")
    shutil.copyfile(film, part)
    shutil.copystat(film, part)
    part.chmod(0o644)
    part.replace(target)
