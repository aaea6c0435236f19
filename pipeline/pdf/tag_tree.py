"""Tidy the tags of a PDF: a link is one link, what stands on every page is no content.

WeasyPrint makes an annotation for each box within a link, one upon the other: a reader who goes
from link to link with the keyboard would stop at one three times (PDF/UA-1, ISO 14289-1, 7.18.5).
What runs at the foot of each page it tags like text, in elements that no tree leads to; such
content is to be an artifact (7.8), or it is read aloud in the middle of a sentence.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

from pipeline.pdf.tag_languages import Content

#: Elements that may hold text themselves (ISO 32000-1, 14.8.4.3 and 14.8.4.4).
_HOLDERS = frozenset(
    f"/{name}"
    for name in (
        *("P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD"),
        *("Caption", "Span", "Link"),
    )
)
_Object = dict[str, Any]
_Objects = Mapping[bytes, Any]


def keep_one_link(root: _Object, objects: _Objects, pages: list[_Object]) -> None:
    """Take out the annotations of what stands within a link that has its own.

    Args:
        root: the root of the structure tree.
        objects: the objects of the PDF, by reference.
        pages: its pages.
    """
    dropped = set(_drop_inner(root, objects, is_in_link=False))
    if not dropped:
        return
    for page in pages:
        kept = [ref for ref in page.get("Annots", ()) if ref not in dropped]
        if "Annots" in page:
            page["Annots"][:] = kept
    numbers = objects[root["ParentTree"]]["Nums"]
    gone = {objects[ref]["StructParent"] for ref in dropped}
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    numbers[:] = [part for number, of in pairs if number not in gone for part in (number, of)]


def _drop_inner(element: _Object, objects: _Objects, *, is_in_link: bool) -> Iterator[bytes]:
    own = [ref for ref in _references(element) if _type(objects.get(ref)) == "/OBJR"]
    if is_in_link:
        for ref in own:
            element["K"].remove(ref)
            yield objects[ref]["Obj"]
    is_link = is_in_link or (element.get("S") == "/Link" and bool(own))
    for ref in _references(element):
        if _type(objects.get(ref)) == "/StructElem":
            yield from _drop_inner(objects[ref], objects, is_in_link=is_link)


def make_artifacts(root: _Object, objects: _Objects) -> None:
    """Mark as artifacts what no branch of the structure tree leads to.

    Args:
        root: the root of the structure tree.
        objects: the objects of the PDF, by reference.
    """
    reached = {id(element) for element in _walk(root, objects)}
    numbers = objects[root["ParentTree"]]["Nums"]
    of_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for element in objects.values():
        if _type(element) != "/StructElem" or id(element) in reached:
            continue
        page = objects[element["Pg"]]
        for content in element["K"]:
            if isinstance(content, Content):
                _unmark(objects[page["Contents"]].stream, content)
                of_page[page["StructParents"]][content] = "null"


def fold_spans(root: _Object, objects: _Objects) -> None:
    """Let an element hold its text itself, where WeasyPrint gives each piece an element of its own.

    A third of all elements say nothing but "here is text": without them a file is smaller and
    what reads it aloud has less to walk through. One that has something to say (its language)
    stays, and so does one on another page than what it is in. Empty ones are taken out.

    Args:
        root: the root of the structure tree.
        objects: the objects of the PDF, by reference. What is folded in stays as an empty one.
    """
    numbers = objects[root["ParentTree"]]["Nums"]
    of_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    element: Any
    for element in list(_walk(root, objects)):
        kids = element.get("K", [])  # nothing is left of what was folded in
        kids[:] = [kid for kid in kids if not _is_empty(objects.get(kid))]
        if element.get("S") not in _HOLDERS:
            continue
        for position, kid in enumerate(kids):
            span = objects.get(kid) if isinstance(kid, bytes) else None
            if span is not None and _is_bare_text(span) and span["Pg"] == element.get("Pg"):
                (content,) = kids[position : position + 1] = span["K"]
                of_page[objects[span["Pg"]]["StructParents"]][content] = element.reference
                span.clear()


def _is_empty(element: object) -> bool:
    return isinstance(element, dict) and element.get("S") == "/Span" and not element["K"]


def _is_bare_text(element: _Object) -> bool:
    is_span = element.get("S") == "/Span" and element.keys() == {"Type", "S", "K", "Pg", "P"}
    return is_span and len(element["K"]) == 1 and isinstance(element["K"][0], Content)


def _unmark(drawing: list[Any], content: Content) -> None:
    """Let marked content begin as an artifact; what it says it reads as is kept within it."""
    for number, part in enumerate(drawing):
        if isinstance(part, dict) and part.get("MCID") == content:
            begun: list[Any] = ["/Artifact", b"BMC"]
            if text := part.get("ActualText"):
                # Readers of text ask a span for it, and nothing else.
                begun += ["/Span", pydyf.Dictionary({"ActualText": text}), b"BDC"]
                drawing.insert(drawing.index(b"EMC", number), b"EMC")
            drawing[number - 1 : number + 2] = begun
            return


def _walk(element: _Object, objects: _Objects) -> Iterator[_Object]:
    yield element
    for ref in _references(element):
        if _type(objects.get(ref)) == "/StructElem":
            yield from _walk(objects[ref], objects)


def _references(element: _Object) -> list[bytes]:
    return [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]


def _type(item: object) -> str:
    return str(item.get("Type", "")) if isinstance(item, dict) else ""
