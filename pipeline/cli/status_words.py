"""What a change means to readers and to the team, in words."""

from collections.abc import Iterable

from pipeline.cli.since import Change, Opening, Since
from pipeline.cli.status_report import describe_media, describe_stale
from pipeline.model import Locale, PageState
from pipeline.status import ResourceState, TranslationState, Wait, name_role


def describe_change(change: Change, source: Locale) -> str:
    """What happens to a resource in a language: states, what readers see, who is waited for.

    Args:
        change: the cell before and after.
        source: the locale of the source text.
    """
    after = change.after
    if after is None:
        why = f"not wanted any more, or not readable in {source.english_name}"
        return f"{_told(change.before)} → gone: {why}"
    parts = [f"{_states(change.before, after)}{_details(change.before, after)}"]
    if effect := _effect(change.before, after, source.english_name):
        parts[0] += f": {effect}"
    parts += _waiting(change.before, after, source.english_name)
    return "; ".join(parts)


def _waiting(before: ResourceState | None, after: ResourceState, english: str) -> list[str]:
    waits = [wait for wait in after.waits if not wait.is_owed]
    approvers = _roles(wait for wait in waits if wait.of_source)
    others = _roles(wait for wait in waits if not wait.of_source)
    was_asked = before is not None and any(wait.of_source for wait in before.waits)
    parts = [f"the {english} is approved"] if was_asked and not approvers else []
    parts += [f"waiting for {approvers} to approve the {english}"] if approvers else []
    return [*parts, f"waiting for {others}"] if others else parts


def _roles(waits: Iterable[Wait]) -> str:
    return " and ".join(dict.fromkeys(name_role(wait.role) for wait in waits))


def describe_opening(opening: Opening) -> str:
    """That a language was opened or closed."""
    if opening.language.is_open:
        return "closed → open: its pages are published"
    missing = len(opening.language.missing_notices)
    return f"open → closed ({missing} notices missing): none of its pages is published"


def change_lines(since: Since, source: Locale) -> tuple[str, ...]:
    """A sentence a change, what readers notice first.

    Languages to which the same happens stand together.

    Args:
        since: what has changed.
        source: the locale of the source text.
    """
    lines = [f"{o.language.locale.english_name}: {describe_opening(o)}" for o in since.openings]
    together: dict[tuple[str, str], list[str]] = {}
    for change in sorted(since.changes, key=_is_unseen):
        key = change.resource, describe_change(change, source)
        together.setdefault(key, []).append(change.locale.english_name)
    for (resource, words), names in together.items():
        whom = f"all {len(names)} languages" if len(names) == since.languages > 1 else ""
        lines.append(f"{whom or ', '.join(names)}: {resource}: {words}")
    return tuple(line[0].upper() + line[1:] for line in lines)


def _is_unseen(change: Change) -> bool:
    """Whether the public could read it neither before nor after."""
    return not any(cell and cell.is_published for cell in (change.before, change.after))


def summarise(since: Since) -> str:
    """How much has changed, in a sentence."""
    if not (since.changes or since.openings):
        return f"No translation changes its state (of {since.compared})."
    tags = {change.locale.tag for change in since.changes}
    changed = len(since.changes)
    verb = "changes" if changed == 1 else "change"
    languages = "1 language" if len(tags) == 1 else f"{len(tags)} languages"
    return f"{changed} of {since.compared} translations {verb}, in {languages}."


def _told(cell: ResourceState | None) -> str:
    return str(cell.state) if cell else "new"


def _states(before: ResourceState | None, after: ResourceState) -> str:
    old, new = _told(before), _told(after)
    return f"still {new}" if old == new else f"{old} → {new}"


def _details(before: ResourceState | None, after: ResourceState) -> str:
    """What else differs: stale segments, or how many words are done."""
    parts = []
    if after.stale and (before is None or _stale(before) != _stale(after)):
        segments = "segment" if after.stale == 1 else "segments"
        critical = after.stale_critical
        share = ", critical" if critical == after.stale else f", {critical} critical"
        what = "" if after.state is TranslationState.STALE else " stale"
        parts.append(f"{after.stale} {segments}{what}{share if critical else ''}")
    if before and before.media != after.media:
        parts.append(describe_media(after) or "no media of its own any more")
    if before and before.is_sample != after.is_sample:
        parts.append("a sample now" if after.is_sample else "no sample any more")
    if after.state is TranslationState.DRAFTING or (before and before.state == after.state):
        old, new = _done(before), _done(after)
        if old != new and old:
            parts.append(f"{old} → {new}")
        elif after.state is TranslationState.DRAFTING:
            parts.append(new)
    return f" ({'; '.join(parts)})" if parts else ""


def _stale(cell: ResourceState) -> tuple[int, int]:
    return cell.stale, cell.stale_critical


def _done(cell: ResourceState | None) -> str:
    if cell is None:
        return ""
    return f"{cell.words.translated} of {cell.words.total} words"


def _effect(before: ResourceState | None, after: ResourceState, english: str) -> str:
    """What readers notice; empty if nothing."""
    if after.is_published and after.stale and describe_stale(after) != _stale_before(before):
        if after.stale_critical:
            return f"readers see the {english} at once"
        if after.page is not PageState.KEY_FACTS:
            return f"readers see the {english} there, with a notice"
    if before is not None and before.page is after.page:
        return ""
    was_public = before is not None and before.is_published
    if after.page is PageState.WITHDRAWN:
        return "readers get a notice in its place" if was_public else ""
    if not after.is_published:
        return "readers cannot read it any more" if was_public else ""
    return _reading(after.page, english)


def _stale_before(before: ResourceState | None) -> str:
    return describe_stale(before) if before and before.is_published else ""


def _reading(page: PageState, english: str) -> str:
    return {
        PageState.LIVE: "people can read all of it",
        PageState.LIVE_WITH_GAPS: f"people can read it, parts in {english}",
        PageState.KEY_FACTS: "people can read its key facts",
    }[page]
