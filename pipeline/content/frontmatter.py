"""Front matter: YAML at a resource's head → :class:`Metadata`, with every complaint at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import yaml

from pipeline.errors import ContentError
from pipeline.model import (
    TO_FILL_IN,
    LeafletVariant,
    Metadata,
    Question,
    RiskTier,
    Source,
    Urgency,
    VideoFiles,
)

#: As MkDocs finds it, so that both see the same body.
_FRONT_MATTER = re.compile(
    r"\A-{3}[ \t]*\r?\n(.*?\r?\n)(?:-{3}|\.{3})[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_KEYS = frozenset(
    {
        "title",
        "summary",
        "topic",
        "audience",
        "risk",
        "urgency",
        "languages",
        "owner",
        "sources",
        "last_checked",
        "review_by",
        "questions",
        "video",
        "audio",
        "pictures_with_text",
        "leaflets",
        "ages",
        "time_needed",
        "materials",
    }
)
_VIDEO_FILES = frozenset({"file", "captions", "poster"})
_VIDEO_KEYS = _VIDEO_FILES | {"in_each_language"}
#: What a poster of an activity says beside title and summary.
_DETAILS = ("ages", "time_needed", "materials")
_QUESTION_KEYS = frozenset({"question", "answer"})
_SOURCE_KEYS = frozenset({"title", "url", "checked"})
_Choice = TypeVar("_Choice", bound=StrEnum)
#: A letter or a digit that is seen: a Hangul filler is not.
_WORD = re.compile(r"[^\W_\u3164\uffa0]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataReading:
    """What came of reading a front matter.

    Attributes:
        metadata: the values; None where there are errors.
        errors: what makes the resource unusable.
        warnings: what a person should look at; the resource is used.
    """

    metadata: Metadata | None
    errors: tuple[ContentError, ...]
    warnings: tuple[ContentError, ...]


def find_body(text: str) -> int:
    """Offset at which the body begins: after the front matter, 0 where there is none."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def parse_metadata(
    text: str, *, path: Path, topic: str, tags: Iterable[str], today: date
) -> MetadataReading:
    """Read and validate the front matter of a resource.

    Args:
        text: the whole text of the resource.
        path: its file, for messages.
        topic: the topic whose folder it is in.
        tags: the locales of the language table.
        today: what past and future are measured from.
    """
    reader = _Reader(path=path)
    found = _FRONT_MATTER.match(text)
    if not found:
        reader.complain(
            1,
            "The resource has no front matter.",
            "Begin the file with a line `---`, the keys title, summary, … and a line `---`.",
        )
        return reader.reading(None)
    nodes = _compose(reader, found[1])
    if nodes is None:
        return reader.reading(None)
    _refuse_unknown(reader, nodes, _KEYS, "front matter")
    _refuse_unfilled(reader, nodes)
    metadata = _metadata(reader, nodes, topic, frozenset(tags), today)
    return reader.reading(None if reader.errors else metadata)


@dataclass(slots=True)
class _Reader:
    """Collects complaints; the first line of YAML is line 2 of the file."""

    path: Path
    errors: list[ContentError] = field(default_factory=list)
    warnings: list[ContentError] = field(default_factory=list)
    unfilled: set[int] = field(default_factory=set)

    def complain(self, line: int, message: str, remedy: str) -> None:
        if line in self.unfilled:
            return  # that it is no date, nobody needs to be told
        self.errors.append(ContentError(message, remedy=remedy, path=self.path, line=line))

    def warn(self, line: int, message: str, remedy: str) -> None:
        self.warnings.append(ContentError(message, remedy=remedy, path=self.path, line=line))

    def reading(self, metadata: Metadata | None) -> MetadataReading:
        return MetadataReading(
            metadata=metadata, errors=tuple(self.errors), warnings=tuple(self.warnings)
        )


_Nodes = dict[str, yaml.Node]
#: libyaml's loader where PyYAML has it: the same nodes and lines in a fifth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2


