"""What an OpenDocument text has and a page has not: comments, changes, objects, shapes."""

from lxml import etree

from pipeline.intake.elements import child, name_of
from pipeline.intake.remarks import Notebook, shorten

_NOT_ITS_OWN = frozenset({"note", "annotation", "desc", "title"})


def said_by(element: etree._Element) -> str:
    """What a frame or a shape says to those who cannot see it."""
    found = (child(element, "desc"), child(element, "title"))
    return next((each.text.strip() for each in found if each is not None and each.text), "")


def words_of(element: etree._Element) -> str:
    """The words of a paragraph; those of notes and comments are not its own."""
    parts = [element.text or ""]
    for each in element:
        if isinstance(each.tag, str) and name_of(each) not in _NOT_ITS_OWN:
            parts.append(words_of(each))
        parts.append(each.tail or "")
    return "".join(parts)


def say_comment(element: etree._Element, notebook: Notebook) -> None:
    """Say what a comment says, and whose it is."""
    creator = child(element, "creator")
    author = (creator.text or "") if creator is not None else ""
    text = " ".join(words_of(each) for each in element.iter("{*}p"))
    notebook.lose(
        f"A comment: {shorten(author)}: “{shorten(text, 300)}”",
        "Settle it before the page is signed.",
    )


def say_change(kind: str, text: str, notebook: Notebook) -> None:
    """Say that a tracked change was read as accepted."""
    what = f"A deletion (“{shorten(text, 80)}”)" if kind == "deletion" else "An insertion"
    became = "was carried out" if kind == "deletion" else "was taken in"
    if kind in {"deletion", "insertion"}:
        notebook.change(
            f"{what} that nobody has accepted yet {became}.",
            "Accept or reject the changes in the document, if this is not what was meant.",
        )


def say_object(alt: str, notebook: Notebook, *, is_formula: bool) -> None:
    """Say that an equation, a chart or a part of another program was left out."""
    if is_formula:
        text = f"“{shorten(alt, 120)}”" if alt else "without a text"
        notebook.lose(f"An equation: {text}.", "Write in words how it is reckoned.")
        return
    said = f" that says “{shorten(alt, 200)}”" if alt else ""
    notebook.lose(
        f"An embedded object or chart{said}.",
        "Write its figures as a table, or look at the picture that stands for it.",
    )


def say_shape(name: str, element: etree._Element, notebook: Notebook) -> None:
    """Say that a drawn shape without text, or a field of a form, was left out."""
    if name == "control":
        notebook.lose("A field to fill in.", "Write in words what readers should do.")
        return
    said = f" that says “{shorten(said_by(element), 200)}”" if said_by(element) else ""
    notebook.lose(
        f"A drawn shape{said}.",
        "If it says something (an arrow, a ring), say it in words.",
    )
