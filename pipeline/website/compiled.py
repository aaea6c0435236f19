"""Templates that are compiled once a process, whoever asks for them."""

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


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


#: Of all templates, of the theme and of the root of the website.
COMPILED = _Compiled()
