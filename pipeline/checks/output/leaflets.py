"""Whether leaflets can be read: by eyes, by a screen reader, by a search."""

from collections.abc import Iterator

from pipeline.checks.output.findings import about_file
from pipeline.checks.output.site import Leaflet, Site
from pipeline.checks.output.texts import words
from pipeline.model import Finding, LeafletVariant, Severity

_AGAIN = "Build again with `pipeline build`; if it stays, tell the maintainers."
_UNKNOWN = "\ufffd"
#: Share of a page's different words that must come back out of its leaflet, by script. Of what
#: ships all do, and 99.7 % in Chinese, where the end of a line parts pairs of signs; more may be
#: lost where letters join, change places, or are compared in pairs.
_LEAST_SHARE = {"Latn": 0.98, "Cyrl": 0.98, "Ethi": 0.98}
_USUAL_SHARE = 0.95


def check_missing_glyph(site: Site) -> tuple[Finding, ...]:
    """missing-glyph: a leaflet prints an empty box where a letter should be.

    Found in the PDF itself: a sign that is set with the glyph that fonts keep for what they do
    not have (``.notdef``), or one that stands for no character.

    - Source: ``Call 999``
    - Wrong: ``□□□ 999``, with a font that has no Ethiopic
    - Right: ``ናብ 999 ደውሉ``
    - Source: ``Wash your hands.``
    - Wrong: ``আপনার হাত ধু□``
    - Right: ``আপনার হাত ধুয়ে নিন।``

    Args:
        site: the finished site.

    Returns:
        Critical findings, one for each leaflet.
    """
    return tuple(
        about_file(
            "missing-glyph",
            Severity.CRITICAL,
            site,
            leaflet.path,
            message=f"{count} signs of this leaflet are printed as empty boxes.",
            remedy="Give the language a font that has them, in locales/locales.toml.",
        )
        for leaflet in site.leaflets
        if (count := leaflet.missing_glyphs + leaflet.text.count(_UNKNOWN))
    )


def check_leaflet_properties(site: Site) -> tuple[Finding, ...]:
    """leaflet-properties: a leaflet lacks its title, its language or its tags.

    Without them a screen reader names the file instead of the leaflet, reads it in the voice of
    another language, or reads it from left to right and line by line (PDF/UA-1, WCAG 2.2, 2.4.2
    and 3.1.1). One that cannot be opened is told here too. A booklet to fold is for paper alone and
    has no tags.

    - Source: ``so/covid-19/fever/fever.pdf``
    - Wrong: ``/Lang (en), no /Title``
    - Right: ``/Lang (so), /Title (Qandho (Fever, Somali)), tagged``
    - Source: ``ar/covid-19/fever/fever.pdf``
    - Wrong: ``/Title (حمى), not tagged``
    - Right: ``/Lang (ar), /Title (حمى (Fever, Arabic)), tagged``

    Args:
        site: the finished site.

    Returns:
        Major findings; a critical one for a leaflet that cannot be opened.
    """
    return tuple(
        about_file(
            "leaflet-properties",
            Severity.CRITICAL if leaflet.fault else Severity.MAJOR,
            site,
            leaflet.path,
            message=what,
            remedy=_AGAIN,
        )
        for leaflet in site.leaflets
        for what in _lacks(leaflet, site)
    )


def _lacks(leaflet: Leaflet, site: Site) -> Iterator[str]:
    tag = site.tag_of(leaflet.path)
    if leaflet.fault:
        yield f"This leaflet cannot be opened: {leaflet.fault}"
        return
    if not leaflet.title.strip():
        yield "This leaflet has no title."
    if leaflet.language != tag:
        yield f"This leaflet says that its language is “{leaflet.language}”; it is {tag}."
    # A booklet's pages lie on their sheets in the order in which they are folded.
    is_for_paper = site.variants.get(leaflet.path) is LeafletVariant.BOOKLET
    if not leaflet.is_tagged and not is_for_paper:
        yield "This leaflet does not say what is a heading, a list, a table: it is not tagged."


def check_leaflet_text(site: Site) -> tuple[Finding, ...]:
    """leaflet-text: the words of a page do not come back out of its leaflet.

    What cannot be read back cannot be read aloud, searched or copied, and may not be on the
    paper either. Each word of the page's text is looked for in that of the PDF; scripts without
    spaces are compared by pairs of signs. Of a leaflet of a part of the page (key facts, activity
    sheets) that part is looked for, and beside English the English words too.

    - Source: ``لكن اتصل بالرقم 999``
    - Wrong: ``للكن اتصل بالرقم 999``
    - Right: ``لكن اتصل بالرقم 999``
    - Source: ``স্বাস্থ্য``
    - Wrong: ``া স্থ্য``
    - Right: ``স্বাস্থ্য``

    Args:
        site: the finished site.

    Returns:
        Major findings, one for each leaflet.
    """
    leaflets = {leaflet.path: leaflet for leaflet in site.leaflets if not leaflet.fault}
    shares = [
        (leaflet, recovered_share(_printed(site, path, leaflet.path), leaflet.text))
        for path, entry in site.readable.items()
        for file in entry.leaflets
        if (leaflet := leaflets.get(file.path))
    ]
    shares += [
        (leaflet, recovered_share(site.printed[book.path], leaflet.text))
        for book in site.books
        if book.path in site.printed and (leaflet := leaflets.get(book.path))
    ]
    return tuple(
        about_file(
            "leaflet-text",
            Severity.MAJOR,
            site,
            leaflet.path,
            message=f"Of the words of the page {share:.0%} come back out of this leaflet.",
            remedy=_AGAIN,
        )
        for leaflet, share in shares
        if share < _LEAST_SHARE.get(site.locales[site.tag_of(leaflet.path)].script, _USUAL_SHARE)
    )


def _printed(site: Site, path: str, leaflet: str) -> str:
    """What of a page goes on paper."""
    if leaflet in site.printed:
        return site.printed[leaflet]
    passages = site.parsed[path].passages if path in site.parsed else ()
    return "\n".join(passage.text for passage in passages if passage.is_printed)


def recovered_share(page: str, leaflet: str) -> float:
    """The share of a page's different words that a leaflet's text has; 1 for an empty page.

    Args:
        page: the page's text.
        leaflet: the leaflet's text.
    """
    wanted, there = set(words(page)), words(leaflet)
    if not wanted:
        return 1.0
    lost = wanted - set(there)
    # A long word may be parted by the end of a line.
    whole = "".join(there)
    return 1 - sum(word not in whole for word in lost) / len(wanted)
