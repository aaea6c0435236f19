"""What the checks of the output say: a finding about one file of the site."""

from pipeline.checks.output.site import Site
from pipeline.model import Finding, Severity


def about_file(
    check: str,
    severity: Severity,
    site: Site,
    path: str,
    *,
    message: str,
    remedy: str,
    line: int | None = None,
) -> Finding:
    """A finding about a file of the site.

    Args:
        check: id of the check.
        severity: how bad it is; above minor the site should not go to the public.
        site: the site.
        path: the file below the site's folder.
        message: what is wrong, in plain words.
        remedy: what to do about it.
        line: the line in that file; None where there is none.
    """
    return Finding(
        check=check,
        severity=severity,
        path=site.folder / path,
        line=line,
        message=message,
        remedy=remedy,
        locale=site.tag_of(path),
    )
