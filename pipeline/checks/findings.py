"""What the checks on a translation say: a finding about one unit."""

from pathlib import Path

from pipeline.model import Finding, Severity, Unit


def about_unit(
    check: str,
    severity: Severity,
    unit: Unit,
    path: Path,
    locale: str,
    *,
    message: str,
    remedy: str,
) -> Finding:
    """A finding about a unit, at its line in the catalog.

    Args:
        check: id of the check.
        severity: what it does to publication.
        unit: the unit.
        path: its catalog.
        locale: tag of the catalog.
        message: what is wrong, in plain words.
        remedy: what to do about it.
    """
    return Finding(
        check=check,
        severity=severity,
        path=path,
        line=unit.line or None,
        message=message,
        remedy=remedy,
        locale=locale,
        msgid=unit.msgid,
        context=unit.context,
    )
