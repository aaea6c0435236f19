"""The tree of a page → blocks, and what is not kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from pipeline.intake.escaping import remark_on_signs
from pipeline.intake.html.dropped import find_dropped, is_dropped
from pipeline.intake.html.looks import Declarations, Looks, change_marks, is_hidden
from pipeline.intake.html.notes import FootNotes
from pipeline.intake.html.office import MARKER, is_office_item, office_level, without
from pipeline.intake.html.sources import decode, render_drawing, unwrap
from pipeline.intake.html.tables import read_table
from pipeline.intake.lists import TYPED, Entry, Item, add_to_last, nest, take_off_bullet
from pipeline.intake.model import (
    Blocks,
    Break,
    Code,
    Content,
    Definition,
    Heading,
    Inline,
    NoteMark,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Rule,
    Run,
    block_text,
    plain_text,
)
from pipeline.intake.numbers import find_number
from pipeline.intake.remarks import HIGHLIGHTED, LETTERS, UNDERLINED, Notebook, shorten

_SVG = "{http://www.w3.org/2000/svg}svg"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dd",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "legend",
        "li",
        "main",
        "p",
        "section",
        "summary",
    ]
)
#: Hold nothing that is read.
_SILENT = frozenset(
    [
        "base",
        "head",
        "link",
        "meta",
        "style",
        "template",
        "title",
        "wbr",
        "param",
        "source",
        "track",
        "col",
        "colgroup",
        "rp",
    ]
)
_KIX = re.compile(r"\blst-kix_\w+-([0-9])\b")


@dataclass(slots=True)
class Sink:
    """Where blocks go, and what has not yet become one."""

    entries: list[Entry] = field(default_factory=list)
    content: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class PageReader:
    """Reads a page.

    Attributes:
        looks: its style sheets.
        footnotes: its footnotes.
        notebook: is told what is not kept.
        files: pictures that come with the page, by name.
        lang: the language that the page says it is in.
        around: the language and the direction of what is around the reader.
        pictures: bytes of the pictures that were met, by name.
        counts: how often looks were met that a page does not have.
    """

    looks: Looks
    footnotes: FootNotes
    notebook: Notebook
    files: Callable[[str], bytes | None]
    lang: str
    around: Run
    pictures: dict[str, bytes] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    _anchors: list[str] = field(default_factory=list)

    def blocks(self, element: ET.Element, look: Run) -> Blocks:
        """The blocks in an element."""
        sink = Sink()
        self._inside(element, look, sink)
        self._flush(sink)
        return nest(sink.entries, self.notebook)

    def _inside(self, element: ET.Element, look: Run, sink: Sink) -> None:
        self._text(element.text, look, sink)
        for child in element:
            if _is_element(child):
                self._element(child, look, sink)
            self._text(child.tail, look, sink)

    def _text(self, text: str | None, look: Run, sink: Sink) -> None:
        if text:
            remark_on_signs(text, self.notebook)
            lang = "" if _is_same(look.lang, self.around.lang) else look.lang
            is_rtl = look.is_rtl and not self.around.is_rtl
            sink.content.append(replace(look, text=text, lang=lang, is_rtl=is_rtl))

    def _flush(self, sink: Sink) -> None:
        """Make a paragraph of what has been read."""
        content, sink.content = tuple(sink.content), []
        if not plain_text(content):
            if any(isinstance(item, Picture | NoteMark) for item in content):
                sink.entries.append(Paragraph(content=content))
            return
        self._anchors.clear()
        typed = take_off_bullet(content)
        if typed is not None and plain_text(typed):
            self.notebook.change(*TYPED)
            block = Paragraph(content=typed)
            sink.entries.append(Item(level=0, is_ordered=False, blocks=(block,)))
        else:
            sink.entries.append(Paragraph(content=content))

    def _element(self, element: ET.Element, look: Run, sink: Sink) -> None:
        tag = str(element.tag)
        declared = self.looks.of(element)
        if (
            id(element) in self.footnotes.bodies
            or tag in _SILENT
            or id(element) in self.footnotes.backs
        ):
            return
        if is_hidden(element, declared):
            self._say_hidden(element)
            return
        if is_dropped(tag):
            for what, remedy in find_dropped(element, tag):
                self.notebook.lose(what, remedy)
            return
        self._anchors += [name for name in (element.get("id"), element.get("name")) if name]
        inner = self._look(element, tag, declared, look)
        reader = self._reader(tag, element)
        if reader is None:
            self._inline(element, tag, inner, sink)
            return
        self._flush(sink)
        if self._is_around(inner):
            reader(element, inner, sink)
        else:
            within = Sink()
            with self._turned(inner):
                reader(element, inner, within)
                self._flush(within)
            sink.entries += self._passage(nest(within.entries, self.notebook), inner)
        self._flush(sink)

    def _blocks_of(self, element: ET.Element, look: Run) -> Blocks:
        """The blocks in an item or a cell, which may be in a language or direction of its own."""
        inner = self._look(element, str(element.tag), self.looks.of(element), look)
        if self._is_around(inner):
            return self.blocks(element, inner)
        with self._turned(inner):
            blocks = self.blocks(element, inner)
        return self._passage(blocks, inner)

    def _is_around(self, look: Run) -> bool:
        return look.is_rtl == self.around.is_rtl and _is_same(look.lang, self.around.lang)

    @contextmanager
    def _turned(self, look: Run) -> Iterator[None]:
        """Within this context, the language and direction of a look are those around."""
        before, self.around = self.around, look
        try:
            yield
        finally:
            self.around = before

    def _passage(self, blocks: Blocks, look: Run) -> Blocks:
        if not block_text(blocks):
            return blocks
        lang = "" if _is_same(look.lang, self.around.lang) else look.lang
        return (Passage(blocks=blocks, lang=lang, is_rtl=look.is_rtl),)

    def _reader(
        self, tag: str, element: ET.Element
    ) -> Callable[[ET.Element, Run, Sink], None] | None:
        """What reads an element that begins a block; None where it stands in a line."""
        if tag in _HEADINGS or element.get("role") == "heading" or _is_title(element):
            return self._heading
        if tag in _BLOCKS:
            return self._paragraph
        return {
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "dir": self._list,
            "dl": self._definitions,
            "table": self._table,
            "blockquote": self._quote,
            "pre": self._code,
            "xmp": self._code,
            "listing": self._code,
            "hr": self._rule,
        }.get(tag)

    def _look(self, element: ET.Element, tag: str, declared: Declarations, look: Run) -> Run:
        """The marks, link, language and direction of what is in an element."""
        marks = change_marks(look.marks, tag, declared)
        if tag in _HEADINGS:
            marks = frozenset()
        self._tally(tag, declared, look)
        link = look.link
        if tag == "a" and element.get("href"):
            link = unwrap(element.get("href") or "")
        lang, is_rtl = look.lang, look.is_rtl
        own = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        if self.lang and own and not _is_same(own, lang):
            lang = own
        way = (element.get("dir") or declared.get("direction") or "").lower()
        if way in {"rtl", "ltr"}:
            is_rtl = way == "rtl"
        return replace(look, marks=marks, link=link, lang=lang, is_rtl=is_rtl)

    def _tally(self, tag: str, declared: Declarations, look: Run) -> None:
        is_underlined = tag == "u" or declared.get("text-decoration") == "underline"
        if is_underlined and not look.link and tag != "a":
            self.counts[UNDERLINED] += 1
        if tag == "mark" or declared.get("background") in {"yellow", "lime", "aqua", "fuchsia"}:
            self.counts[HIGHLIGHTED] += 1

    def _inline(self, element: ET.Element, tag: str, look: Run, sink: Sink) -> None:
        if id(element) in self.footnotes.marks:
            sink.content.append(NoteMark(note=self.footnotes.marks[id(element)]))
        elif tag == "br":
            sink.content.append(Break())
        elif tag == "img":
            self._image(element, look, sink)
        elif tag == _SVG:
            self._drawing(element, look, sink)
        elif tag == _MATH:
            text = shorten(" ".join(element.itertext()), 120)
            self.notebook.lose(f"An equation: “{text}”.", "Write in words how it is reckoned.")
        elif tag == "q":
            self._text("“", look, sink)
            self._inside(element, look, sink)
            self._text("”", look, sink)
        else:
            if tag in {"abbr", "acronym"} and element.get("title"):
                self._abbreviation(element)
            self._inside(element, look, sink)

    def _abbreviation(self, element: ET.Element) -> None:
        letters, meaning = "".join(element.itertext()).strip(), element.get("title") or ""
        self.notebook.lose(
            f"What “{shorten(letters)}” stands for: “{shorten(meaning, 200)}”.",
            "Write at the end of the file, for example, `*[GP]: general practitioner`.",
        )

    def _image(self, element: ET.Element, look: Run, sink: Sink) -> None:
        source, alt = element.get("src") or "", element.get("alt") or ""
        is_inside = source.lower().startswith("data:")
        data = decode(source) if is_inside else self.files(source)
        if data is None:
            said = f" that says “{shorten(alt, 200)}”" if alt.strip() else ""
            self.notebook.lose(
                f"A picture that is not in the file but elsewhere (`{shorten(source, 80)}`){said}; "
                "it was not fetched.",
                "Save the page as .docx or .odt, or zip it with its folder of pictures; or put "
                "the picture beside the resource by hand.",
            )
            return
        name = f"picture {len(self.pictures) + 1}" if is_inside else source
        self.pictures[name] = data
        sink.content.append(Picture(name=name, alt=alt, link=look.link))

    def _drawing(self, element: ET.Element, look: Run, sink: Sink) -> None:
        """A drawing (SVG) in the page: a picture, which is cleaned as all are."""
        title = element.find("{http://www.w3.org/2000/svg}title")
        alt = element.get("aria-label") or ("".join(title.itertext()) if title is not None else "")
        name = f"drawing {len(self.pictures) + 1}"
        self.pictures[name] = render_drawing(element)
        sink.content.append(Picture(name=name, alt=alt, link=look.link))

    def _paragraph(self, element: ET.Element, look: Run, sink: Sink) -> None:
        if element.tag == "p":
            self.notebook.enter("".join(element.itertext()))
            if is_office_item(element, self.looks.of(element)):
                self._office_item(element, look, sink)
                return
        self._inside(element, look, sink)

    def _heading(self, element: ET.Element, look: Run, sink: Sink) -> None:
        self.notebook.enter("".join(element.itertext()), is_heading=True)
        level = _HEADINGS.get(str(element.tag), 2)
        if _is_title(element):
            level = 0
        elif (given := find_number(element.get("aria-level"))) is not None:
            level = min(max(given, 1), 6)
        within = Sink()
        self._inside(element, look, within)
        anchors, self._anchors = tuple(self._anchors), []
        if within.entries:  # a block in a heading: nothing of it may be lost
            self._flush(within)
            sink.entries += within.entries
            return
        sink.entries.append(Heading(level=level, content=tuple(within.content), anchors=anchors))

    def _list(self, element: ET.Element, look: Run, sink: Sink) -> None:
        is_ordered = element.tag == "ol"
        number = find_number(element.get("start")) or 1
        if is_ordered and (element.get("type") or "1") != "1":
            self.counts[LETTERS] += 1
        kix = _KIX.search(element.get("class") or "")
        level = int(kix[1]) if kix else 0
        for child in _elements(element):
            if child.tag != "li":
                inner = Sink()
                self._element(child, look, inner)
                self._flush(inner)
                blocks = nest(inner.entries, self.notebook)
                if not add_to_last(sink.entries, blocks):
                    sink.entries += blocks
                continue
            self.notebook.enter("".join(child.itertext()))
            blocks = self._blocks_of(child, look)
            if id(child) not in self.footnotes.bodies and blocks:
                number = find_number(child.get("value")) or number
                item = Item(
                    level=level,
                    is_ordered=is_ordered,
                    blocks=blocks,
                    number=number if is_ordered else 0,
                )
                sink.entries.append(item)
                number += 1

    def _office_item(self, element: ET.Element, look: Run, sink: Sink) -> None:
        within = Sink()
        self._inside(element, look, within)
        content = tuple(within.content)
        text = plain_text(content)
        marker = MARKER.match("".join(i.text for i in content if isinstance(i, Run)))
        if within.entries or not text or not marker:
            sink.entries += within.entries
            sink.content += content
            return
        block = Paragraph(content=without(content, marker.end()))
        number = find_number(marker[2]) or 0
        item = Item(
            level=office_level(self.looks.of(element)),
            is_ordered=bool(marker[2]) and marker[1] is None,
            blocks=(block,),
            number=number,
        )
        sink.entries.append(item)

    def _definitions(self, element: ET.Element, look: Run, sink: Sink) -> None:
        terms: list[Content] = []
        meanings: list[Blocks] = []

        def close() -> None:
            if terms or meanings:
                definition = Definition(terms=tuple(terms), meanings=tuple(meanings))
                sink.entries.append(definition)
                terms.clear()
                meanings.clear()

        for child in element.iter():
            if child.tag == "dt":
                if meanings:
                    close()
                within = Sink()
                self._inside(child, look, within)
                terms.append(tuple(within.content))
                sink.entries += within.entries
            elif child.tag == "dd":
                self.notebook.enter("".join(child.itertext()))
                meanings.append(self._blocks_of(child, look))
        close()

    def _table(self, element: ET.Element, look: Run, sink: Sink) -> None:
        if element.get("role") in {"presentation", "none"}:
            for cell in (each for each in element.iter() if each.tag in {"td", "th"}):
                self._inside(cell, look, sink)
                self._flush(sink)
            return
        caption = element.find("caption")
        if caption is not None:
            self._inside(caption, look, sink)
            self._flush(sink)
        sink.entries.append(read_table(element, lambda cell: self._blocks_of(cell, look)))

    def _quote(self, element: ET.Element, look: Run, sink: Sink) -> None:
        sink.entries.append(Quote(blocks=self.blocks(element, look)))

    def _code(self, element: ET.Element, _look: Run, sink: Sink) -> None:
        sink.entries.append(Code(text="".join(element.itertext())))

    def _rule(self, _element: ET.Element, _look: Run, sink: Sink) -> None:
        sink.entries.append(Rule())

    def _say_hidden(self, element: ET.Element) -> None:
        text = "".join(element.itertext()).strip()
        if text and element.tag not in {"script", "style"}:
            self.notebook.lose(
                f"Hidden text: “{shorten(text, 80)}”.", "Write it, if readers should have it."
            )


def _elements(element: ET.Element) -> Iterator[ET.Element]:
    """What is in an element, comments left out."""
    return filter(_is_element, element)


def _is_element(child: ET.Element) -> bool:
    return isinstance(child.tag, str)


def _is_title(element: ET.Element) -> bool:
    return bool({"title", "MsoTitle"} & set((element.get("class") or "").split()))


def _is_same(one: str, other: str) -> bool:
    """Whether two tags are of one language, wherever it is spoken."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
