"""Leaflets that were made, in the cache: each under the digest of all that went into it.

One that is in the site stays, however long nobody asks for it: its page may be made anew for a
reason that is none of the leaflet's, another title beside it or another menu. What else no build
has asked for in a month goes. That it is in the site is told by a second name of the file (a hard
link), which takes no room: below ``standing``, as it is called in the site; contents as their book.
Where the system has no such names, all goes after a month, and is made again when somebody asks.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from pipeline.files import make_folder, write_atomic
from pipeline.pdf.jobs import LeafletJob, Rendered

#: How a whole file of each kind begins and ends.
_WHOLE = {".pdf": (b"%PDF-", b"%%EOF"), ".png": (b"\x89PNG\r\n", b"IEND\xaeB`\x82")}
_DAY = 24 * 3600
_KEPT_SECONDS = 30 * _DAY
_REMARKS = ".txt"


def keep_leaflet(kept: Path, made: Rendered) -> None:
    """Put a leaflet into the cache.

    Args:
        kept: where the cache has it.
        made: what was made.
    """
    if made.warnings:  # before the leaflet: where that is, these are
        write_atomic(kept.with_suffix(_REMARKS), "\n".join(made.warnings).encode())
    write_atomic(kept, made.data)


def deliver_leaflet(kept: Path, job: LeafletJob, cache_dir: Path) -> bool:
    """Put a leaflet of the cache where it belongs; False where the cache does not have it.

    Args:
        kept: where the cache would have it.
        job: what it was made for.
        cache_dir: folder of the cache.
    """
    try:
        data = kept.read_bytes()
    except OSError:
        return False
    begin, end = _WHOLE[kept.suffix]
    if not (data.startswith(begin) and data.rstrip(b"\r\n").endswith(end)):
        return False  # cut off: no leaflet at all is better
    for path in (kept, kept.with_suffix(_REMARKS)):
        with suppress(OSError):
            os.utime(path)
    if not job.pdf_path.is_file() or job.pdf_path.read_bytes() != data:
        write_atomic(job.pdf_path, data)
    with suppress(OSError):
        _note_standing(kept, job, cache_dir)
    return True


def read_remarks(kept: Path) -> list[str]:
    """What a translator should look at in a leaflet, one sentence each.

    Args:
        kept: where the cache has it.
    """
    try:
        return kept.with_suffix(_REMARKS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def prune_leaflets(cache_dir: Path, site_dir: Path) -> None:
    """Take out of the cache what is not in the site and nobody asked for; once a day.

    With 60,000 leaflets that takes a second: call it when all is published.

    Args:
        cache_dir: folder of the cache.
        site_dir: folder of the published site, with a folder for each locale.
    """
    note, now = cache_dir / "pruned", time.time()
    with suppress(OSError):
        if 0 <= now - note.stat().st_mtime < _DAY:
            return
    _forget_gone(_standing(cache_dir), site_dir)
    leaflets = cache_dir / "leaflets"
    for path in list(leaflets.iterdir()) if leaflets.is_dir() else ():
        with suppress(OSError):
            if path.stat().st_mtime < now - _KEPT_SECONDS and not _is_in_use(path):
                path.unlink()
                path.with_suffix(_REMARKS).unlink(missing_ok=True)
    with suppress(OSError):
        write_atomic(note)


def _standing(cache_dir: Path) -> Path:
    return cache_dir / "standing"


def _note_standing(kept: Path, job: LeafletJob, cache_dir: Path) -> None:
    """Give a leaflet its second name: that of the file in the site; of contents, of their book."""
    place = job.page_path.parent.relative_to(job.site_root)
    folder = _standing(cache_dir) / job.locale.tag / place
    name = folder / job.pdf_path.name
    if name.exists() and name.samefile(kept):
        return
    make_folder(folder)
    name.unlink(missing_ok=True)
    name.hardlink_to(kept)


def _forget_gone(standing: Path, site_dir: Path) -> None:
    """Take second names away of what is not in the site any more."""
    for folder, _, names in os.walk(standing):
        there = site_dir / Path(folder).relative_to(standing)
        with suppress(OSError):
            in_site = {path.name for path in there.iterdir()} if there.is_dir() else set()
            for path in (Path(folder, name) for name in names):
                if path.name not in in_site or path.stat().st_nlink == 1:
                    path.unlink()


def _is_in_use(path: Path) -> bool:
    """Whether a leaflet is in the site, or what is kept beside a leaflet belongs to one."""
    if path.suffix == _REMARKS:
        return any(path.with_suffix(ending).exists() for ending in _WHOLE)
    return path.stat().st_nlink > 1
