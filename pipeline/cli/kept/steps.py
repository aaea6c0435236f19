"""What a build would make, and why: the story is :func:`find_steps`.

In: what each language's published tree was made from, what it would be made from now, and which
pages differ. Out: steps in the order in which they would be done. Nothing is read or written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: Digests of files, by path; of pages, by ``topic/slug``.
Files = Mapping[str, str]
_LONGEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """What a language's tree is made from.

    Attributes:
        shared: digests of what all of its pages are made from, by what it is in words.
        pages: digests of the files of each page, by ``topic/slug`` and path.
        seconds: how long it took to make, when it was made last; None where nobody knows.
    """

    shared: Files
    pages: Mapping[str, Files]
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A language that is not up to date.

    Attributes:
        tag: the language.
        before: what its tree was made from; None where nobody knows.
        now: what it would be made from.
        stale: addresses of the pages to make; None for all.
        gone: addresses of pages that are no more.
        leaflets: how many leaflets each page has, by ``topic/slug``; empty where none are made.
    """

    tag: str
    before: Ingredients | None
    now: Ingredients
    stale: frozenset[str] | None
    gone: frozenset[str] = frozenset()
    leaflets: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to make.

    Attributes:
        what: its path below the site's folder, or what it is.
        why: what has changed, in words.
        seconds: how long it took last time; None where nobody knows.
    """

    what: str
    why: tuple[str, ...]
    seconds: float | None = None


def find_steps(planned: Iterable[Planned]) -> tuple[Step, ...]:
    """What a build would make, and why.

    Args:
        planned: the languages that are not up to date.
    """
    steps = [step for language in planned for step in _language(language)]
    if steps:
        steps.append(Step(what="manifest.json", why=("something above is made anew",)))
    return tuple(steps)


def _language(language: Planned) -> Iterator[Step]:
    tag, before = language.tag, language.before
    if language.stale is None:
        why = _why_all(language)
        yield Step(what=f"{tag}/", why=why, seconds=before.seconds if before else None)
    for url in sorted(language.stale or ()):
        name = url.rstrip("/")
        why = _why_page(language, name)
        yield Step(what=f"{tag}/{url}", why=why)
        if count := language.leaflets.get(name):
            yield Step(what=f"{tag}/{url}: {count} leaflets", why=("its page is made anew",))
    for url in sorted(language.gone):
        yield Step(what=f"{tag}/{url} goes", why=("its resource is no more",))
    if language.stale or language.gone:
        again = ("a page of the language is another",)
        for what in ("search/search_index.json", "sitemap.xml", f"{tag}.zip"):
            yield Step(what=f"{tag}/{what}", why=again)


def _why_all(language: Planned) -> tuple[str, ...]:
    """Why all of a language is made."""
    before, now = language.before, language.now
    if before is None:
        return ("nobody knows what is there: it was not built, not in full, or with a fault",)
    changed = [what for what, digest in now.shared.items() if before.shared.get(what) != digest]
    gone = [what for what in before.shared if what not in now.shared]
    return _told(changed, "changed") + _told(gone, "is gone") or (
        "what all pages are made from changed",
    )


def _why_page(language: Planned, name: str) -> tuple[str, ...]:
    """Why a page is made: files of its own, or what it tells of others."""
    now = language.now.pages.get(name)
    before = language.before.pages.get(name) if language.before else None
    if now is None:
        return ("a page that it lists changed",)
    if before is None:
        return ("it is new",)
    changed = [path for path, digest in now.items() if before.get(path) != digest]
    return tuple(f"{_name_of(path)} changed: {path}" for path in changed) or (
        "what it tells of other pages or languages changed",
    )


def _name_of(path: str) -> str:
    if path.endswith(".po"):
        return "its catalog"
    return "its ledger" if path.endswith(".jsonl") else "its text"


def _told(names: list[str], what: str) -> tuple[str, ...]:
    told = tuple(f"{name} {what}" for name in names[:_LONGEST])
    rest = len(names) - _LONGEST
    return (*told, f"and {rest} more") if rest > 0 else told
