"""Pages that several processes render are the pages that one renders, whatever befalls a helper."""

import os
import signal
import sys

import pytest
from mkdocs.commands import build as commands

from pipeline.model import PageState
from pipeline.website.generator import ahead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="helpers are forked, on Linux only")

TEXT = """\
# Page {n}

Call **111** on day {n}. [Next](page-{after}.md#what-to-do) · [here](#what-to-do)[^1]

## What to do

- Drink water
- Rest

[^1]: Checked on day {n}.
"""


@pytest.fixture
def pages(workshop):
    """Sixty pages in English, each with a link to the next one's heading."""
    made = []
    for n in range(60):
        document = workshop.document(f"covid-19/page-{n}", f"Page {n}")
        text = TEXT.format(n=n, after=(n + 1) % 60)
        made.append(workshop.page(document, "en", text, state=PageState.SOURCE))
    return made


@pytest.fixture
def taken(monkeypatch):
    """How many pages came from helpers."""
    found = []
    put = ahead.Rendered.put

    def note(self, page, files):
        found.append(page.file.src_uri)
        put(self, page, files)

    monkeypatch.setattr(ahead.Rendered, "put", note)
    return found


@pytest.fixture
def written(monkeypatch):
    """The pages that this process put into the theme."""
    found = []
    build = commands._build_page  # noqa: SLF001  MkDocs' step

    def note(page, *arguments, **options):
        found.append(page.file.src_uri)
        build(page, *arguments, **options)

    monkeypatch.setattr(commands, "_build_page", note)
    return found


@pytest.fixture
def helpers(monkeypatch):
    """The helpers of all builds; the first page waits until each has sent one."""
    found = []
    begin = ahead.Crew.begin

    def begin_and_wait(crew, config, files, work):
        begun = begin(crew, config, files, work)
        found.extend(begun)
        assert all(helper.receiver.poll(60) for helper in begun)
        return begun

    monkeypatch.setattr(ahead.Crew, "begin", begin_and_wait)
    return found


def tree(folder):
    """Every file of a site with what is in it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("processes", [2, 4])
@pytest.mark.usefixtures("helpers")
def test_the_site_is_the_same(workshop, pages, taken, written, processes):
    alone = tree(workshop.build("en", pages).folder)
    assert not taken
    total = len(written)
    written.clear()
    assert tree(workshop.build("en", pages, processes=processes).folder) == alone
    assert len(taken) >= processes - 1
    assert len(written) <= total - (processes - 1)


@pytest.mark.usefixtures("helpers")
def test_what_is_wrong_is_told_of_the_same_pages(workshop, pages, taken):
    def broken(page):
        text = page.markdown
        for number in (3, 40, 59):
            if page.document.slug == f"page-{number}":
                text += "\n[x](gone.md)"
        return workshop.page(page.document, "en", text, state=PageState.SOURCE)

    told = []
    for processes in (1, 2):
        with pytest.raises(Exception, match="gone") as error:
            workshop.build("en", map(broken, pages), processes=processes)
        told.append((error.value.path, str(error.value)))
    assert told[0] == told[1]
    assert taken


@pytest.mark.usefixtures("helpers")
def test_an_anchor_that_is_not_there_is_told_though_a_helper_saw_the_link(workshop, pages, taken):
    last = pages[-1]
    text = last.markdown.replace("page-0.md#what-to-do", "page-0.md#gone")
    pages[-1] = workshop.page(last.document, "en", text, state=PageState.SOURCE)
    with pytest.raises(Exception, match=r"page-0\.md' does not contain an anchor '#gone'"):
        workshop.build("en", pages, processes=2)
    assert "en/covid-19/page-59.md" in taken


@pytest.mark.usefixtures("helpers")
def test_no_helper_writes_a_page_that_is_refused(workshop, pages):
    """All but one are refused once they are rendered, when the helpers of the next step begin."""
    with pytest.raises(Exception, match="would run something"):
        workshop.build(
            "en", pages, processes=2, scan=lambda html: () if "day 7" in html else ["a script"]
        )
    built = sorted(path.parent.name for path in workshop.folder.rglob("page-*/index.html"))
    assert built == ["page-7"]


def test_a_helper_that_is_killed_costs_nothing_but_time(workshop, pages, taken, monkeypatch):
    alone = tree(workshop.build("en", pages).folder)
    begin = ahead.Crew.begin
    killed = []

    def begin_and_kill(crew, config, files, work):
        begun = begin(crew, config, files, work)
        for helper in begun:
            os.kill(helper.process.pid, signal.SIGKILL)
            helper.process.join()
            killed.append(helper)
        return begun

    monkeypatch.setattr(ahead.Crew, "begin", begin_and_kill)
    assert tree(workshop.build("en", pages, processes=2).folder) == alone
    assert len(killed) == 2  # one for each step
    assert len(taken) < 60


def test_helpers_are_gone_when_the_build_has_ended(workshop, pages, helpers):
    workshop.build("en", pages, processes=3)
    assert [helper.process.exitcode is None for helper in helpers] == [
        False
    ] * 4  # two for each step


def test_a_few_pages_are_rendered_alone(workshop, pages, taken, helpers):
    text = "# Page\n\nCall **111**."
    few = [workshop.page(p.document, "en", text, state=PageState.SOURCE) for p in pages[:20]]
    workshop.build("en", few, processes=2)
    assert not taken
    assert not helpers


def test_beside_a_plugin_that_is_not_known_pages_are_rendered_alone(
    workshop, pages, taken, helpers, monkeypatch
):
    monkeypatch.setattr(ahead, "KNOWN_PLUGINS", frozenset({"pipeline"}))
    workshop.build("en", pages, processes=2)
    assert not taken
    assert not helpers