def _compose(reader: _Reader, source: str) -> _Nodes | None:
    try:
        root = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        reader.complain(
            line,
            f"The front matter is not YAML: {error.problem}.",
            "Put texts with a colon, a hash or quotes between quotes.",
        )
        return None
    except yaml.YAMLError:
        reader.complain(
            2, "The front matter has a character that YAML forbids.", "Type it anew, without it."
        )
        return None
    if not isinstance(root, yaml.MappingNode):
        reader.complain(2, "The front matter has no keys.", "Write `title: …` and so on.")
        return None
    return _mapping(reader, root)


def _mapping(reader: _Reader, node: yaml.MappingNode) -> _Nodes:
    nodes: _Nodes = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in nodes:
            reader.complain(_line(key), f"The key `{name}` stands twice.", "Remove one.")
        nodes[name] = value
        # An empty value has the mark of what comes next; the key's is where the reader looks.
        value.start_mark = key.start_mark
    return nodes


def _refuse_unknown(reader: _Reader, nodes: _Nodes, known: frozenset[str], where: str) -> None:
    for name, node in nodes.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(sorted(known))}."
            reader.complain(_line(node), f"Unknown key `{name}` in the {where}.", hint)


def _refuse_unfilled(reader: _Reader, nodes: _Nodes) -> None:
    """Complain of each value that begins with the mark of what a person has yet to write."""
    found = [(name, node) for top, node in nodes.items() for name, node in _scalars(top, node)]
    for name, node in found:
        if node.value.startswith(TO_FILL_IN):
            asked = node.value.removeprefix(TO_FILL_IN).strip().strip("()")
            wanted = f"Write it in place of `{TO_FILL_IN}`{f': {asked}' if asked else ''}."
            reader.complain(_line(node), f"`{name}` is still to be filled in.", wanted)
            reader.unfilled.add(_line(node))


