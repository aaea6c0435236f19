"""The gate of one catalog, opened in one way for all who ask: what ships, status, qa."""

from collections.abc import Iterable
from functools import partial

from pipeline.checks import unit_checks
from pipeline.cli.approval import Office, sign_offs
from pipeline.cli.units import DigestOf
from pipeline.ledger import Ledger
from pipeline.model import Catalog, Document, Segment
from pipeline.qa import Gate, open_gate
from pipeline.segments import find_problem


def cell_gate(
    office: Office,
    document: Document,
    segments: Iterable[Segment],
    catalog: Catalog,
    ledger: Ledger,
    digest_of: DigestOf,
    *,
    tag: str,
) -> Gate:
    """What may be shown of a resource's catalog in a locale.

    Args:
        office: where ledgers are read.
        document: the resource.
        segments: its segments.
        catalog: its catalog.
        ledger: the ledger of the translation.
        digest_of: how its units are called.
        tag: tag of the locale.
    """
    project = office.project
    return open_gate(
        segments,
        catalog,
        path=project.catalog_path(tag, document.topic, document.slug),
        locale=tag,
        checks=unit_checks(find_problem),
        sign_offs=sign_offs(office, document, ledger, digest_of),
        accept_samples=project.demonstration,
        judge=partial(project.checklist.judge, risk=document.metadata.risk),
    )
