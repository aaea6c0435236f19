"""A site of one resource in English, Somali and Arabic, as plain values, and ways to break it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks.output import Entry, Leaflet, PublishedFile, Secret, Site
from pipeline.config import load_project
from pipeline.model import PageState

ADDRESS = "https://health.example.org/"
TITLES = {"en": "Fever", "so": "Qandho", "ar": "الحمى"}
ADVICE = {
    "en": "Stay at home for 5 days and drink water often.",
    "so": "Guriga joog 5 maalmood oo biyo badan cab.",
    "ar": "ابقَ في المنزل ٥ أيام واشرب الماء كثيرًا.",
}
DIRECTIONS = {"en": "ltr", "so": "ltr", "ar": "rtl"}


def page(tag: str, where: str, body: str) -> str:
    """A page that can be read, with its other languages."""
    alternates = "\n".join(
        f'<link rel="alternate" hreflang="{name}" href="{ADDRESS}{other}/{where}">'
        for name, other in (*((t, t) for t in TITLES), ("x-default", "en"))
    )
    up = "../" * (where.count("/") + 1)
    return f"""\
<!doctype html>
<html lang="{tag}" dir="{DIRECTIONS[tag]}">
<head><title>{TITLES[tag]}</title>
<link rel="stylesheet" href="{up}assets/site.css">
<link rel="canonical" href="{ADDRESS}{tag}/{where}">
{alternates}
</head>
<body dir="{DIRECTIONS[tag]}">
<a href="#content">{TITLES[tag]}</a>
<main id="content"><article><h1>{TITLES[tag]}</h1>
{body}
</article></main>
</body></html>
"""


def sitemap(tag: str) -> str:
    entries = "".join(
        f"<url><loc>{ADDRESS}{tag}/{where}</loc>"
        + "".join(
            f'<x:link rel="alternate" hreflang="{name}" href="{ADDRESS}{other}/{where}"/>'
            for name, other in (*((t, t) for t in TITLES), ("x-default", "en"))
        )
        + "</url>"
        for where in ("", "covid-19/", "covid-19/fever/")
    )
    names = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml"'
    )
    return f"<urlset {names}>{entries}</urlset>"


def gateway(root: str, head: str = "") -> str:
    links = "".join(
        f'<a href="{root}{t}/" lang="{t}" dir="{DIRECTIONS[t]}">{TITLES[t]}</a>' for t in TITLES
    )
    return f'<html lang="en" dir="ltr"><head>{head}</head><body>{links}</body></html>'


def make_pages() -> dict[str, str]:
    pages = {
        "index.html": gateway("", f'<link rel="canonical" href="{ADDRESS}">'),
        "404.html": gateway("/", '<meta name="robots" content="noindex">'),
    }
    for tag, title in TITLES.items():
        listing = f'<p><a href="fever/">{title}</a></p>'
        text = f'<h2 id="rest">{title}</h2>\n<p>{ADVICE[tag]}</p>'
        links = '<p><a href="fever.pdf">PDF</a> <a href="../../search/?q=1">?</a></p>'
        pages[f"{tag}/index.html"] = page(tag, "", f'<p><a href="covid-19/">{tag}</a></p>')
        pages[f"{tag}/covid-19/index.html"] = page(tag, "covid-19/", listing)
        pages[f"{tag}/covid-19/fever/index.html"] = page(tag, "covid-19/fever/", text + links)
        pages[f"{tag}/search/index.html"] = (
            f'<html lang="{tag}" dir="{DIRECTIONS[tag]}"><head>'
            '<meta name="robots" content="noindex"></head><body>'
            '<ol data-index="search_index.json"></ol></body></html>'
        )
    return pages


def make_texts() -> dict[str, str]:
    texts = {
        "assets/site.css": "body { color: black }",
        "robots.txt": f"User-agent: *\nSitemap: {ADDRESS}sitemap.xml\n",
        "sitemap.xml": '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<sitemap><loc>{ADDRESS}{t}/sitemap.xml</loc></sitemap>" for t in TITLES)
        + "</sitemapindex>",
    }
    for tag, title in TITLES.items():
        docs = [{"location": "covid-19/fever/#rest", "title": title, "text": ADVICE[tag]}]
        texts[f"{tag}/search/search_index.json"] = json.dumps({"docs": docs}, ensure_ascii=False)
        texts[f"{tag}/sitemap.xml"] = sitemap(tag)
    return texts


def leaflet_path(tag: str) -> str:
    return f"{tag}/covid-19/fever/fever.pdf"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def complete(site: Site) -> Site:
    """The site with the sizes and digests of what is in it."""
    texts = {**site.pages, **site.texts}
    leaflets = {leaflet.path: repr(leaflet) for leaflet in site.leaflets}
    return replace(
        site,
        sizes={path: len(text.encode()) for path, text in {**texts, **leaflets}.items()},
        digests={path: digest(text) for path, text in {**site.pages, **leaflets}.items()},
    )


@pytest.fixture(scope="session")
def locales():
    project = load_project(Path(__file__).parents[3])
    return {"en": project.source, **{tag: project.locale(tag) for tag in ("so", "ar", "ur")}}


@pytest.fixture
def site(locales) -> Site:
    """A site without fault."""
    pages = make_pages()
    leaflets = tuple(
        Leaflet(
            path=leaflet_path(tag),
            title=TITLES[tag],
            language=tag,
            is_tagged=True,
            text=f"{TITLES[tag]}\n{ADVICE[tag]}\nPDF ?",
        )
        for tag in TITLES
    )
    entries = tuple(
        Entry(
            resource="covid-19/fever",
            locale=tag,
            state="source" if tag == "en" else "live",
            page=PublishedFile(
                path=f"{tag}/covid-19/fever/index.html",
                digest=digest(pages[f"{tag}/covid-19/fever/index.html"]),
            ),
            leaflets=(PublishedFile(path=leaflet.path, digest=digest(repr(leaflet))),),
        )
        for tag, leaflet in zip(TITLES, leaflets, strict=True)
    )
    states = {tag: PageState.SOURCE if tag == "en" else PageState.LIVE for tag in TITLES}
    return complete(
        Site(
            folder=Path("site"),
            address=ADDRESS,
            source="en",
            locales=locales,
            topics=frozenset({"covid-19"}),
            open_tags=frozenset(TITLES),
            entries=entries,
            sizes={},
            digests={},
            pages=pages,
            texts=make_texts(),
            leaflets=leaflets,
            expected={(tag, "covid-19/fever"): state for tag, state in states.items()},
            secrets=(
                Secret(
                    resource="covid-19/fever",
                    locale="so",
                    text="Qaado **2 kaniini** 4tii saacadoodba mar.",
                ),
            ),
            public_texts={tag: f"{TITLES[tag]}\n{ADVICE[tag]}" for tag in TITLES},
            source_texts=(TITLES["en"], ADVICE["en"], "Call 999 now"),
            weight_limit=10_000,
        )
    )


@pytest.fixture
def broken(site):
    """The site with a text in one of its files exchanged."""

    def exchange(path: str, old: str, new: str) -> Site:
        kind = "pages" if path in site.pages else "texts"
        files = dict(getattr(site, kind))
        assert old in files[path], files[path]
        files[path] = files[path].replace(old, new, 1)
        return complete(replace(site, **{kind: files}))

    return exchange


@pytest.fixture
def changed(site):
    """The site with another leaflet in Somali or Arabic, files added or taken away."""

    def change(
        *,
        leaflet: dict[str, object] | None = None,
        tag: str = "so",
        add: dict[str, str] | None = None,
        drop: str = "",
    ) -> Site:
        leaflets = tuple(
            replace(each, **(leaflet or {})) if each.path == leaflet_path(tag) else each
            for each in site.leaflets
            if each.path != drop
        )
        added = add or {}
        pages = {k: v for k, v in {**site.pages, **added}.items() if k.endswith(".html")}
        texts = {k: v for k, v in {**site.texts, **added}.items() if not k.endswith(".html")}
        pages.pop(drop, None)
        return complete(replace(site, pages=pages, texts=texts, leaflets=leaflets))

    return change


def said(findings) -> list[str]:
    """Findings as a reader of a test reads them."""
    return [
        f"{f.severity} {f.path.relative_to('site')}:{f.line or '-'} {f.message}" for f in findings
    ]


@pytest.fixture
def tell():
    return said
