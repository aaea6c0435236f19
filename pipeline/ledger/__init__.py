"""The ledger: who has answered for which text, and what happened when.

An append-only file of JSON Lines beside what it speaks of: ``<slug>.ledger.jsonl`` beside a
resource, and beside each of its catalogs. ``digests`` says what a unit is called, ``lines`` is
one line of text, ``reading`` a whole file in whatever state, ``coverage`` which units are
signed by whom, ``writing`` adds lines, ``signatures`` makes and checks SSH signatures. See
``docs/reference/ledger.md``.
"""

from pipeline.ledger.coverage import Cover, Standing, Terms, is_withdrawn
from pipeline.ledger.digests import digest, unit_digest, unit_digester
from pipeline.ledger.lines import (
    SCHEMA_VERSION,
    LineError,
    format_time,
    is_handle,
    line_id,
    parse_line,
    parse_time,
    render_line,
    signed_bytes,
)
from pipeline.ledger.people import People
from pipeline.ledger.reading import NO_LEDGER, Ledger, Oddity, parse_ledger, read_ledger
from pipeline.ledger.signatures import Verifier, sign_line
from pipeline.ledger.writing import append, fresh_time

__all__ = [
    "NO_LEDGER",
    "SCHEMA_VERSION",
    "Cover",
    "Ledger",
    "LineError",
    "Oddity",
    "People",
    "Standing",
    "Terms",
    "Verifier",
    "append",
    "digest",
    "format_time",
    "fresh_time",
    "is_handle",
    "is_withdrawn",
    "line_id",
    "parse_ledger",
    "parse_line",
    "parse_time",
    "read_ledger",
    "render_line",
    "sign_line",
    "signed_bytes",
    "unit_digest",
    "unit_digester",
]
