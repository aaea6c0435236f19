"""Of Material's style sheet only that is served which a page of ours can meet."""

import re

import pytest

from pipeline.website.assets import read_assets
from pipeline.website.styles import USED, prune


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("html{margin:0}.md-nav{color:red}", "html{margin:0}"),
        (".md-typeset h1,.md-nav__link{color:red}", ".md-typeset h1{color:red}"),
        (".md-typeset :is(ul,ol) li{margin:0}", ".md-typeset :is(ul,ol) li{margin:0}"),
        (".md-typeset code:not(.md-clipboard){outline:none}",
         ".md-typeset code:not(.md-clipboard){outline:none}"),
        ("@media print{.md-nav{color:red}}p{margin:0}", "p{margin:0}"),
        ("@media print{.md-nav{color:red}p{margin:0}}", "@media print{p{margin:0}}"),
        ("[data-md-color-primary=red]{color:red}", ""),
        ("[data-md-color-scheme=default]{color:red}", "[data-md-color-scheme=default]{color:red}"),
        (":root{--icon:url('data:image/svg+xml;utf8,<svg>{}</svg>')}.md-nav{}",
         ":root{--icon:url('data:image/svg+xml;utf8,<svg>{}</svg>')}"),
        ('@charset "UTF-8";html{margin:0}', '@charset "UTF-8";html{margin:0}'),
        ("@keyframes fade{0%{opacity:0}}", "@keyframes fade{0%{opacity:0}}"),
    ],
)  # fmt: skip
def test_rules_that_no_page_can_meet_are_left_out(sheet, kept):
    assert prune(sheet) == kept


def test_every_class_of_materials_that_a_template_uses_is_kept(project):
    names = set()
    for path in (project.theme_dir / "site").glob("*.html"):
        names |= set(re.findall(r"\b(md-[a-z]+)", re.sub(r"{#.*?#}", "", path.read_text("utf-8"))))
    assert names <= USED


def test_the_sheet_that_is_served_is_whole_and_light(project):
    (sheet,) = (a for name, a in read_assets(project).items() if name == "css/site.css")
    text = sheet.data.decode()
    assert text.count("{") == text.count("}")
    assert ".md-typeset .admonition" in text
    assert ".md-search__form" not in text
    assert len(text) < 110_000
