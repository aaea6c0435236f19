"""The theme's templates: compiled once a process, and none of the theme's other files looked at.

MkDocs compares each of Material's 14,500 files with a dozen patterns to copy what is no template
into the site; ours stand once at the root of the website, so the plugin takes all of them out
again. And each run compiles its templates anew. Together that was three quarters of the time of
a site of two pages.
"""

from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.theme import Theme


def make_environment(theme: Theme) -> Environment:
    """What MkDocs asks a theme for, with templates that are compiled once.

    Args:
        theme: the theme, with all its folders.
    """
    environment = Theme.get_env(theme)
    environment.loader = _Templates(theme.dirs)
    environment.bytecode_cache = _COMPILED
    return environment


class _Templates(FileSystemLoader):
    """The templates of a theme that has no other files."""

    def list_templates(self) -> list[str]:
        return []


class _Compiled(BytecodeCache):
    """Compiled templates, by name, text and what else Jinja compiles them by."""

    def __init__(self) -> None:
        self._codes: dict[tuple[object, ...], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  where it stands makes no difference
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> tuple[object, ...]:
    environment = bucket.environment
    escapes = environment.autoescape
    return (
        bucket.key,
        bucket.checksum,
        escapes(bucket.key) if callable(escapes) else escapes,
        frozenset(environment.extensions),
        frozenset(environment.filters),
        frozenset(environment.tests),
    )


_COMPILED = _Compiled()
