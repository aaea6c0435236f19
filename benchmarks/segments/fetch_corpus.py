"""Fetch the Markdown of well-known projects into ``.cache/corpus/`` for the laws' tests.

Through pip, so that whatever index is configured is used; each source distribution is
pinned by version and sha256. Nothing of it is committed.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / ".cache" / "corpus"

#: Source distributions with documentation in them: name, version, sha256.
PROJECTS = (
    ("black", "26.10.1", "5f9f83beae62437e060dafd53d7f1fc327e3d3494f74d72ee5c2b73eb90fc4e7"),
    ("cibuildwheel", "4.3.5", "43c30292b9ec8d08a8eb3873436e64d4d1434c5dcbc855fb0afbfc69732048f1"),
    ("copier", "9.19.1", "3fe48c38a290c90dfa67cfc7811bc3f576c03f59d3a1e6a09a8d46c2f0403988"),
    ("fastapi", "0.165.0", "dd94d4128319c1e1d50535ab023ab698f850a4d2822f0e181747b46f4ff3c0ab"),
    ("griffe", "2.4.1", "766123e26ec35b2ead63202e9e43ec309d876085d571b7df288256cd6fe4a3ef"),
    ("hatch", "1.18.2", "7f365f1a5b8f1a8162813daed9bf9fce83f15dc933fc99c6d04cbb942e64f4d0"),
    ("Markdown", "3.11.3", "81eb91631dc97ad1efbc76019ef0f80fe90ca49ddf81546752d79989c3bfff3e"),
    (
        "pymdown-extensions",
        "13.1",
        "e1ecec373677483b7324a47e5b4bf2e0c6614fe8dcdab1dcc6a05ecefd9b527d",
    ),
    ("starlette", "1.10.0", "b8399098d4c1e3522734f7235dc79b1fc967f96cf139c81e0fa30479e0685f9b"),
)


def fetch(target: Path) -> None:
    """Download and unpack what is not there yet.

    Args:
        target: folder that gets one folder a project.

    Raises:
        SystemExit: pip cannot get a file, or it is not the one that is pinned.
    """
    # pip waits for the network most of the time.
    with ThreadPoolExecutor(max_workers=4) as pool:
        for done in [pool.submit(_fetch_one, target, *project) for project in PROJECTS]:
            done.result()


def _fetch_one(target: Path, name: str, version: str, digest: str) -> None:
    folder = target / f"{name.lower()}-{version}"
    if not (folder / ".complete").exists():
        unpack(download(name, version, digest), folder)
        (folder / ".complete").touch()


def download(name: str, version: str, digest: str) -> bytes:
    """The bytes of a source distribution; pip compares its digest before it looks inside."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text(f"{name}=={version} --hash=sha256:{digest}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"]
        # Read, never installed: it need not run on this Python.
        command += ["--no-deps", "--ignore-requires-python", "--no-binary", name]
        command += ["--require-hashes", "--requirement", str(wanted), "--dest", folder]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{name} {version} cannot be fetched: is this machine offline?")
        return next(Path(folder).glob("*.tar.gz")).read_bytes()


def unpack(data: bytes, folder: Path) -> None:
    """Write the Markdown files of a source distribution, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:gz") as archive:
            for member in archive:
                path = PurePosixPath(*PurePosixPath(member.name).parts[1:])
                if not member.isfile() or path.suffix != ".md" or ".." in path.parts:
                    continue
                content = archive.extractfile(member)
                if content is not None:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    (folder / path).write_bytes(content.read())


def main() -> None:
    """Fetch into the folder given, or into ``.cache/corpus/``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", type=Path, default=CORPUS)
    fetch(parser.parse_args().target)


if __name__ == "__main__":
    main()
