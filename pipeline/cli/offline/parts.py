"""What was made of a language's pages last: compressed for its archive, and what each needs."""

import json
from collections.abc import Mapping

from pipeline.cli.digests import digest_of_program
from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.store import Store, parse_values, render_values
from pipeline.offline import Listed, Member, Part

#: Which program has made the pages of a language.
_MAKER = "archived by"
_LISTED = "listed"


def read_parts(store: Store, tag: str) -> dict[str, Part]:
    """The pages of a language's last archive, by path below the site's folder.

    Args:
        store: the cache.
        tag: of the language.

    Returns:
        Nothing where another version of the program has made them: it may make them otherwise.
    """
    maker = store.read(_MAKER, tag)
    if maker is None or maker[0] != digest_of_program():
        return {}
    found = {}
    for path, (key, value) in store.read_all(_kind(tag)).items():
        part = _parse(key, value)
        if part is not None:
            found[path] = part
    return found


def write_parts(
    store: Store, tag: str, parts: Mapping[str, Part], known: Mapping[str, Part]
) -> None:
    """Keep the pages of a language's archive.

    Args:
        store: the cache; what is new is written by its ``save``.
        tag: of the language.
        parts: its pages.
        known: those that are kept already.
    """
    for path, part in parts.items():
        if part is not known.get(path):
            store.write(_kind(tag), path, part.key, _render(part))
    store.forget(_kind(tag), known.keys() - parts.keys())
    store.write(_MAKER, tag, digest_of_program(), b"")


def read_listed(store: Store, tag: str) -> dict[str, Listed]:
    """The pages of a language as they were listed last, by path below the site's folder.

    Args:
        store: the cache.
        tag: of the language.

    Returns:
        Nothing where another version of the program has listed them.
    """
    row = store.read(_LISTED, tag)
    if row is None or row[0] != digest_of_program():
        return {}
    try:
        return {
            path: Listed(digest=str(digest), size=int(size), needs=tuple(map(str, needs)))
            for path, (digest, size, needs) in parse_values(row[1]).items()
        }
    except FAULTS:
        return {}


def write_listed(store: Store, tag: str, pages: Mapping[str, Listed]) -> None:
    """Keep how the pages of a language are listed.

    Args:
        store: the cache; what is new is written by its ``save``.
        tag: of the language.
        pages: they.
    """
    values = {path: [page.digest, page.size, page.needs] for path, page in pages.items()}
    store.write(_LISTED, tag, digest_of_program(), render_values(values))


def _kind(tag: str) -> str:
    return f"archived {tag}"


def _render(part: Part) -> bytes:
    member = part.member
    head = [part.asked, part.letters, member.size, member.checksum, member.is_packed]
    return json.dumps(head).encode() + b"\n" + member.data


def _parse(key: str, value: bytes) -> Part | None:
    head, _, data = value.partition(b"\n")
    try:
        asked, letters, size, checksum, is_packed = json.loads(head)
        return Part(
            key=key,
            asked=tuple((target, may_take, found) for target, may_take, found in asked),
            letters=letters,
            member=Member(data=data, size=size, checksum=checksum, is_packed=is_packed),
        )
    except FAULTS:
        return None
