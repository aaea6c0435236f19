"""A page of advice as the website writes it, in a script and direction of one's choice."""

from collections.abc import Callable

import pytest

SITE = "https://health.example.org/"
FILES = {
    "so/covid-19/images/phone.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "so/covid-19/fever/fever.pdf": b"%PDF-1.7 fever",
    "assets/css/site.css": b'@font-face { src: url("../fonts/a.woff") } p { color: black }',
    "assets/fonts/a.woff": b"font",
    "assets/images/icon.svg": b"<svg/>",
}


def make_page(body: str, *, tag: str = "so", direction: str = "ltr", head: str = "") -> bytes:
    """A page at ``<tag>/covid-19/fever/``."""
    return f"""<!doctype html>
<html class="no-js" lang="{tag}" dir="{direction}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<link rel="stylesheet" href="../../../assets/css/site.css"><title>Qandho</title>
<link rel="canonical" href="{SITE}{tag}/covid-19/fever/">{head}</head>
<body dir="{direction}"><header><a class="bar__name" href="../../">Macluumaad caafimaad</a>
<form class="find" action="../../search/"><input name="q"></form>
<details class="languages"><a href="../../../ar/covid-19/fever/">العربية</a></details>
<div class="demonstration" role="note"><p class="md-grid">Tani waa tijaabo.</p></div></header>
<main><article class="md-content__inner"><h1>Qandho</h1>{body}</article></main>
<footer class="foot"><div class="foot__inner"><a href="../../">Bogga hore</a></div></footer>
<script src="../../../assets/js/page.js"></script></body></html>""".encode()


@pytest.fixture
def read() -> Callable[[str], bytes | None]:
    return FILES.get
