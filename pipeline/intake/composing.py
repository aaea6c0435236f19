"""A document as it was read → a resource: Markdown, front matter, pictures, what was lost."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.intake.blocks import render_blocks, render_notes
from pipeline.intake.escaping import is_usable_link
from pipeline.intake.frontmatter import render_front_matter
from pipeline.intake.inlines import Names
from pipeline.intake.model import (
    Block,
    Blocks,
    Content,
    Definition,
    Draft,
    Heading,
    Inline,
    Listing,
    NoteMark,
    Paragraph,
    Passage,
    Picture,
    Quote,
    Remark,
    Rule,
    Run,
    Table,
    block_text,
    plain_text,
)
from pipeline.intake.outline import outline
from pipeline.intake.pictures import name_pictures
from pipeline.intake.remarks import Notebook, shorten
from pipeline.intake.shaping import shape

#: Cleans a picture: bytes and file name → bytes, or why it cannot be published, in words.
Clean = Callable[[bytes, str], bytes | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a partner's document.

    Attributes:
        markdown: the whole resource.
        pictures: bytes of its pictures, by path relative to the resource.
        title: its title, as far as it could be guessed.
        kept: how many of each thing it has, by name.
        remarks: what was left out or changed, in the order of the document.
    """

    markdown: str
    pictures: Mapping[str, bytes]
    title: str
    kept: Mapping[str, int]
    remarks: tuple[Remark, ...]


def compose(draft: Draft, *, slug: str, source_tag: str, clean: Clean) -> Intake:
    """Make a resource of a document.

    Args:
        draft: the document.
        slug: the resource's name, which its pictures are named after.
        source_tag: the language that resources are written in.
        clean: what makes a picture safe.
    """
    notebook = Notebook(remarks=list(draft.remarks))
    title, blocks = outline(shape(draft.blocks, notebook), notebook)
    title = title or draft.title or slug.replace("-", " ").capitalize()
    notes = {name: shape(each, notebook) for name, each in draft.notes.items()}
    if notes:
        blocks = _without_last_rules(blocks)
    blocks = _in_its_language(blocks, draft, source_tag, notebook)
    everything = [*_contents(blocks), *(c for each in notes.values() for c in _contents(each))]
    pictures = name_pictures(draft.pictures, everything, slug=slug, clean=clean, notebook=notebook)
    labels = _labels(_contents(blocks), notes, notebook)
    anchors = _anchors(blocks, everything, notebook)
    names = Names(
        pictures={name: path for name, (path, _) in pictures.items()}, notes=labels, anchors=anchors
    )
    lines = [
        *render_blocks(blocks, names),
        *render_notes([(label, notes[name]) for name, label in labels.items()], names),
    ]
    head = render_front_matter(title=title, summary=_summary(blocks))
    return Intake(
        markdown=f"{head}\n" + "\n".join(lines).strip("\n") + "\n",
        pictures=dict(pictures.values()),
        title=title,
        kept=_count(blocks, pictures=len(pictures), notes=len(labels)),
        remarks=tuple(notebook.remarks),
    )


def find_title(draft: Draft) -> str:
    """The title that a document has, or that its file says; empty if there is none."""
    scratch = Notebook()
    return outline(shape(draft.blocks, scratch), scratch).title or draft.title


def _without_last_rules(blocks: Blocks) -> Blocks:
    """A text without the line that stood between it and its footnotes."""
    while blocks and isinstance(blocks[-1], Rule):
        blocks = blocks[:-1]
    return blocks


def _in_its_language(blocks: Blocks, draft: Draft, source_tag: str, notebook: Notebook) -> Blocks:
    """A text that says it is in another language than resources are in says so on the page too."""
    spoken = draft.lang.partition("-")[0].lower()
    is_ours = spoken == source_tag.partition("-")[0].lower()
    if not blocks or is_ours or not (spoken or draft.is_rtl):
        return blocks
    said = f"in the language `{draft.lang}`" if spoken else "written from right to left"
    notebook.advise(
        f"The document says that it is {said}; resources are written in `{source_tag}`.",
        "If that is so, have it translated first. If it is not, take away `<div … markdown>` at "
        "the top and `</div>` at the end.",
        "the document",
    )
    return (Passage(blocks=blocks, lang=draft.lang, is_rtl=draft.is_rtl),)


