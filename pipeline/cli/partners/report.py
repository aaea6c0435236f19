"""What `pipeline import-source` says at its end: what was kept, what was not, what to do next."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.cli.review_screen import safe
from pipeline.intake import Intake, Outcome, Remark
from pipeline.model import TO_FILL_IN

_HEADS = {
    Outcome.LOST: "Left out",
    Outcome.CHANGED: "Changed",
    Outcome.ADVICE: "Worth a look",
}
_MOST_PLACES = 5


def render_report(intake: Intake, *, file: str, name: str, is_written: bool) -> Iterator[str]:
    """The lines of the report.

    Args:
        intake: what became of the document.
        file: name of the document.
        name: where the resource is, or would be.
        is_written: whether it was written.
    """
    verb = "Wrote" if is_written else "Would write"
    yield f"{verb} {name} from {safe(file)}: “{safe(intake.title)}”"
    counts = [_count(n, thing) for thing, n in intake.kept.items() if n]
    yield f"Kept: {', '.join(counts)}."
    for picture, data in intake.pictures.items():
        yield f"  {picture} ({max(1, len(data) // 1000)} KB)"
    for outcome, head in _HEADS.items():
        yield from _section(head, [r for r in intake.remarks if r.outcome is outcome])
    yield ""
    todo = intake.markdown.count(TO_FILL_IN)
    if is_written:
        yield (
            f"Next: read it beside the document, fill in the {todo} values that begin with "
            f"{TO_FILL_IN}, mark what is critical, then `pipeline check {name}`."
        )
    else:
        yield "Nothing was written."


def _count(number: int, things: str) -> str:
    return f"{number} {things if number != 1 else things.removesuffix('s')}"


def _section(head: str, remarks: Sequence[Remark]) -> Iterator[str]:
    """The remarks of one outcome, those that say the same together."""
    if not remarks:
        return
    yield f"{head}:"
    order = {(r.what, r.remedy): n for n, r in reversed(list(enumerate(remarks)))}
    ordered = sorted(remarks, key=lambda r: order[r.what, r.remedy])
    for (what, remedy), group in groupby(ordered, key=lambda r: (r.what, r.remedy)):
        places = list(dict.fromkeys(remark.place for remark in group))
        yield f"  - {safe(what)}"
        for place in places[:_MOST_PLACES]:
            yield f"    in {safe(place)}"
        if len(places) > _MOST_PLACES:
            yield f"    and {len(places) - _MOST_PLACES} more places"
        yield f"    → {safe(remedy)}"
