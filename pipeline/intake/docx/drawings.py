"""Drawings of a Word file → pictures, texts in boxes, and what is neither."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.intake.docx.package import Package, Relations
from pipeline.intake.elements import attribute, name_of
from pipeline.intake.model import Picture
from pipeline.intake.remarks import Notebook, shorten

_PICTURES = frozenset({"blip", "imagedata"})
_TURNED_OFF = frozenset({"Fallback"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a drawing holds.

    Attributes:
        pictures: its pictures.
        boxes: the elements whose paragraphs stand in its boxes.
        is_rule: whether it is a line across the page.
    """

    pictures: tuple[Picture, ...]
    boxes: tuple[etree._Element, ...]
    is_rule: bool = False


def read_drawing(
    element: etree._Element, package: Package, relations: Relations, notebook: Notebook
) -> Drawn:
    """Read a drawing (``w:drawing``, ``w:pict`` or ``w:object``).

    Args:
        element: the drawing.
        package: the file.
        relations: what the part that it stands in leads to.
        notebook: is told what is no picture and no text.
    """
    inner = list(_within(element))
    alt = _alt(inner)
    link = _link(inner, relations)
    found = [
        Picture(name=name, alt=alt, link=link)
        for each in inner
        if name_of(each) in _PICTURES
        for name in _sources(each, package, relations, alt, notebook)
    ]
    boxes = tuple(each for each in inner if name_of(each) == "txbxContent")
    if any(attribute(each, "hr") in {"t", "true", "1"} for each in inner):
        return Drawn(pictures=(), boxes=(), is_rule=True)
    _say_rest(inner, package, relations, alt, notebook)
    _say_cropped(inner, notebook)
    has_image = any(name_of(each) in _PICTURES for each in inner)
    if not has_image and not boxes and not _is_special(inner):
        notebook.lose(
            f"A drawn shape{_said(alt)}.",
            "If it says something (an arrow, a ring), say it in words.",
        )
    return Drawn(pictures=tuple(found), boxes=boxes)


def _within(element: etree._Element) -> Iterator[etree._Element]:
    """What is in a drawing; of two ways to show it only the first, of boxes only their element."""
    for each in element:
        if not isinstance(each.tag, str) or name_of(each) in _TURNED_OFF:
            continue
        yield each
        if name_of(each) != "txbxContent":
            yield from _within(each)


def _alt(inner: list[etree._Element]) -> str:
    for each in inner:
        if name_of(each) == "docPr" and (
            text := attribute(each, "descr") or attribute(each, "title")
        ):
            return text
        if name_of(each) in {"shape", "rect"} and (text := attribute(each, "alt")):
            return text
    return ""


def _link(inner: list[etree._Element], relations: Relations) -> str:
    for each in inner:
        relation = relations.get(attribute(each, "id")) if name_of(each) == "hlinkClick" else None
        if relation is not None and relation.is_outside:
            return relation.target
    return ""


def _sources(
    element: etree._Element, package: Package, relations: Relations, alt: str, notebook: Notebook
) -> Iterator[str]:
    """The name of the part that a picture is in; none if it is outside of the file."""
    inside = relations.get(attribute(element, "embed") or attribute(element, "id"))
    if inside is not None and not inside.is_outside and inside.target in package.parts:
        yield inside.target
        return
    outside = relations.get(attribute(element, "link")) or inside
    where = f" `{shorten(outside.target, 80)}`" if outside is not None else ""
    notebook.lose(
        f"A picture that is not in the file but elsewhere{where}{_said(alt)}; it was not fetched.",
        "Put it into the document, or beside the resource by hand.",
    )


def _said(alt: str) -> str:
    return f" that says “{shorten(alt, 200)}”" if alt.strip() else ""


def _is_special(inner: list[etree._Element]) -> bool:
    return any(
        name_of(each) in {"chart", "relIds", "OLEObject", "contentPart", "control"}
        for each in inner
    )


def _say_rest(
    inner: list[etree._Element],
    package: Package,
    relations: Relations,
    alt: str,
    notebook: Notebook,
) -> None:
    for each in inner:
        match name_of(each):
            case "chart":
                notebook.lose(
                    f"A chart{_said(alt)}.",
                    "Write its figures as a table, or put it in as a picture.",
                )
            case "relIds":
                text = _diagram_text(attribute(each, "dm"), package, relations)
                notebook.lose(
                    f"A SmartArt graphic: “{shorten(text, 400)}”.",
                    "Write it as a list, or put it in as a picture.",
                )
            case "contentPart":
                notebook.lose("Ink that was drawn by hand.", "Put it in as a picture.")
            case "OLEObject":
                kind = shorten(attribute(each, "ProgID"))
                notebook.lose(f"An embedded object ({kind}).", "Write what it says into the text.")
            case "control":
                notebook.lose("A control that would run.", "Write what it is for in words.")


def _diagram_text(relation_id: str, package: Package, relations: Relations) -> str:
    relation = relations.get(relation_id)
    root = package.root(relation.target) if relation is not None else None
    if root is None:
        return ""
    paragraphs = ("".join(p.itertext("{*}t")) for p in root.iter("{*}p"))
    return "; ".join(text for text in paragraphs if text.strip())


def _say_cropped(inner: list[etree._Element], notebook: Notebook) -> None:
    for each in inner:
        cuts = (attribute(each, side) for side in "ltrb") if name_of(each) == "srcRect" else ()
        if any(cut.lstrip("-") not in {"", "0"} for cut in cuts):
            notebook.change(
                "A picture that was cropped: the file holds all of it, and so does the page.",
                "Look whether it shows somebody or something that it should not; crop the file.",
            )
