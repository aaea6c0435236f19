"""Quotation marks of each language around ``<q>``, as a style for pages and leaflets alike.

Marks that stand in a text are its author's, or its translator's, and stay as they are: nothing
here touches a word. What has no mark in its text, an element ``<q>``, gets those of its language.
Browsers know them for some languages, each from a table of its own; WeasyPrint takes Filipino
for Finnish and knows no Dari.
"""

import re
from collections.abc import Iterable
from itertools import chain

from lxml import html

#: Marks of what is not named below: CLDR's root.
_USUAL = "“ ” ‘ ’"
#: Opening and closing mark, then those within; with the languages that have them. CLDR 48.2,
#: ``main/*/delimiters.json``, all locales that differ from their root or their language there.
#: Dari is its fa-AF. Taiwan, Hong Kong and Macau write zh-Hant. CLDR has no spaces: French has
#: one that does not break within its marks (not in Switzerland).
_OTHERS = (
    ("« » “ ”", "ast blo bm br ca cv dyo el eu ewo ie it kab kk lij mg mua nnh pms sc sg ti"),
    ("„ “ ‚ ‘", "cs de dsb et hr hsb is ksh lb luy mk nds sk sl"),
    ("« » ‹ ›", "am fa gsw jgo kkj mzn prs rm sdh wae"),
    ("« » „ “", "bas be bua ky os ru sah tyv uk"),
    ("” ” ’ ’", "fi he lag rn se sn sv yi"),
    ("« » ‘ ’", "dua ksf nb nn no rw"),
    ("” “ ’ ‘", "ar lld syr ur"),
    ("« » « »", "hy oc yav"),
    ("«\\a0 \\a0» «\\a0 \\a0»", "fr ht"),
    ("„ “ „ “", "bg lt prg sgs"),
    ("‘ ’ “ ”", "fur ia tn"),
    ("「 」 『 』", "ja yue"),
    ("„ ” « »", "nmg pl ro"),
    ("„ ” ‚ ’", "agq ff"),
    ("„ ” » «", "hu szl"),
    ("« » „ ”", "shi zgh"),
    ("» « › ‹", "ug"),
    ("„ ” ‘ ’", "bs"),
    ("“ ” « »", "eo"),
    ("„ “ « »", "ka"),
    ("‘ ’ ‘ ’", "nl"),
    ("„ ” ’ ’", "sr"),
    ("“ ’ “ ”", "st"),
    ("“ ” “ ”", "tk"),
    ("“ ” ’ ‘", "uz"),
    # After the languages that they are forms of: the later of two rules counts.
    ("« » “ ”", "es-US pt-AO pt-CH pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST pt-TL"),
    ("« » ‹ ›", "az-Arab az-Cyrl fr-CH"),
    ("«\\a0 \\a0» ” “", "fr-CA"),
    ("„ “ ‚ ‘", "bs-Cyrl"),
    ("« » ‘ ’", "el-polyton"),
    ("” “ ’ ‘", "ms-Arab"),
    ("‘ ’ “ ”", "ti-ER"),
    ("» « › ‹", "kk-Arab"),
    ("「 」 『 』", "zh-Hant zh-TW zh-HK zh-MO"),
    (_USUAL, "bm-Nkoo ff-Adlm uz-Arab uz-Cyrl"),
)


_MARKS = {tag: marks for marks, tags in _OTHERS for tag in tags.split()}
#: A tag of BCP 47, so that nothing else of an attribute ``lang`` gets into a style sheet.
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def marks_of(tag: str) -> tuple[str, ...]:
    """The marks of a language: opening, closing, opening within, closing within.

    Args:
        tag: BCP 47 tag; of one that nobody knows, its language counts, then CLDR's root.
    """
    while tag and tag not in _MARKS:
        tag = tag.rpartition("-")[0]
    return tuple(_MARKS.get(tag, _USUAL).replace("\\a0", "\u00a0").split(" "))


def render_quotes() -> str:
    """The rules of a style sheet (CSS Generated Content 3, ``quotes``), for any language.

    An element has the marks of its own language: what is quoted in English in a Somali page
    is quoted as in English.
    """
    rules = ((_selector(tags.split()), marks) for marks, tags in _OTHERS)
    return "".join(_rule(selector, marks) for selector, marks in chain([("q", _USUAL)], rules))


def render_quotes_of(tags: Iterable[str]) -> str:
    """The same for a document that quotes in these languages alone; empty for none.

    Args:
        tags: values of ``lang``; what is no tag is left out, and has the marks that are usual.
    """
    known = sorted({tag for tag in tags if _TAG.fullmatch(tag)}, key=lambda tag: (len(tag), tag))
    style = [_rule(_selector([tag]), " ".join(marks_of(tag))) for tag in known]
    return "".join(style).replace("\u00a0", "\\a0")


def quoted_in(root: html.HtmlElement, tag: str) -> frozenset[str]:
    """The languages of the elements ``<q>`` of a document.

    Args:
        root: the document, or a part of it.
        tag: its language, where no attribute ``lang`` around an element says another.
    """
    return frozenset(
        next((a.get("lang") for a in (q, *q.iterancestors()) if a.get("lang")), tag)
        for q in root.iter("q")
    )


def _selector(tags: Iterable[str]) -> str:
    return ",".join(f"q:lang({tag})" for tag in tags)


def _rule(selector: str, marks: str) -> str:
    strings = " ".join(f'"{mark}"' for mark in marks.split(" "))
    return f"{selector}{{quotes:{strings}}}"
