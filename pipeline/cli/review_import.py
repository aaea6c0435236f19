"""A filled form → lines of a ledger, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.cli.console import out, say
from pipeline.cli.desk import Side, open_side
from pipeline.cli.recording import (
    Refused,
    Signer,
    check_signer,
    comment,
    confirm,
    name_refused,
    record,
    sign_off,
    sort_out,
    what_next,
)
from pipeline.cli.review_screen import safe
from pipeline.config import Project
from pipeline.errors import EXIT_INCOMPLETE, ReviewError
from pipeline.qa.form import MOST_BYTES, Answer, Form, FormError, parse_form
from pipeline.qa.worklist import Item
from pipeline.workflow import Event, EventKind, Line, Role

_NOT_RIGHT = "Ticked as not right, without a word why."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """What becomes of each answer.

    Attributes:
        items: to be signed.
        refused: right for the reader, and not to be signed by them.
        signed: signed by them already, as they stand.
        stale: ticked as right, and the text has changed since.
        said: comments, with their units.
    """

    items: tuple[Item, ...]
    refused: Refused
    signed: int
    stale: int
    said: tuple[Answer, ...]


def import_form(
    project: Project,
    path: Path,
    resource: str | None,
    *,
    key: Path | None,
    sample: bool,
    any_role: bool,
    yes: bool,
) -> int:
    """Record what a reader ticked, said and answered; all of it or nothing.

    Args:
        project: the project.
        path: the form.
        resource: the resource that it must be about; None for any.
        key: private SSH key; None for no signature.
        sample: as a demonstration only.
        any_role: also a role that nobody waits for.
        yes: do not ask.

    Returns:
        The exit code: incomplete where some of the ticked texts could not be signed.

    Raises:
        ReviewError: it cannot be recorded, and nothing was.
    """
    form = _read(path)
    if resource is not None and resource != form.resource:
        raise _error(
            path, f"The form is about {form.resource}.", "Name that resource, or leave it out."
        )
    side = open_side(project, form.resource, form.locale, now=datetime.now(UTC))
    signer = Signer(
        role=form.role,
        handle=form.handle,
        sample=sample,
        key=key,
        note="From an offline form.",
    )
    check_signer(side, signer, any_role=any_role)
    found = _sort(side, signer, form)
    if not found.items and not found.said:
        return _nothing(path, found)
    _check_questions(side, form, path)
    _show(side, form, found)
    confirm("Record it?", yes=yes)
    record(side, _lines(side, signer, form, found))
    return _report(side, signer, found)


def _read(path: Path) -> Form:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        return parse_form(data)
    except FormError as error:
        raise _error(
            path, f"The form cannot be recorded: {error}.", "Ask for it to be saved and sent again."
        ) from None


def _error(path: Path, message: str, remedy: str) -> ReviewError:
    return ReviewError(message, remedy=f"{remedy} Nothing was recorded.", path=path)


def _sort(side: Side, signer: Signer, form: Form) -> _Sorted:
    current = {item.digest: item for item in side.worklist(form.role).items}
    right = [answer.digest for answer in form.answers if answer.is_right]
    there = [current[digest] for digest in right if digest in current]
    new = [item for item in there if form.handle not in item.signers(form.role)]
    items, refused = sort_out(side, signer, new)
    return _Sorted(
        items=items,
        refused=refused,
        signed=len(there) - len(new),
        stale=len(right) - len(there),
        said=tuple(a for a in form.answers if _said(a) and not _is_recorded(side, form, a)),
    )


def _said(answer: Answer) -> str:
    return answer.comment or (_NOT_RIGHT if answer.is_right is False else "")


def _is_recorded(side: Side, form: Form, answer: Answer) -> bool:
    """Whether the same comment stands in the ledger: a form may be imported twice."""
    return any(
        isinstance(line, Event)
        and line.event is EventKind.COMMENT
        and (line.handle, line.units, line.note) == (form.handle, (answer.digest,), _said(answer))
        for line in side.ledger.lines
    )


def _nothing(path: Path, found: _Sorted) -> int:
    name_refused(found.refused)
    if found.stale or found.refused:
        raise _error(
            path,
            f"Nothing of it can be signed: {_left(found)}.",
            "Make a new form with `pipeline review --offline-form`.",
        )
    if found.signed:
        out.print("Everything in this form is recorded already.")
        return 0
    raise _error(path, "Nothing is ticked in this form.", "Send it back to be filled in.")


def _left(found: _Sorted) -> str:
    parts = []
    if found.stale:
        parts.append(f"{found.stale} texts have changed since the form was made")
    if found.refused:
        parts.append(f"{len(found.refused)} may not be signed by this person")
    return ", ".join(parts)


def _check_questions(side: Side, form: Form, path: Path) -> None:
    """A community reader has answered the questions that are asked now."""
    if form.role is not Role.COMMUNITY_READER:
        return
    asked = [entry.question for entry in side.document.metadata.questions]
    if [question for question, _ in form.questions] != asked:
        raise _error(
            path,
            "The questions have changed since the form was made.",
            "Make a new form with `pipeline review --offline-form`.",
        )
    open_questions = [question for question, answer in form.questions if not answer]
    if open_questions:
        raise _error(
            path,
            f"{len(open_questions)} of {len(asked)} questions are not answered.",
            "Send it back: the questions show whether the text is understood.",
        )


def _show(side: Side, form: Form, found: _Sorted) -> None:
    """What the importing person has to judge."""
    say(f"{form.resource}, {side.locale.english_name}, as {form.role}, by {form.handle}:")
    critical = sum(item.critical for item in found.items)
    say(f"  {len(found.items)} texts right, {critical} of them critical.")
    if found.stale or found.refused:
        say(f"  Left out: {_left(found)}.")
    for answer in found.said:
        say(f"  {answer.digest[:10]} {safe(_said(answer))}")
    expected = side.document.metadata.questions
    if form.role is Role.COMMUNITY_READER and not expected:
        say("  This resource asks no questions: add `questions` to its front matter.")
    for (question, answered), entry in zip(form.questions, expected, strict=False):
        say(f"  {safe(question)}")
        say(f"    answered: {safe(answered)}")
        say(f"    expected: {safe(entry.answer)}")


def _lines(side: Side, signer: Signer, form: Form, found: _Sorted) -> Sequence[Line]:
    lines: list[Line] = [
        comment(side, form.handle, (answer.digest,), _said(answer)) for answer in found.said
    ]
    if answered := [f"{question} — {answer}" for question, answer in form.questions if answer]:
        lines.append(comment(side, form.handle, (), "\n".join(answered)))
    if found.items:
        lines.append(sign_off(side, signer, found.items))
    return lines


def _report(side: Side, signer: Signer, found: _Sorted) -> int:
    out.print(
        f"Recorded: {len(found.items)} texts signed as {signer.role} by {signer.handle}, "
        f"{len(found.said)} comments."
    )
    for sentence in what_next(side, found.items):
        out.print(sentence)
    name_refused(found.refused)
    if found.stale:
        say(f"{found.stale} ticked texts have changed since the form was made: not signed.")
    return EXIT_INCOMPLETE if found.stale or found.refused else 0
