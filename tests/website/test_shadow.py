"""What another generator would have to keep of a site: addresses, languages, anchors, words."""

import pytest

CALL = """## متى تتصل بـ 999

!!! danger "اتصل بالرقم 999"

    صعوبة شديدة في التنفس. [اقرأ عن الحمى](../covid-19/fever.md#when)

1. خذ 500 mg كل 4 ساعات[^1].

<span lang=en dir=ltr>Call 111.</span>

| الدواء | الجرعة |
|---|---|
| Paracetamol | 500 mg |

[^1]: ليس أكثر من 4 مرات.
"""
FEVER = "## متى {#when}\n\nبعد 5 أيام.\n"


def test_zensical_keeps_each_address_language_and_anchor(workshop, shadow, tmp_path):
    if not shadow.ZENSICAL.is_file():
        pytest.skip("Zensical is not installed; `make setup-dev` installs it")
    texts = {"covid-19/call/": CALL, "covid-19/fever/": FEVER}
    pages = [
        workshop.page(workshop.document(url.rstrip("/"), url), "ar", text, title=url)
        for url, text in texts.items()
    ]
    built = workshop.build("ar", pages)
    tree = shadow.Tree(published=built.folder, tag="ar", direction="rtl", texts=texts)
    assert set(tree.addresses()) >= {"", "covid-19/", "covid-19/call/", "search/"}
    assert shadow.shadow(tree, workshop.project.mkdocs_config, tmp_path / "shadow") == []


PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"></head><body>
<div class="body">{body}</div></body></html>"""
BODY = '<h2 id="when">Goorta</h2><p><span lang="en">Call 111.</span> <bdi dir="ltr">5</bdi> x</p>'


def write_page(folder, lang="so", dir="ltr", body=BODY):  # noqa: A002  as HTML calls it
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(PAGE.format(lang=lang, dir=dir, body=body), "utf-8")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, []),
        ({"body": BODY.replace('<bdi dir="ltr">5</bdi>', "5")}, []),
        ({"lang": "en"}, ["so/covid-19/fever/: lang is en, not so"]),
        ({"dir": "rtl"}, ["so/covid-19/fever/: dir is rtl, not ltr"]),
        ({"body": BODY.replace("when", "_1")}, ["so/covid-19/fever/: id missing: when"]),
        ({"body": BODY.replace(' lang="en"', "")}, ["so/covid-19/fever/: lang missing: en"]),
        ({"body": BODY.replace("> x", ">")}, ["so/covid-19/fever/: other words"]),
    ],
)
def test_what_a_page_lost_is_told(shadow, tmp_path, other, told):
    write_page(tmp_path / "site/covid-19/fever")
    write_page(tmp_path / "made/covid-19/fever", **other)
    tree = shadow.Tree(
        published=tmp_path / "site", tag="so", direction="ltr", texts={"covid-19/fever/": ""}
    )
    assert list(shadow.compare(tree, tmp_path / "made")) == told


def test_an_address_that_is_gone_is_told(shadow, tmp_path):
    write_page(tmp_path / "site/covid-19/fever")
    tree = shadow.Tree(published=tmp_path / "site", tag="so", direction="ltr", texts={})
    assert list(shadow.compare(tree, tmp_path / "made")) == ["so/covid-19/fever/: no such address"]
