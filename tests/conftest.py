"""For all tests: how Hypothesis searches, what takes long and is made once, who works where."""

import importlib.util
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import ModuleType

import pytest
from coverage import Coverage
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.scheduler import LoadScopeScheduling

# How long one example takes says nothing on a machine that runs other tests beside it.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")

# A shell that starts the tests in the background lets them ignore Ctrl-C, and all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGQUIT"):
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)

# No test leaves a process behind, but those of such a process.
os.environ["PIPELINE_STANDBY"] = "0"

#: Rooms whose tests share something that takes long to make (a built site). Each stays in one
#: process and begins before the rest, so that nothing waits for it at the end.
SHARED = ("e2e", "website")

#: Files that take longest begin next.
LONG = ("tests/segments/test_laws.py", "tests/cli/test_survey_states.py", "tests/cli/test_build.py")

#: Nothing that Chromium would fetch by itself; the machine may have no network.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Another site, for what a page may ask of one: a server of a test answers.
    "--host-resolver-rules=MAP films.example.org 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or the one that Playwright fetched: one a process."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def _load_script(name: str) -> ModuleType:
    """A file of ``scripts/``, which is no package; it finds its neighbours, as when it is run."""
    path = Path(__file__).parents[1] / f"{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(path.parent)
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tab_for(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A tab for each way of looking, kept open: to open one takes longer than to show a page."""
    tabs: dict[str, Page] = {}

    def find_or_open(**options: object) -> Page:
        way = json.dumps(options, sort_keys=True)
        if way not in tabs:
            tabs[way] = browser.new_context(**options).new_page()
        return tabs[way]

    yield find_or_open
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """Nobody pulls the plug here: no test waits until what it writes has reached the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        yield


@pytest.fixture(scope="module")
def loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A Dask scheduler on this machine, to which a test hires workers."""
    pytest.importorskip("distributed", reason="the extra `cluster` (Dask) is not installed")
    folder = tmp_path_factory.mktemp("cluster")
    made = _load_script("tests/cluster/loopback").Loopback(folder=folder)
    made.begin()
    yield made
    made.dismiss()
    made.lose()


@pytest.fixture(scope="session")
def cut_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of leaflets, cut once for all test processes, as an earlier build leaves them."""
    from pipeline.pdf.fonts import prepare_fonts  # noqa: PLC0415 - coverage watches from now on

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "cut-fonts"
    with FileLock(f"{folder}.lock"):
        prepare_fonts(folder)
    return folder


@pytest.fixture(scope="session")
def sign_samples() -> Callable[..., int]:
    """Sign all of a project in every role that is needed, as a demonstration."""
    return _load_script("scripts/sign_samples").sign_samples


@pytest.fixture(scope="session")
def walk() -> ModuleType:
    """How pages are opened, read by axe-core and walked through by the keyboard."""
    return _load_script("scripts/walk_pages")


@pytest.fixture(scope="session")
def shadow() -> ModuleType:
    """How a tree is built a second time, with Zensical, and held against the first."""
    return _load_script("scripts/shadow_zensical")


@pytest.fixture(scope="session")
def visits() -> ModuleType:
    """How much a visit to a website moves."""
    return _load_script("scripts/measure_visits")


@pytest.fixture(scope="session")
def looks() -> ModuleType:
    """How pages and sheets look, and whether they look as before."""
    return _load_script("scripts/looks")


@pytest.fixture(scope="session")
def gallery(looks: ModuleType) -> ModuleType:  # noqa: ARG001 - it imports that by its name
    """How the gallery of the docs is made."""
    return _load_script("scripts/make_gallery")


def room(nodeid: str) -> str:
    """The folder below ``tests/`` that a test is in."""
    return nodeid.split("::", maxsplit=1)[0].split("/")[1]


def turn(nodeid: str) -> int:
    """When a test is run: shared rooms first, long files next, then all others in their order."""
    name = nodeid.split("::", maxsplit=1)[0]
    places = [place for place, each in enumerate((*SHARED, *LONG)) if each in {room(name), name}]
    return places[0] if places else len(SHARED) + len(LONG)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn(item.nodeid))
    for item in items:
        if getattr(item.obj, "is_hypothesis_test", False):
            item.add_marker(pytest.mark.unwatched)


@contextmanager
def rest_of_coverage() -> Iterator[None]:
    """Watch nothing in here. A test process has several watchers, of which the last watches."""
    watchers: list[Coverage] = []
    while watcher := Coverage.current():
        watcher.stop()
        watchers.insert(0, watcher)
    try:
        yield
    finally:
        for watcher in watchers:
            watcher.start()


@pytest.fixture(scope="session")
def unwatched() -> Callable[[], AbstractContextManager[None]]:
    """What is timed is not watched: that would be half of its time."""
    return rest_of_coverage


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """What only a preparation runs is not tested: it is not watched, which halves its time."""
    with rest_of_coverage():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let coverage rest in laws and in tests that say so: to be watched doubles their time.

    It asks whether a line is run at all; a law runs the same lines for hundreds of examples.
    """
    with rest_of_coverage() if item.get_closest_marker("unwatched") else nullcontext():
        return (yield)


class RoomScheduling(LoadScopeScheduling):
    """Hands out the tests of a shared room together, all others file by file."""

    def _split_scope(self, nodeid: str) -> str:
        return room(nodeid) if room(nodeid) in SHARED else nodeid.split("::", maxsplit=1)[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> RoomScheduling:
    config.option.loadscopereorder = False
    return RoomScheduling(config, log)
