"""The body of an OpenDocument text → blocks, and what is not kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.intake.elements import attribute, child, name_of
from pipeline.intake.escaping import remark_on_signs
from pipeline.intake.lists import TYPED, Entry, Item, nest, take_off_bullet
from pipeline.intake.model import (
    Blocks,
    Break,
    Code,
    Content,
    Heading,
    Inline,
    NoteMark,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Run,
    block_text,
    plain_text,
)
from pipeline.intake.numbers import find_number
from pipeline.intake.odt.styles import Styles
from pipeline.intake.odt.tables import read_table
from pipeline.intake.odt.unkept import (
    said_by,
    say_change,
    say_comment,
    say_object,
    say_shape,
    words_of,
)
from pipeline.intake.remarks import HIGHLIGHTED, LETTERS, UNDERLINED, Notebook, shorten

_INDEXES = frozenset(
    [
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    ]
)
_SILENT = frozenset(
    [
        "tracked-changes",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "forms",
        "soft-page-break",
        "bookmark-end",
        "change-end",
        "annotation-end",
        "note-citation",
        "alphabetical-index-mark",
        "toc-mark",
    ]
)
_SHAPES = frozenset(
    [
        "circle",
        "connector",
        "control",
        "custom-shape",
        "ellipse",
        "g",
        "line",
        "path",
        "polygon",
        "polyline",
        "rect",
    ]
)
_CHANGES = frozenset({"change", "change-start"})
_MOST_SPACES = 1_000


@dataclass(slots=True)
class TextReader:
    """Reads a text.

    Attributes:
        styles: its styles.
        parts: the parts of the file, by name.
        changes: what each tracked change is, by id.
        notebook: is told what is not kept.
    """

    styles: Styles
    parts: Mapping[str, bytes]
    changes: Mapping[str, tuple[str, str]]
    notebook: Notebook
    notes: dict[str, Blocks] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    _boxes: list[etree._Element] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _is_rtl: bool = False
    _lang: str = ""
    _numbers: dict[str, int] = field(default_factory=dict)

    def blocks(self, element: etree._Element) -> Blocks:
        """The blocks in a body, a section, a cell, a note or a box."""
        entries: list[Entry] = []
        self._read(element, entries)
        return nest(entries, self.notebook)

    def _read(self, element: etree._Element, entries: list[Entry]) -> None:
        for each in element:
            if isinstance(each.tag, str):
                self._block(name_of(each), each, entries)

    def _block(self, name: str, element: etree._Element, entries: list[Entry]) -> None:
        if name in {"p", "h"}:
            self._paragraph(element, entries)
        elif name == "list":
            self._list(element, entries, depth=0, style="")
        elif name == "table":
            entries.append(read_table(element, self.blocks))
        elif name == "section":
            self._section(element, entries)
        elif name in _INDEXES:
            self.notebook.lose(
                "The table of contents.", "Nothing: the website makes its own.", "the document"
            )
        elif name == "numbered-paragraph":
            self._read(element, entries)
        elif name in _CHANGES:
            self._change(element)
        elif name not in _SILENT:
            content: list[Inline] = []
            self._inline(name, element, Run(text=""), content)
            entries.append(Paragraph(content=tuple(content)))
            entries += self._asides()

    def _section(self, element: etree._Element, entries: list[Entry]) -> None:
        source = child(element, "section-source")
        if attribute(element, "display") in {"none", "condition"}:
            self._hide("".join(element.itertext()))
        elif source is not None:
            where = shorten(attribute(source, "href"), 80)
            self.notebook.lose(f"A part from another file: `{where}`.", "Import it by itself.")
        else:
            self._read(element, entries)

    def _hide(self, text: str) -> None:
        if text.strip():
            self.notebook.lose(
                f"Hidden text: “{shorten(text, 80)}”.", "Write it, if readers should have it."
            )

    def _paragraph(self, element: etree._Element, entries: list[Entry]) -> None:
        style = attribute(element, "style-name")
        is_title = self.styles.is_title(style)
        is_heading = name_of(element) == "h" or is_title
        self.notebook.enter(words_of(element), is_heading=is_heading)
        if self.styles.is_hidden("paragraph", style):
            self._hide(words_of(element))
            return
        self._is_rtl = self._runs_back(style)
        self._lang = self.styles.language("paragraph", style, is_complex=True)
        marks = frozenset() if is_heading else self.styles.marks("paragraph", style, frozenset())
        content: list[Inline] = []
        self._inside(element, Run(text="", marks=marks), content, style=style)
        if is_heading:
            self._heading(element, tuple(content), entries, is_title=is_title)
        else:
            self._add(tuple(content), style, entries)
        entries += self._asides()

    def _runs_back(self, style: str) -> bool:
        said = self.styles.is_rtl(style)
        return self.styles.is_rtl_by_default if said is None else said

    def _heading(
        self, element: etree._Element, content: Content, entries: list[Entry], *, is_title: bool
    ) -> None:
        level = find_number(attribute(element, "outline-level")) or 1
        anchors, self._anchors = tuple(self._anchors), []
        bare = tuple(
            replace(item, marks=item.marks - {"strong", "em"}) if isinstance(item, Run) else item
            for item in content
        )
        depth = 0 if is_title else level
        entries.append(Heading(level=depth, content=bare, anchors=anchors))

    def _add(self, content: Content, style: str, entries: list[Entry]) -> None:
        paragraph = Paragraph(content=content)
        if not plain_text(content):
            entries.append(paragraph)
            return
        self._anchors.clear()
        typed = take_off_bullet(content)
        if self.styles.is_code(style):
            text = "".join(i.text if isinstance(i, Run) else "\n" for i in content)
            entries.append(Code(text=text))
        elif self.styles.is_quote(style):
            entries.append(Quote(blocks=self._directed(paragraph)))
        elif typed is not None and plain_text(typed):
            self.notebook.change(*TYPED)
            blocks = self._directed(Paragraph(content=typed))
            entries.append(Item(level=0, is_ordered=False, blocks=blocks))
        else:
            entries += self._directed(paragraph)

    def _directed(self, paragraph: Paragraph) -> Blocks:
        if not self._is_rtl:
            return (paragraph,)
        return (Passage(blocks=(paragraph,), lang=self._lang, is_rtl=True),)

    def _asides(self) -> Iterator[Entry]:
        """The boxes of text that were fixed to a paragraph."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            blocks = self.blocks(box)
            if block_text(blocks):
                self.notebook.change(
                    "A box of text: it stands after the paragraph that it was fixed to.",
                    'Move it where it belongs; `!!! note "Title"` makes a box.',
                )
            yield from blocks

    def _list(
        self, element: etree._Element, entries: list[Entry], *, depth: int, style: str
    ) -> None:
        style = attribute(element, "style-name") or style
        is_ordered = self.styles.is_ordered(style, depth + 1)
        if is_ordered and not self.styles.has_plain_numbers(style, depth + 1):
            self.counts[LETTERS] += 1
        number = self._first_number(element, style, depth)
        for item in element:
            if not isinstance(item.tag, str) or name_of(item) not in {"list-item", "list-header"}:
                continue
            number = find_number(attribute(item, "start-value")) or number
            number += self._item(
                item, entries, depth=depth, style=style, number=number if is_ordered else 0,
                is_ordered=is_ordered,
            )  # fmt: skip
        if depth == 0:
            self._numbers[style] = number

    def _first_number(self, element: etree._Element, style: str, depth: int) -> int:
        if depth == 0 and attribute(element, "continue-numbering") == "true":
            return self._numbers.get(style, 1)
        level = self.styles.list_level(style, depth + 1)
        return find_number(attribute(level, "start-value")) or 1

    def _item(
        self,
        element: etree._Element,
        entries: list[Entry],
        *,
        depth: int,
        style: str,
        number: int,
        is_ordered: bool,
    ) -> bool:
        """Read an item and the lists within it; False if it has no text of its own."""
        own: list[Entry] = []
        deeper: list[Entry] = []
        for each in element:
            if not isinstance(each.tag, str):
                continue
            if name_of(each) == "list":
                self._list(each, deeper, depth=depth + 1, style=style)
            elif not deeper:
                self._block(name_of(each), each, own)
            else:
                self._block(name_of(each), each, deeper)
        blocks = nest(own, self.notebook)
        is_heading = any(isinstance(block, Heading) for block in blocks)
        if is_heading:  # the outline's numbers are a list in some files
            entries += blocks
        elif blocks:
            entries.append(Item(level=depth, is_ordered=is_ordered, blocks=blocks, number=number))
        entries += deeper
        return bool(blocks) and not is_heading

    def _inside(
        self, element: etree._Element, look: Run, content: list[Inline], *, style: str = ""
    ) -> None:
        self._text(element.text, look, content, style)
        for each in element:
            if isinstance(each.tag, str):
                self._inline(name_of(each), each, look, content)
            self._text(each.tail, look, content, style)

    def _text(self, text: str | None, look: Run, content: list[Inline], style: str) -> None:
        if not text:
            return
        remark_on_signs(text, self.notebook)
        content.append(replace(look, text=text))
        tag = look.lang or self.styles.language("paragraph", style, is_complex=self._is_rtl)
        tag = tag or self.styles.default_language(is_complex=self._is_rtl)
        self.languages[tag] += len(text)
        content[-1] = replace(look, text=text, lang="")

    def _inline(self, name: str, element: etree._Element, look: Run, content: list[Inline]) -> None:
        readers: dict[str, Callable[[etree._Element, Run, list[Inline]], None]] = {
            "span": self._span,
            "a": self._link,
            "note": self._note,
            "frame": self._frame,
            "ruby": self._ruby,
        }
        if name in readers:
            readers[name](element, look, content)
        elif name == "line-break":
            content.append(Break())
        elif name in {"s", "tab"}:
            spaces = min(find_number(attribute(element, "c")) or 1, _MOST_SPACES)
            content.append(replace(look, text=" " * spaces))
        elif name in {"bookmark", "bookmark-start", "reference-mark", "reference-mark-start"}:
            self._anchors.append(attribute(element, "name"))
        elif name in _CHANGES:
            self._change(element)
        elif name == "annotation":
            say_comment(element, self.notebook)
        elif name in _SHAPES:
            self._shape(name, element, content, look)
        elif name not in _SILENT:
            self._rest(name, element, look, content)

    def _rest(self, name: str, element: etree._Element, look: Run, content: list[Inline]) -> None:
        if name in {"script", "dde-connection", "execute-macro"}:
            self.notebook.lose("A script or a link to a program.", "Nothing: a page runs nothing.")
        elif name in {"hidden-text", "hidden-paragraph"}:
            self._hide("".join(element.itertext()))
        else:
            self._inside(element, look, content)

    def _span(self, element: etree._Element, look: Run, content: list[Inline]) -> None:
        style = attribute(element, "style-name")
        if self.styles.is_hidden("text", style):
            self._hide("".join(element.itertext()))
            return
        if self.styles.value("text", style, "text-underline-style") not in {"", "none"}:
            self.counts[UNDERLINED] += not look.link
        if self.styles.value("text", style, "background-color") not in {"", "transparent"}:
            self.counts[HIGHLIGHTED] += 1
        marks = self.styles.marks("text", style, look.marks)
        lang = self.styles.language("text", style, is_complex=self._is_rtl) or look.lang
        self._inside(element, replace(look, marks=marks, lang=lang), content)

    def _link(self, element: etree._Element, look: Run, content: list[Inline]) -> None:
        address = attribute(element, "href").removesuffix("|outline")
        self._inside(element, replace(look, link=address), content)

    def _note(self, element: etree._Element, _look: Run, content: list[Inline]) -> None:
        name = attribute(element, "id") or f"note {len(self.notes) + 1}"
        body = child(element, "note-body")
        before, boxes, self._boxes = self._is_rtl, self._boxes, []
        self.notes[name] = self.blocks(body) if body is not None else ()
        self._is_rtl, self._boxes = before, boxes
        content.append(NoteMark(note=name))

    def _frame(self, element: etree._Element, look: Run, content: list[Inline]) -> None:
        """A frame holds one thing, and other ways to show it."""
        first = next((each for each in element if isinstance(each.tag, str)), None)
        kind = name_of(first) if first is not None else ""
        if first is None:
            return
        alt = said_by(element)
        image = child(element, "image")
        if kind == "text-box":
            self._boxes.append(first)
        elif kind == "image":
            self._image(first, alt, look, content)
        elif kind in {"object", "object-ole", "plugin", "applet", "floating-frame"}:
            is_formula = self._is_formula(first)
            say_object(alt, self.notebook, is_formula=is_formula)
            if image is not None and kind == "object" and not is_formula:
                self._image(image, alt, look, content)
        elif kind == "table":
            self._boxes.append(element)

    def _image(self, element: etree._Element, alt: str, look: Run, content: list[Inline]) -> None:
        name = attribute(element, "href").removeprefix("./")
        if name in self.parts:
            content.append(Picture(name=name, alt=alt, link=look.link))
            return
        said = f" that says “{shorten(alt, 200)}”" if alt else ""
        self.notebook.lose(
            f"A picture that is not in the file but elsewhere (`{shorten(name, 80)}`){said}; "
            "it was not fetched.",
            "Put it into the document, or beside the resource by hand.",
        )

    def _is_formula(self, element: etree._Element) -> bool:
        name = f"{attribute(element, 'href').removeprefix('./')}/content.xml"
        return b"Math/MathML" in self.parts.get(name, b"")[:2000]

    def _ruby(self, element: etree._Element, look: Run, content: list[Inline]) -> None:
        above = "".join(t for each in element.iter("{*}ruby-text") for t in each.itertext())
        self.notebook.lose(
            f"Small letters above a word: “{shorten(above)}”.", "Write them in brackets, if needed."
        )
        base = child(element, "ruby-base")
        if base is not None:
            self._inside(base, look, content)

    def _change(self, element: etree._Element) -> None:
        kind, text = self.changes.get(attribute(element, "change-id"), ("", ""))
        say_change(kind, text, self.notebook)

    def _shape(self, name: str, element: etree._Element, content: list[Inline], look: Run) -> None:
        for frame in element.iter("{*}frame"):
            self._frame(frame, look, content)
        if name != "control" and words_of(element).strip():
            self._boxes.append(element)
        else:
            say_shape(name, element, self.notebook)
