"""What a resource may not have, and what it may show."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.checks import check_active_content
from pipeline.checks.rendered import find_active_content
from pipeline.checks.source import EXTENSIONS, _is_suspect, _render
from pipeline.model import Severity

ROOT = Path(__file__).parents[2]
PATH = Path("content/covid-19/rest.md")


def corpus(name):
    text = (ROOT / "tests/data/attacks" / name).read_text(encoding="utf-8")
    return text.rstrip("\n").split("\n----\n")


FRONT = "---\ntitle: Rest\nsummary: How to rest.\n---\n\nRest.\n\n"


@pytest.mark.parametrize("attack", corpus("markdown.txt"))
def test_an_attack_is_refused_with_its_line(attack):
    found = check_active_content(FRONT + attack + "\n", PATH)
    assert found
    lines = range(FRONT.count("\n") + 1, FRONT.count("\n") + attack.count("\n") + 2)
    assert all(finding.line in lines for finding in found)
    assert {finding.severity for finding in found} == {Severity.CRITICAL}


@pytest.mark.parametrize("text", corpus("shown_not_run.txt"))
def test_what_is_only_shown_may_stand(text):
    assert check_active_content(FRONT + text + "\n", PATH) == ()


def test_the_finding_in_full():
    text = "Rest.\n\nCall [111](tel:111){: onclick=alert(1) }.\n"
    (finding,) = check_active_content(text, PATH)
    assert (finding.check, finding.path, finding.line) == ("active-content", PATH, 3)
    assert finding.message == "The text has the event handler onclick."
    assert finding.remedy == "Take it out; use Markdown, and put pictures beside the resource."


def test_each_of_several_has_its_own_line():
    text = (
        "![a](https://a.example/x.png)\n\n`![a](https://a.example/x.png)`\n\n<script>1</script>\n"
    )
    assert [finding.line for finding in check_active_content(text, PATH)] == [1, 5]


def test_the_front_matter_is_looked_at_too():
    text = "---\ntitle: Rest <img src=x onerror=alert(1)>\n---\n\nRest.\n"
    assert {finding.line for finding in check_active_content(text, PATH)} == {2}


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda p: p.stem)
def test_our_own_resources_are_clean(path):
    assert check_active_content(path.read_text(encoding="utf-8"), path) == ()


def test_code_is_what_the_website_takes_for_code():
    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, tags for Python objects left aside."""

    Loader.add_multi_constructor("", lambda *_: None)
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(), Loader)  # noqa: S506 - a SafeLoader
    names = [n if isinstance(n, str) else next(iter(n)) for n in settings["markdown_extensions"]]
    assert set(EXTENSIONS) == set(names) - {"toc"}


ATOMS = (
    "<!-- note -->", "<!--", "-->", "![a](images/x.svg)", "![", "](", ")", "[", "]", "]:", "(", " ",
    "\n", "\n\n", "    ", "https://nhs.uk/a?on=1", "javascript:alert(1)", "onclick=alert(1)", "<p ",
    "<a href=", "<img src=", ">", '"', "'", "/", "x", "`", "{: ", "}", "\\", "&#106;", ":", "[^1]:",
    "*[NHS]: ",
    "</p>", "</span>", "<span>", '<span title="', "class=", "    ", "*",
    "*[A&E]: ", "[r]: ", "[r]", "<", "[111](tel:111)", "[a](../b/c.md#d)", "data:text/html,x", "|",
)  # fmt: skip


@given(st.lists(st.sampled_from(ATOMS), max_size=14).map("".join))
@example("--><p [111](tel:111)-->")
@example("</span>*<span>")
@example("`<span> \\` </span>")
@example("<p class=data:text/html,x>")
@example('x <span title="[111](tel:111)">y</span>')
@settings(max_examples=1500, deadline=None)
def test_law_what_is_not_rendered_has_nothing_active(text):
    if not _is_suspect(text):
        assert list(find_active_content(_render(text))) == []


@pytest.mark.parametrize("attack", corpus("markdown.txt"))
def test_every_attack_is_rendered(attack):
    assert _is_suspect(FRONT + attack)


def test_a_resource_as_authors_write_it_need_not_be_rendered():
    text = (
        "<!-- critical -->\n## Call 111\n\n![A phone](images/phone.svg)\n\n"
        "Call [111](tel:111) or see [NHS 111](https://111.nhs.uk/).[^1]\n\n[^1]: Free.\n\n"
        "*[A&E]: accident and emergency\n"
    )
    assert not _is_suspect(text)
