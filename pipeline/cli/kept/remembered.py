"""What one process knows from its last build: short enough to be held for a whole library.

A preview builds again at each save. Of a resource in a language that has not changed it needs
little, and need not read that from the cache: whether it has changed is asked of the files each
time, as in the cache.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.cli.kept.facts import PageFacts, find_page_facts
from pipeline.cli.kept.shelf import Parsed
from pipeline.cli.survey_cache import is_same
from pipeline.model import LocalisedPage

#: Records that are held whole: some 100 MB.
_MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A resource in a language, in short.

    Attributes:
        base: digest of what every record of the language depends on.
        stamps: of its own files.
        source: digest of what all of its languages are made from.
        made: the moment from which it holds.
        expires: the one until which it does, if nothing but time goes by.
        digest: of its page.
        facts: what is asked of its page.
        is_sample: whether its catalog is marked as a sample.
        unpublished: its texts that nobody may read.
        errors: rows of what cannot be used.
        findings: rows of what the checks saw.
    """

    base: str
    stamps: tuple[str, ...]
    source: str
    made: str
    expires: str
    digest: str
    facts: PageFacts
    is_sample: bool
    unpublished: tuple[str, ...]
    errors: tuple[Any, ...]
    findings: tuple[Any, ...]

    def holds(self, base: str, stamps: Iterable[str], source: str, moment: str) -> bool:
        """Whether it is surely what would be worked out now."""
        return (
            (self.base, self.source) == (base, source)
            and self.made <= moment < self.expires
            and all(map(is_same, self.stamps, stamps))
        )

    def is_of(self, record: Mapping[str, Any]) -> bool:
        """Whether a record says the same: another process may have written it since."""
        return (record["source"], record["page_digest"]) == (self.source, self.digest)


def shorten(record: Mapping[str, Any], page: LocalisedPage, base: str) -> Short:
    """A record in short.

    Args:
        record: of a resource in a language.
        page: its page.
        base: digest of what every record of the language depends on.
    """
    return Short(
        base=base,
        stamps=tuple(str(stamp) for stamp, _ in record["files"]),
        source=str(record["source"]),
        made=record["made"],
        expires=record["expires"],
        digest=record["page_digest"],
        facts=find_page_facts(page),
        is_sample=bool(record.get("sample")),
        unpublished=tuple(record["unpublished"]),
        errors=tuple(record["errors"]),
        findings=tuple(record["findings"]),
    )


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known, by language and file of the resource.

    Attributes:
        parsed: records as they were read from the cache.
    """

    parsed: Parsed = field(default_factory=lambda: Parsed(_MOST))
    _known: dict[str, Mapping[str, Short]] = field(default_factory=dict)

    def find(self, tag: str, path: str) -> Short | None:
        """What is known of a resource in a language, whether it still holds or not."""
        return self._known.get(tag, {}).get(path)

    def keep(self, tag: str, shorts: Mapping[str, Short]) -> None:
        """Keep these, and nothing else of a language."""
        self._known[tag] = shorts