def _scalars(name: str, node: yaml.Node) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The values in a node with their keys, those of lists and of what is in them too."""
    if isinstance(node, yaml.ScalarNode):
        yield name, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(name, item)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            yield from _scalars(f"{name}: {key.value}", item)


def _metadata(
    reader: _Reader, nodes: _Nodes, topic: str, tags: frozenset[str], today: date
) -> Metadata:
    _same_topic(reader, nodes, topic)
    last_checked = _date(reader, nodes, "last_checked", today)
    review_by = _date(reader, nodes, "review_by", today)
    _plausible_dates(reader, nodes, last_checked, review_by, today)
    return Metadata(
        title=_text(reader, nodes, "title"),
        summary=_text(reader, nodes, "summary"),
        topic=topic,
        audience=_text(reader, nodes, "audience"),
        risk=_choice(reader, nodes, "risk", RiskTier.CLINICAL),
        urgency=_choice(reader, nodes, "urgency", Urgency.URGENT),
        languages=_languages(reader, nodes, tags),
        owner=_text(reader, nodes, "owner"),
        sources=_sources(reader, nodes, today),
        last_checked=last_checked,
        review_by=review_by,
        questions=_questions(reader, nodes),
        video=_video(reader, nodes),
        has_audio=_yes_or_no(reader, nodes, "audio"),
        pictures_with_text=_pictures(reader, nodes),
        leaflets=_leaflets(reader, nodes),
        **{key: _text(reader, nodes, key) for key in _DETAILS if key in nodes},
    )


def _missing(reader: _Reader, key: str, wanted: str) -> None:
    reader.complain(1, f"The front matter lacks `{key}`.", f"Add it: {wanted}.")


def _text(reader: _Reader, nodes: _Nodes, key: str) -> str:
    node = nodes.get(key)
    if node is None:
        _missing(reader, key, "a text")
        return ""
    if not _is_plain_text(node):
        reader.complain(_line(node), f"`{key}` is not a text.", f"Write `{key}: some words`.")
        return ""
    return " ".join(node.value.split())


def _is_plain_text(node: yaml.Node) -> bool:
    tag = "tag:yaml.org,2002:str"
    return isinstance(node, yaml.ScalarNode) and node.tag == tag and bool(_WORD.search(node.value))


def _choice(reader: _Reader, nodes: _Nodes, key: str, default: _Choice) -> _Choice:
    choices = {str(member): member for member in type(default)}
    wanted = f"one of {', '.join(choices)}"
    node = nodes.get(key)
    if node is None:
        _missing(reader, key, wanted)
        return default
    if not isinstance(node, yaml.ScalarNode) or node.value not in choices:
        reader.complain(_line(node), f"`{key}` is not {wanted}.", f"Write `{key}: {default}`.")
        return default
    return choices[node.value]


def _date(reader: _Reader, nodes: _Nodes, key: str, today: date) -> date:
    node = nodes.get(key)
    if node is None:
        _missing(reader, key, "a date such as 2026-11-24")
        return today
    return _as_date(reader, node, key) or today


def _as_date(reader: _Reader, node: yaml.Node, key: str) -> date | None:
    try:
        if isinstance(node, yaml.ScalarNode) and _DATE.fullmatch(node.value):
            return date.fromisoformat(node.value)
    except ValueError:
        pass
    reader.complain(_line(node), f"`{key}` is not a date.", "Write year-month-day: 2026-11-24.")
    return None


def _plausible_dates(
    reader: _Reader, nodes: _Nodes, last_checked: date, review_by: date, today: date
) -> None:
    if last_checked > today:
        reader.complain(
            _line(nodes["last_checked"]),
            f"`last_checked` is in the future ({last_checked}).",
            "Write the day on which somebody compared the text with its sources.",
        )
    if review_by < today:
        reader.warn(
            _line(nodes["review_by"]),
            f"`review_by` is in the past ({review_by}): the advice may be out of date.",
            "Compare the text with its sources, then move last_checked and review_by.",
        )
    elif review_by < last_checked:
        reader.complain(
            _line(nodes["review_by"]),
            f"`review_by` ({review_by}) is before `last_checked` ({last_checked}).",
            "Write the day by which the text must be checked again.",
        )


def _same_topic(reader: _Reader, nodes: _Nodes, topic: str) -> None:
    node = nodes.get("topic")
    if node is not None and (not isinstance(node, yaml.ScalarNode) or node.value != topic):
        reader.complain(
            _line(node),
            f"`topic` is not the folder that the file is in ({topic}).",
            "Move the file or leave the key out.",
        )


def _languages(reader: _Reader, nodes: _Nodes, tags: frozenset[str]) -> tuple[str, ...] | None:
    node = nodes.get("languages")
    if node is None:
        return None
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        reader.complain(
            _line(node),
            "`languages` is not a list.",
            "Write `languages: [so, ar]`, or leave it out.",
        )
        return None
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode) or item.value not in tags:
            reader.complain(
                _line(item),
                f"`{item.value}` is not in the language table.",
                "Use a tag of locales/locales.toml, such as so or pt-BR.",
            )
    return tuple(str(item.value) for item in node.value)


def _sources(reader: _Reader, nodes: _Nodes, today: date) -> tuple[Source, ...]:
    node = nodes.get("sources")
    if node is None:
        _missing(reader, "sources", "a list of title, url and checked")
        return ()
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        reader.complain(
            _line(node),
            "`sources` is not a list.",
            "Write a line `- title: …` for each, with url and checked below it.",
        )
        return ()
    return tuple(_source(reader, item, today) for item in node.value)


def _source(reader: _Reader, node: yaml.Node, today: date) -> Source:
    if not isinstance(node, yaml.MappingNode):
        reader.complain(
            _line(node), "A source is not a title, url and checked.", "Write all three."
        )
        return Source(title="", url="", checked=today)
    line = _line(node)
    nodes = _mapping(reader, node)
    _refuse_unknown(reader, nodes, _SOURCE_KEYS, "source")
    for key in sorted(_SOURCE_KEYS - nodes.keys()):
        reader.complain(line, f"A source lacks `{key}`.", "Write title, url and checked.")
    checked = _as_date(reader, nodes["checked"], "checked") if "checked" in nodes else None
    if checked and checked > today:
        reader.complain(
            _line(nodes["checked"]), f"`checked` is in the future ({checked}).", "Correct it."
        )
    return Source(
        title=_text(reader, nodes, "title") if "title" in nodes else "",
        url=_web_address(reader, nodes["url"]) if "url" in nodes else "",
        checked=checked or today,
    )


def _questions(reader: _Reader, nodes: _Nodes) -> tuple[Question, ...]:
    node = nodes.get("questions")
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        reader.complain(
            _line(node),
            "`questions` is not a list.",
            "Write a line `- question: …` for each, with answer below it.",
        )
        return ()
    return tuple(_question(reader, item) for item in node.value)


def _question(reader: _Reader, node: yaml.Node) -> Question:
    nodes = _mapping(reader, node) if isinstance(node, yaml.MappingNode) else {}
    _refuse_unknown(reader, nodes, _QUESTION_KEYS, "question")
    if missing := sorted(_QUESTION_KEYS - nodes.keys()):
        reader.complain(
            _line(node),
            f"A question lacks {' and '.join(f'`{key}`' for key in missing)}.",
            "Write question and answer.",
        )
        return Question(question="", answer="")
    question, answer = _text(reader, nodes, "question"), nodes["answer"]
    if not _is_words(answer):
        reader.complain(_line(answer), "`answer` is not a text.", "Write `answer: some words`.")
        return Question(question=question, answer="")
    return Question(question=question, answer=" ".join(answer.value.split()))


def _video(reader: _Reader, nodes: _Nodes) -> VideoFiles | None:
    node = nodes.get("video")
    if node is None:
        return None
    files = _mapping(reader, node) if isinstance(node, yaml.MappingNode) else {}
    _refuse_unknown(reader, files, _VIDEO_KEYS, "video")
    if missing := sorted(_VIDEO_FILES - files.keys() - {"poster"}):
        reader.complain(
            _line(node),
            f"The video lacks {' and '.join(f'`{key}`' for key in missing)}.",
            "Write file and captions, each with the name of a file beside the resource (the film "
            "may be an address, too): "
            "a film without captions shuts out who cannot hear it.",
        )
        return None
    names = {key: _text(reader, files, key) if key in files else "" for key in _VIDEO_FILES}
    return VideoFiles(
        **names,
        line=_line(node),
        is_wanted_in_each=_yes_or_no(reader, files, "in_each_language"),
    )


def _yes_or_no(reader: _Reader, nodes: _Nodes, key: str) -> bool:
    node = nodes.get(key)
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    if node is not None and value not in {"true", "false"}:
        reader.complain(_line(node), f"`{key}` is neither true nor false.", f"Write `{key}: true`.")
    return value == "true"


def _pictures(reader: _Reader, nodes: _Nodes) -> tuple[str, ...]:
    node = nodes.get("pictures_with_text")
    if node is None:
        return ()
    items = node.value if isinstance(node, yaml.SequenceNode) else ()
    if not items or not all(map(_is_plain_text, items)):
        reader.complain(
            _line(node),
            "`pictures_with_text` is not a list of files.",
            "Write `pictures_with_text: [images/poster.svg]`, or leave it out.",
        )
        return ()
    return tuple(dict.fromkeys(str(item.value).strip() for item in items))


def _leaflets(reader: _Reader, nodes: _Nodes) -> tuple[LeafletVariant, ...] | None:
    node = nodes.get("leaflets")
    if node is None:
        return None
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = {str(item.value): item for item in items}
    # A card comes with whatever is asked for, and a book is of several pages.
    unasked = {LeafletVariant.BOOK, LeafletVariant.CARD}
    known = [variant for variant in LeafletVariant if variant not in unasked]
    for name in names.keys() - set(known):
        reader.complain(
            _line(names[name]),
            f"`leaflets` has `{name}`, which is no form of a leaflet.",
            f"Write a list of some of these: {', '.join(known)}.",
        )
    return tuple(variant for variant in known if variant in names)


def _is_words(node: yaml.Node) -> bool:
    """Whether something is written there: an answer may be `999` or `No`, no text to YAML."""
    return (
        isinstance(node, yaml.ScalarNode)
        and node.tag != "tag:yaml.org,2002:null"
        and bool(_WORD.search(node.value))
    )


def _web_address(reader: _Reader, node: yaml.Node) -> str:
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        reader.complain(
            _line(node), "`url` is not an address of the web.", "Begin it with https://."
        )
    return str(value)
