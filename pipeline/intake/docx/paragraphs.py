"""The runs of a Word paragraph → content, with fields, links, notes and what is not kept."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.intake.docx.drawings import read_drawing
from pipeline.intake.docx.fields import Fields, is_loading
from pipeline.intake.docx.package import Package, Relations
from pipeline.intake.docx.styles import Styles
from pipeline.intake.elements import attribute, child, is_on, name_of
from pipeline.intake.escaping import remark_on_signs
from pipeline.intake.model import Break, Inline, Mark, NoteMark, Picture, Run
from pipeline.intake.remarks import COLOURED, HIGHLIGHTED, UNDERLINED, Notebook, shorten

_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_WRAPPERS = frozenset({"smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "rubyBase"})
#: Signs of the fonts Symbol and Wingdings that stand in texts; the rest is reported.
_SYMBOLS = {
    "symbol": {
        0xB7: "•", 0xAE: "→", 0xAC: "←", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×",
        0xD7: "·", 0xB9: "≠", 0xA5: "∞", 0xAD: "↑", 0xAF: "↓", 0x6D: "µ", 0xD4: "™", 0xD2: "®",
    },
    "wingdings": {
        0xA7: "▪", 0xA8: "◻", 0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0xDF: "←", 0x6C: "●", 0x6E: "■",
        0x6F: "□", 0x71: "❑", 0xFE: "☑", 0xFD: "☒", 0xD8: "➢", 0x76: "❖", 0x28: "☎", 0x4A: "☺",
    },
}  # fmt: skip
_SCRIPT = {"superscript": Mark.SUPERSCRIPT, "subscript": Mark.SUBSCRIPT}
_OFF_COLOURS = frozenset({"", "auto", "000000", "none"})


@dataclass(slots=True)
class Story:
    """What reading a text of the file is about: the body, a note, a header.

    Attributes:
        package: the file.
        styles: its styles.
        notebook: is told what is not kept.
        comments: what comments say, by id.
        part: the part that is read.
        relations: what that part leads to.
        fields: those that are open.
        languages: how many letters are said to be in which language.
        boxes: boxes of text that were met and not yet read.
        anchors: names of places that were met.
        looks: how often looks were met that a page does not have.
        rules: lines across the page that were met.
    """

    package: Package
    styles: Styles
    notebook: Notebook
    comments: Mapping[str, str]
    part: str
    relations: Relations
    fields: Fields = field(default_factory=Fields)
    languages: Counter[str] = field(default_factory=Counter)
    boxes: list[etree._Element] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    looks: Counter[str] = field(default_factory=Counter)
    rules: int = 0


@dataclass(slots=True)
class ParagraphReader:
    """Reads one paragraph.

    Attributes:
        story: what it is a part of.
        style: the paragraph's style.
        is_heading: whether bold and italics are its style and nothing else.
        is_rtl: whether it is written from right to left.
        content: what was read.
        link: where what is read leads.
        lang: the language that what runs from right to left says it is in.
        has_contents: whether a table of contents begins or stands in it.
    """

    story: Story
    style: str
    is_heading: bool
    is_rtl: bool
    content: list[Inline] = field(default_factory=list)
    link: str = ""
    lang: str = ""
    has_contents: bool = False

    def read(self, element: etree._Element) -> None:
        """Read what is in a paragraph, a link, a change."""
        for each in element:
            if isinstance(each.tag, str):
                self._read_one(each)

    def _read_one(self, element: etree._Element) -> None:
        name = name_of(element)
        readers: dict[str, Callable[[etree._Element], None]] = {
            "r": self._run,
            "hyperlink": self._hyperlink,
            "fldSimple": self._simple_field,
            "ins": self._inserted,
            "moveTo": self._inserted,
            "del": self._deleted,
            "moveFrom": self._moved,
            "oMath": self._equation,
            "oMathPara": self._equation,
            "bookmarkStart": self._bookmark,
            "AlternateContent": self._alternate,
            "subDoc": self._outside,
        }
        if name in readers:
            readers[name](element)
        elif name in _WRAPPERS:
            self.read(element)

    def _hyperlink(self, element: etree._Element) -> None:
        before = self.link
        relation = self.story.relations.get(attribute(element, "id"))
        anchor = attribute(element, "anchor")
        target = relation.target if relation is not None and relation.is_outside else ""
        self.link = f"{target}#{anchor}" if anchor else target
        self.read(element)
        self.link = before

    def _simple_field(self, element: etree._Element) -> None:
        instruction = attribute(element, "instr")
        for kind in ("begin", "instruct", "separate"):
            if kind == "instruct":
                self.story.fields.instruct(instruction)
            else:
                self._field(self.story.fields.meet(kind))
        self.read(element)
        self.story.fields.meet("end")

    def _field(self, instruction: str) -> None:
        self.has_contents = self.has_contents or self.story.fields.is_contents
        if is_loading(instruction):
            self.story.notebook.lose(
                f"A field that would load something from outside: `{shorten(instruction, 80)}`.",
                "Look whether the text is whole without it.",
            )

    def _inserted(self, element: etree._Element) -> None:
        self._say_tracked("An insertion", "was taken in")
        self.read(element)

    def _say_tracked(self, what: str, became: str) -> None:
        self.story.notebook.change(
            f"{what} that nobody has accepted yet {became}.",
            "Accept or reject the changes in the document, if this is not what was meant.",
        )

    def _deleted(self, element: etree._Element) -> None:
        text = "".join(each.text or "" for each in element.iter("{*}delText", "{*}t"))
        if text.strip():
            self._say_tracked(f"A deletion (“{shorten(text, 80)}”)", "was carried out")

    def _moved(self, _element: etree._Element) -> None:
        self._say_tracked("A move", "was carried out")

    def _equation(self, element: etree._Element) -> None:
        text = "".join(each.text or "" for each in element.iter("{*}t"))
        self.story.notebook.lose(
            f"An equation: “{shorten(text, 120)}”.", "Write in words how it is reckoned."
        )

    def _bookmark(self, element: etree._Element) -> None:
        self.story.anchors.append(attribute(element, "name"))

    def _outside(self, _element: etree._Element) -> None:
        self.story.notebook.lose("Another document that is linked in.", "Import it by itself.")

    def _alternate(self, element: etree._Element) -> None:
        choice = child(element, "Choice")
        chosen = choice if choice is not None else child(element, "Fallback")
        if chosen is None:
            return
        if name_of(element.getparent()) == "r":
            self._pieces(chosen, Run(text=""))
        else:
            self.read(chosen)

    def _run(self, element: etree._Element) -> None:
        properties = child(element, "rPr")
        if is_on(child(properties, "vanish")):
            text = "".join(each.text or "" for each in element.iter("{*}t"))
            if text.strip():
                self.story.notebook.lose(
                    f"Hidden text: “{shorten(text, 80)}”.", "Write it, if readers should have it."
                )
            return
        self._pieces(element, self._look(properties))

    def _look(self, properties: etree._Element | None) -> Run:
        """An empty run with the marks and the language of a run."""
        style = attribute(child(properties, "rStyle"), "val")
        switches = (
            ("b", Mark.STRONG),
            ("i", Mark.EMPHASIS),
            ("strike", Mark.STRUCK),
            ("dstrike", Mark.STRUCK),
        )
        marks = {mark for name, mark in switches if self._is(name, properties, style)}
        if self.is_heading:
            marks -= {Mark.STRONG, Mark.EMPHASIS}
        script = _SCRIPT.get(attribute(child(properties, "vertAlign"), "val"))
        if script:
            marks.add(script)
        self._tally_looks(properties)
        is_rtl = bool(is_on(child(properties, "rtl")))
        language = child(properties, "lang")
        other = is_rtl and not self.is_rtl
        return Run(
            text="",
            marks=frozenset(marks),
            link=self.link or self.story.fields.link,
            lang=attribute(language, "bidi") if other else "",
            is_rtl=other,
        )

    def _is(self, name: str, properties: etree._Element | None, style: str) -> bool:
        in_complex = f"{name}Cs"
        styles = self.story.styles
        if is_on(child(properties, "rtl")) and name in {"b", "i"}:
            return styles.is_run(in_complex, properties, style, self.style)
        return styles.is_run(name, properties, style, self.style)

    def _tally_looks(self, properties: etree._Element | None) -> None:
        looks = self.story.looks
        underline = attribute(child(properties, "u"), "val")
        if underline not in {"", "none"} and not self.link and not self.story.fields.link:
            looks[UNDERLINED] += 1
        if attribute(child(properties, "highlight"), "val") not in _OFF_COLOURS:
            looks[HIGHLIGHTED] += 1
        if (
            attribute(child(properties, "color"), "val").lower() not in _OFF_COLOURS
            and not self.link
        ):
            looks[COLOURED] += 1

    def _pieces(self, element: etree._Element, look: Run) -> None:
        for each in element:
            if not isinstance(each.tag, str):
                continue
            name = name_of(each)
            if name == "fldChar":
                self._field(self.story.fields.meet(attribute(each, "fldCharType")))
                look = replace(look, link=self.link or self.story.fields.link)
            elif name == "instrText":
                self.story.fields.instruct(each.text or "")
            elif not self.story.fields.is_hidden:
                self._piece(name, each, look)

    def _piece(self, name: str, element: etree._Element, look: Run) -> None:
        if name == "t":
            self._text(element.text or "", look)
            self._tally_language(element)
        elif name in _SIGNS:
            self._text(_SIGNS[name], look)
        elif name == "br" and attribute(element, "type") in {"page", "column"}:
            self._text(" ", look)
        elif name in {"br", "cr"}:
            self.content.append(Break())
        elif name in {"footnoteReference", "endnoteReference"}:
            kind = name.removesuffix("Reference")
            self.content.append(NoteMark(note=f"{kind}-{attribute(element, 'id')}"))
        else:
            self._special(name, element, look)

    def _special(self, name: str, element: etree._Element, look: Run) -> None:
        if name == "sym":
            self._symbol(element, look)
        elif name in {"drawing", "pict", "object"}:
            self._drawing(element, look)
        elif name == "commentReference":
            self._comment(attribute(element, "id"))
        elif name == "ruby":
            self._ruby(element)
        elif name == "AlternateContent":
            self._alternate(element)

    def _text(self, text: str, look: Run) -> None:
        remark_on_signs(text, self.story.notebook)
        self.content.append(replace(look, text=text))

    def _tally_language(self, element: etree._Element) -> None:
        properties = child(element.getparent(), "rPr")
        language = child(properties, "lang")
        default = self.story.styles.default_lang
        if self.is_rtl or is_on(child(properties, "rtl")):
            tag = attribute(language, "bidi")
            self.lang = self.lang or tag
        else:
            tag = attribute(language, "val") or attribute(default, "val")
        self.story.languages[tag] += len(element.text or "")

    def _symbol(self, element: etree._Element, look: Run) -> None:
        font = attribute(element, "font").lower()
        # Fonts of signs have theirs at F000 and above, or at the same place without the F0.
        code = attribute(element, "char")[-2:].upper()
        sign = {f"{n:02X}": each for n, each in _SYMBOLS.get(font, {}).items()}.get(code)
        if sign:
            self._text(sign, look)
            return
        self.story.notebook.lose(
            f"A sign of the font {shorten(attribute(element, 'font')) or 'of signs'}.",
            "Write in words or with a common character what it stands for.",
        )

    def _drawing(self, element: etree._Element, look: Run) -> None:
        story = self.story
        drawn = read_drawing(element, story.package, story.relations, story.notebook)
        for picture in drawn.pictures:
            link = picture.link or look.link
            self.content.append(Picture(name=picture.name, alt=picture.alt, link=link))
        story.boxes += drawn.boxes
        story.rules += drawn.is_rule

    def _comment(self, name: str) -> None:
        self.story.notebook.lose(
            f"A comment: {shorten(self.story.comments.get(name, ''), 300)}",
            "Settle it before the page is signed.",
        )

    def _ruby(self, element: etree._Element) -> None:
        above = "".join(each.text or "" for rt in element.iter("{*}rt") for each in rt.iter("{*}t"))
        self.story.notebook.lose(
            f"Small letters above a word: “{shorten(above)}”.", "Write them in brackets, if needed."
        )
        base = child(element, "rubyBase")
        if base is not None:
            self.read(base)