def _contents(blocks: Iterable[Block]) -> Iterator[Content]:
    """The contents of all paragraphs, headings and terms, in order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.content
            case Definition():
                yield from block.terms
                for meaning in block.meanings:
                    yield from _contents(meaning)
            case _:
                for inner in _inner(block):
                    yield from _contents(inner)


def _inner(block: Block) -> Iterator[Blocks]:
    match block:
        case Listing():
            yield from block.items
        case Table():
            for row in block.rows:
                yield from (cell.blocks for cell in row)
        case Quote() | Passage():
            yield block.blocks
        case _:
            return


def _labels(
    contents: Iterable[Content], notes: Mapping[str, Blocks], notebook: Notebook
) -> dict[str, str]:
    """Label of each footnote that the text has, by its name, numbered as they are met."""
    labels: dict[str, str] = {}
    for item in (item for content in contents for item in content):
        if isinstance(item, NoteMark) and item.note not in labels:
            if notes.get(item.note):
                labels[item.note] = str(len(labels) + 1)
            else:
                notebook.lose("A footnote without text.", "Write it, if it is needed.")
    for name in notes.keys() - labels.keys():
        if text := block_text(notes[name]):
            notebook.lose(
                f"A footnote that nothing in the text leads to: “{shorten(text, 200)}”.",
                "Put it where it belongs.",
                "the footnotes",
            )
    return labels


def _anchors(blocks: Blocks, contents: Iterable[Content], notebook: Notebook) -> dict[str, str]:
    """Ids of the headings that links within the document lead to; all other links are reported."""
    ids = {name: f"part-{n}" for n, names in enumerate(_all_anchors(blocks), 1) for name in names}
    used: dict[str, str] = {}
    for content in contents:
        for item in content:
            link = item.link if isinstance(item, Run | Picture) else ""
            if link.startswith("#") and link[1:] in ids:
                used[link[1:]] = ids[link[1:]]
            elif link.startswith("#") or (link and not is_usable_link(link)):
                _say_dead(item, link, content, notebook)
    return used


def _all_anchors(blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    for block in blocks:
        if isinstance(block, Heading) and block.anchors:
            yield block.anchors
        elif isinstance(block, Passage):
            yield from _all_anchors(block.blocks)


def _say_dead(item: Inline, link: str, content: Content, notebook: Notebook) -> None:
    words = f"“{shorten(item.text)}”" if isinstance(item, Run) else "a picture"
    remedy = "Link to a page of the web or of ours: `[words](../topic/page.md)`."
    if link.startswith("#"):
        what, remedy = "to a place in the document that is no heading", "Say where it is in words."
    else:
        what = f"to `{shorten(link, 80)}`, which is no address that readers can open"
    notebook.lose(
        f"The link of {words} {what}; its words are kept.",
        remedy,
        f"paragraph “{shorten(plain_text(content))}”",
    )


_FULL_STOP = re.compile(r"(?<=[.!?؟।。።])(?=\s|$)")
_MOST_SUMMARY = 200


def _summary(blocks: Blocks) -> str:
    """The first sentence of the first paragraph: what a page that is well written says first."""
    for block in blocks:
        if isinstance(block, Passage):
            return _summary(block.blocks)
        if isinstance(block, Paragraph) and (text := plain_text(block.content)):
            sentence = _FULL_STOP.split(text)[0].strip()
            return sentence if len(sentence) <= _MOST_SUMMARY else ""
        if isinstance(block, Heading | Listing | Table):
            return ""
    return ""


def _count(blocks: Blocks, *, pictures: int, notes: int) -> dict[str, int]:
    """How many of each thing a text has."""
    found = {"headings": 0, "paragraphs": 0, "lists": 0, "tables": 0, "links": 0}
    _tally(blocks, found)
    for content in _contents(blocks):
        links = {(n, item.link) for n, item in enumerate(content) if isinstance(item, Run)}
        found["links"] += len({link for _, link in links if link and is_usable_link(link)})
    return {**found, "pictures": pictures, "footnotes": notes}


_COUNTED = {Heading: "headings", Paragraph: "paragraphs", Listing: "lists", Table: "tables"}


def _tally(blocks: Iterable[Block], found: dict[str, int]) -> None:
    for block in blocks:
        name = _COUNTED.get(type(block), "")
        if name:
            found[name] += 1
        if not isinstance(block, Table):
            for inner in _inner(block):
                _tally(inner, found)
