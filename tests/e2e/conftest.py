"""What ships, built as a user builds it, served on this machine and opened in real Chromium."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = ("content", "locales", "theme", "mkdocs.yml", "pipeline.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A build of what ships."""

    root: Path
    address: str

    @property
    def site(self) -> Path:
        return self.root / "site"

    def manifest(self) -> dict:
        return json.loads((self.site / "manifest.json").read_text("utf-8"))


def run(
    environment: Mapping[str, str], root: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a project, as a user does."""
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copy_what_ships(root: Path) -> Path:
    for name in SHIPPED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root / name)
    return root


@pytest.fixture(scope="session")
def run_in(unmeasured: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    return partial(run, unmeasured)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at what the browser saw."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, run_in: Callable) -> Iterator[Built]:
    root = copy_what_ships(tmp_path_factory.mktemp("shipped"))
    done = run_in(root, "build")
    assert done.returncode == 0, done.stderr
    handler = partial(_Quiet, directory=str(root / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Built(root=root, address=f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(built: Built, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address of the site; a test fails if the page asks for anything elsewhere."""
    contexts = []
    elsewhere: list[str] = []

    def open_page(path: str, **options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((built.address, "data:"))
                else elsewhere.append(request.url)
            ),
        )
        page.goto(built.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []
