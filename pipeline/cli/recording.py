"""Putting a reviewer's word on record: who may sign what, the lines, and what happens next."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.cli.console import say
from pipeline.cli.desk import Side
from pipeline.cli.review_screen import safe
from pipeline.errors import ReviewError
from pipeline.ledger import (
    Cover,
    LineError,
    append,
    format_time,
    fresh_time,
    is_handle,
    read_ledger,
    sign_line,
)
from pipeline.qa.worklist import Item, Refusal, find_refusal
from pipeline.status import name_role
from pipeline.workflow import Event, EventKind, Line, Role, SignOff

#: Units that somebody may not sign, with the reason.
Refused = tuple[tuple[Item, Refusal], ...]

_SHORT = 70
_MOST_NAMED = 12
_SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, and how.

    Attributes:
        role: what they answer for.
        handle: who.
        sample: as a demonstration only.
        note: what they want to say.
        key: private SSH key; None for no signature.
    """

    role: Role
    handle: str
    sample: bool = False
    note: str = ""
    key: Path | None = None


def check_signer(side: Side, signer: Signer, *, any_role: bool) -> None:
    """Refuse who cannot sign this side at all.

    Raises:
        ReviewError: with the reason and what to do.
    """
    if not is_handle(signer.handle):
        raise ReviewError(
            f"`{safe(signer.handle)}` is not a handle.",
            remedy="Use small letters and digits, with `.`, `-` or `_` between, such as amina.y.",
        )
    if signer.role not in side.roles and not any_role:
        asked = ", ".join(side.roles) or "nobody"
        raise ReviewError(
            f"For {side.document.id} ({side.document.metadata.risk}) nobody waits for "
            f"a {signer.role} {_of(side)}.",
            remedy=f"Sign as one of: {asked}. With --any-role it is recorded all the same.",
        )
    if side.ledger.is_doubtful:
        raise ReviewError(
            "The ledger has a line that may have taken a sign-off back: none of it counts.",
            remedy="Mend it first: `pipeline ledger verify` says which line.",
            path=side.ledger_path,
        )
    if side.project.workflow.require_signatures and signer.key is None:
        raise ReviewError(
            "This project counts signed sign-offs only.", remedy="Add --key with your SSH key."
        )
    if signer.sample and not side.project.demonstration:
        raise ReviewError(
            "A sample sign-off counts in a demonstration only, and this project is none.",
            remedy="Leave --sample out once somebody has really looked.",
        )


def _of(side: Side) -> str:
    return "of the source text" if side.is_source else f"in {side.locale.english_name}"


def sort_out(side: Side, signer: Signer, items: Iterable[Item]) -> tuple[tuple[Item, ...], Refused]:
    """The units that somebody may sign, and those that they may not, with the reason."""
    may: list[Item] = []
    refused: list[tuple[Item, Refusal]] = []
    for item in items:
        others = side.signers.get(item.digest, {})
        refusal = find_refusal(item, role=signer.role, handle=signer.handle, others=others)
        if refusal:
            refused.append((item, refusal))
        else:
            may.append(item)
    return tuple(may), tuple(refused)


def name_refused(refused: Refused) -> None:
    """Say which units are left out, and why; of many with one reason the number."""
    counts = Counter(refusal for _, refusal in refused)
    for refusal, count in counts.items():
        if count > _MOST_NAMED and refusal is not Refusal.FINDING:
            say(f"  not signed: {count} units: {refusal}.")
    for item, refusal in refused:
        if counts[refusal] > _MOST_NAMED and refusal is not Refusal.FINDING:
            continue
        say(f"  not signed: {describe(item)}: {refusal}.")
        for finding in item.findings if refusal is Refusal.FINDING else ():
            say(f"    {finding.severity}: {safe(finding.message)}")


def describe(item: Item) -> str:
    """A unit in a line: number, and the beginning of its source text."""
    source = safe(item.source)
    return f"{item.number}. {source if len(source) <= _SHORT else source[: _SHORT - 1] + '…'}"


def confirm(question: str, *, yes: bool) -> None:
    """Ask the person at the terminal.

    Raises:
        ReviewError: there is no terminal and nobody said yes beforehand.
        click.Abort: the answer is no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise ReviewError(
            "Nobody is there to be asked, so nothing was recorded.",
            remedy="Add --yes if somebody has really looked.",
        )
    click.confirm(question, abort=True, err=True)


def sign_off(side: Side, signer: Signer, items: Sequence[Item]) -> SignOff:
    """The line that says so, at a time at which it says something new."""
    line = SignOff(
        time=format_time(side.terms.now),
        role=signer.role,
        handle=signer.handle,
        locale=side.locale.tag,
        units=tuple(sorted({item.digest for item in items})),
        sample=signer.sample,
        note=signer.note,
    )
    line = fresh_time(side.ledger, line)
    if signer.key is None:
        return line
    line = sign_line(line, signer.key)
    if side.terms.is_valid is not None and not side.terms.is_valid(line):
        raise ReviewError(
            f"That key may not sign for {signer.handle} as {signer.role}: it would not count.",
            remedy="Add it to the file of allowed signers, or use another. Nothing was recorded.",
            path=side.project.root / side.project.workflow.allowed_signers,
        )
    return line


def comment(side: Side, handle: str, units: tuple[str, ...], text: str) -> Event:
    """The line that keeps what somebody said."""
    return Event(
        time=format_time(side.terms.now),
        event=EventKind.COMMENT,
        handle=handle,
        locale=side.locale.tag,
        units=units,
        note=text,
    )


def record(side: Side, lines: Sequence[Line]) -> None:
    """Add lines to the side's ledger, all or none.

    Raises:
        ReviewError: a line is not what a ledger may hold.
        OSError: the file cannot be written to.
    """
    try:
        append(side.ledger_path, *lines)
    except LineError as error:
        raise ReviewError(
            f"It cannot be recorded: {error}.",
            remedy="Correct it and try again; nothing was written.",
            path=side.ledger_path,
        ) from None


def what_next(side: Side, items: Sequence[Item]) -> tuple[str, ...]:
    """What the signed units wait for from now on, in sentences."""
    ledger = read_ledger(side.ledger_path, locale=side.locale.tag, now=side.terms.now)
    cover = Cover(ledger, side.terms)
    turns: Counter[str] = Counter()
    for item in items:
        standing = cover.standing(item.digest, critical=item.critical)
        turn = " or ".join(name_role(role) for role in standing.turn)
        turns[_SIGNED if standing.is_signed else turn] += 1
    return tuple(_sentence(turn, count, side) for turn, count in turns.items())


def _sentence(turn: str, count: int, side: Side) -> str:
    units = f"{count} unit{'' if count == 1 else 's'}"
    if turn == _SIGNED:
        opened = "may be translated and published" if side.is_source else "may be published"
        return f"{units}: every needed role has signed; the text {opened} from the next build on."
    return f"{units}: now waiting for {turn}."
