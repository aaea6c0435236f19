"""Taking a package in: a zip file that somebody else made, so nothing in it is believed.

What is unpacked is looked at before it is moved into place, in one step; a refused or interrupted
installation leaves nothing behind.
"""

import hashlib
import json
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.draft.models import RECORD, Model, read_model
from pipeline.errors import ModelError

#: Packages have ten to a hundred files; the largest that we know of, a translator for 200
#: languages, has 3.5 GB.
_MOST_FILES = 2_000
MOST_BYTES = 8_000_000_000
_PIECE = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANOTHER = "Fetch the package again, from a place that you trust."


def install_model(
    archive: Path,
    folder: Path,
    *,
    sha256: str = "",
    try_out: Callable[[Model], None] = lambda _: None,
) -> Model:
    """Install a package from its file; it takes the place of an older one of the same languages.

    Args:
        archive: the file (``.argosmodel``, a zip).
        folder: where models are.
        sha256: the digest that the file must have; empty where none is demanded.
        try_out: loads the model; raises what is wrong with it.

    Returns:
        The model as it now is.

    Raises:
        ModelError: the file is not what was demanded, is no package, or would write elsewhere.
        OSError: the folder cannot be written to.
    """
    digest = read_digest(archive)
    if sha256 and not _SHA256.fullmatch(sha256.lower()):
        raise ModelError(
            f"`{sha256}` is no SHA-256.", remedy="Give its 64 hexadecimal digits.", path=archive
        )
    if sha256 and digest != sha256.lower():
        raise ModelError(
            f"The file has the SHA-256 {digest}, not the one that you gave.",
            remedy=f"Do not use it. {_ANOTHER}",
            path=archive,
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unpacked-") as work:
        unpacked = _unpack(archive, Path(work))
        record = json.dumps({"sha256": digest, "file": archive.name}, indent=1)
        (unpacked / RECORD).write_text(record + "\n", "utf-8")
        model = read_model(unpacked)
        try_out(model)
        return _move_in(model, folder, Path(work))


def read_digest(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The file cannot be read: {error.strerror}.", remedy="Check the name.", path=path
        ) from None


def _unpack(archive: Path, work: Path) -> Path:
    """The one folder that a package holds, unpacked."""
    try:
        with zipfile.ZipFile(archive) as package:
            members = [info for info in package.infolist() if not info.is_dir()]
            top = _check_members(members, archive)
            free = shutil.disk_usage(work).free
            if (needed := sum(info.file_size for info in members)) > free:
                raise ModelError(
                    f"The disk has {free:,} bytes free, and the package needs {needed:,}.",
                    remedy="Make room, or name another folder in PIPELINE_MODELS.",
                    path=archive,
                )
            for info in members:
                _unpack_member(package, info, work)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ModelError(
            f"The file is no whole zip: {error}.", remedy=_ANOTHER, path=archive
        ) from None
    return work / top


def _check_members(members: list[zipfile.ZipInfo], archive: Path) -> str:
    """The name of the folder that all members are in."""
    why = _why_refused(members)
    tops = {PurePosixPath(info.filename).parts[0] for info in members if info.filename}
    if not why and len(tops) != 1:
        why = f"it must hold one folder, and holds {len(tops)}"
    if why:
        raise ModelError(f"The package is refused: {why}.", remedy=_ANOTHER, path=archive)
    return tops.pop()


def _why_refused(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > _MOST_FILES:
        return f"it holds {len(members):,} files, and {_MOST_FILES:,} are the most"
    if (size := sum(info.file_size for info in members)) > MOST_BYTES:
        return f"unpacked it has {size:,} bytes, and {MOST_BYTES:,} are the most"
    names: set[str] = set()
    for info in members:
        if why := _why_member_refused(info):
            return f"{info.orig_filename!r} {why}"
        # Some disks do not tell capitals from small letters.
        if (name := info.filename.casefold()) in names:
            return f"{info.orig_filename!r} is there twice"
        names.add(name)
    return ""


def _why_member_refused(info: zipfile.ZipInfo) -> str:
    # ``orig_filename`` as well: zipfile cuts a name at its first NUL.
    if _leads_away(info.filename) or _leads_away(info.orig_filename):
        return "would be written outside of its folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & 1:
        return "is encrypted"
    if "/" not in info.filename:
        return "is in no folder"
    return ""


def _leads_away(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ":" in name or "\0" in name or ".." in parts


def _unpack_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, work: Path) -> None:
    path = work.joinpath(*PurePosixPath(info.filename).parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    left = info.file_size
    with package.open(info) as member, path.open("xb") as file:
        # Not a byte more than was announced, whatever the compressed data says.
        while left and (piece := member.read(min(_PIECE, left))):
            file.write(piece)
            left -= len(piece)
        if left or member.read(1):
            raise zipfile.BadZipFile(f"{info.filename} is not as long as it says")


def _move_in(model: Model, folder: Path, work: Path) -> Model:
    place = folder / model.pair
    old = work / "old"
    if place.exists():
        place.rename(old)
    model.folder.rename(place)
    return replace(model, folder=place)
