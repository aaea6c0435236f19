"""What ships, built as a user builds it, served on this machine and opened in real Chromium."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Page, Request

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


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a project, as a user does."""
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments],
        cwd=root,
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
def run_in() -> Callable[..., subprocess.CompletedProcess[str]]:
    return run


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, run_in: Callable, visits: ModuleType
) -> Iterator[Built]:
    root = copy_what_ships(tmp_path_factory.mktemp("shipped"))
    done = run_in(root, "build")
    assert done.returncode == 0, done.stderr
    handler = partial(visits.CachingHandler, directory=str(root / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Built(root=root, address=f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """What pages have asked for that is not of the site: nothing, at the end of every test."""
    addresses: list[str] = []
    yield addresses
    assert addresses == []


@pytest.fixture
def visit(
    built: Built, tab_for: Callable[..., Page], elsewhere: list[str]
) -> Iterator[Callable[..., Page]]:
    """Open an address of the site in a browser that knows nothing of earlier visits.

    There is one tab for the same options: a second visit leaves the first page.
    """
    used: list[Page] = []

    def note(request: Request) -> None:
        if not request.url.startswith((built.address, "data:")):
            elsewhere.append(request.url)

    def open_page(path: str, **options: object) -> Page:
        page = tab_for(**options)
        if page not in used:
            page.on("request", note)
            used.append(page)
        forget_visits(page, built.address)
        page.goto(built.address + path)
        return page

    yield open_page
    for page in used:
        page.remove_listener("request", note)


def forget_visits(page: Page, address: str) -> None:
    """Empty what a browser keeps of a site: its files, cookies and what scripts have stored."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.clearBrowserCache")
    tools.send("Network.clearBrowserCookies")
    tools.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
    tools.detach()
