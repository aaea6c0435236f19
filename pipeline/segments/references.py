"""Reference links whose label is their text: they point home when the text is translated."""

from collections.abc import Sequence

from pipeline.segments.inline import Link, fold_label, read_markup


def point_home(msgid: str, target: str, labels: set[str]) -> str:
    """Write ``[translated][label]`` where the source has ``[label]`` or ``[label][]``.

    References that no longer meet a definition are paired with the source's in order.

    Args:
        msgid: the source text.
        target: its translation.
        labels: labels of the references that are defined, folded.
    """
    if not labels or "[" not in msgid or "[" not in target:
        return target if "][]" not in msgid else _point_own_home(msgid, target, labels)
    return _point_own_home(msgid, _restore_labels(msgid, target, labels), labels)


class _Any:
    """Every label there could be."""

    def __contains__(self, label: object) -> bool:
        return True


def _restore_labels(msgid: str, target: str, labels: set[str]) -> str:
    """Labels of ``[text][label]`` that were translated though nobody sees them."""
    wanted = [x for x in read_markup(msgid, labels).links if _is_defined(x, labels)]
    kept = [x.label for x in read_markup(target, labels).links if _is_defined(x, labels)]
    missing = []
    for link in sorted(wanted, key=_by_start):
        if link.label in kept:
            kept.remove(link.label)
        else:
            missing.append(link)
    if not missing:
        return target
    lost = [
        link
        for link in read_markup(target, _Any()).links
        if link.form == "full" and link.label not in labels
    ]
    pairs = list(zip(missing, sorted(lost, key=_by_start)))  # noqa: B905
    for ours, theirs in sorted(pairs, key=lambda pair: -pair[1].close):
        label = msgid[ours.close + 1 : ours.end]
        target = f"{target[: theirs.close + 1]}{label}{target[theirs.end :]}"
    return target


def _is_defined(link: Link, labels: set[str]) -> bool:
    return link.form == "full" and link.label in labels


def _point_own_home(msgid: str, target: str, labels: set[str]) -> str:
    wanted = [
        link for link in read_markup(msgid, labels).links if _is_own_label(link, msgid, labels)
    ]
    if not wanted:
        return target
    found = read_markup(target, labels).links
    there = {(link.form == "full", _own_label(link, target)) for link in found}
    missing = [x for x in wanted if (x.form == "full", _own_label(x, msgid)) not in there]
    # Brackets that the source has as well, and that are no reference there, are none here.
    known = labels | {_own_label(link, msgid) for link in read_markup(msgid, labels).links}
    lost = [
        link
        for link in found
        if link.form != "inline"
        and _own_label(link, target) not in known
        and not (link.form == "full" and link.label in labels)
    ]
    ours, theirs = read_markup(msgid, labels).links, found
    same = _pair_same(msgid, ours, target, theirs)
    ours, theirs = _without(ours, same, 0), _without(theirs, same, 1)
    pairs = _pair_by_place(ours, theirs, missing, lost)
    if pairs is None:
        pairs = _pair(_without(missing, same, 0), _without(lost, same, 1))
    return _relabel(msgid, target, [*pairs, *_only_both(same, missing, lost)])


def _pair_same(
    msgid: str, ours: Sequence[Link], target: str, theirs: Sequence[Link]
) -> list[tuple[Link, Link]]:
    """Links that can be told: by their address, their label, or a text that was kept."""
    known: dict[tuple[object, ...], list[Link]] = {}
    for link in sorted(ours, key=lambda link: -link.start):
        known.setdefault(_identity(link, msgid), []).append(link)
    found = ((known.get(_identity(link, target)), link) for link in sorted(theirs, key=_by_start))
    return [(links.pop(), link) for links, link in found if links]


def _by_start(link: Link) -> int:
    return link.start


def _identity(link: Link, text: str) -> tuple[object, ...]:
    if link.url is not None:
        return link.is_image, "address", text[slice(*link.url)]
    if link.form == "full":
        return link.is_image, "label", link.label
    return link.is_image, "text", _own_label(link, text)


def _without(links: Sequence[Link], pairs: list[tuple[Link, Link]], side: int) -> list[Link]:
    starts = {pair[side].start for pair in pairs}
    return [link for link in links if link.start not in starts]


def _only_both(
    pairs: list[tuple[Link, Link]], missing: list[Link], lost: list[Link]
) -> list[tuple[Link, Link]]:
    """Of pairs those whose first is missing and whose second is lost."""
    starts = {link.start for link in missing}, {link.start for link in lost}
    return [(a, b) for a, b in pairs if a.start in starts[0] and b.start in starts[1]]


def _own_label(link: Link, text: str) -> str:
    return fold_label(text[link.open : link.close])


def _is_own_label(link: Link, text: str, labels: set[str]) -> bool:
    """Whether a reference is looked up by its text.

    A collapsed one always is, by plugins at least. One with a label of its own is when
    that label is not defined and its text is: Python-Markdown then reads ``[text]`` alone.
    """
    if link.form == "full":
        return link.label not in labels and _own_label(link, text) in labels
    return link.form == "collapsed" or (link.form == "short" and link.label in labels)


def _pair_by_place(
    ours: list[Link], theirs: list[Link], missing: list[Link], lost: list[Link]
) -> list[tuple[Link, Link]] | None:
    """The other brackets one to one, where both texts have as many; None where they have not."""
    if len(ours) != len(theirs):
        return None
    both = zip(sorted(ours, key=_by_start), sorted(theirs, key=_by_start), strict=True)
    pairs = _only_both(list(both), missing, lost)
    is_like = all(a.is_image is b.is_image for a, b in pairs)
    wanted = {link.start for link in missing} & {link.start for link in ours}
    return pairs if is_like and len(pairs) == len(wanted) else None


def _pair(missing: list[Link], lost: list[Link]) -> list[tuple[Link, Link]]:
    """Images with images, links with links, each in order."""
    pairs: list[tuple[Link, Link]] = []
    for is_image in (False, True):
        for is_full in (False, True):
            ours = _only(missing, is_image=is_image, is_full=is_full)
            theirs = _only(lost, is_image=is_image, is_full=is_full)
            collapsed = [link for link in theirs if link.form == "collapsed"]
            # Brackets that are no reference may stand between: collapsed ones are certain.
            pairs += zip(ours, theirs if len(theirs) <= len(ours) else collapsed or theirs)  # noqa: B905
    return pairs


def _only(links: list[Link], *, is_image: bool, is_full: bool) -> list[Link]:
    kept = (x for x in links if x.is_image is is_image and (x.form == "full") is is_full)
    return sorted(kept, key=_by_start)


def _relabel(msgid: str, target: str, pairs: list[tuple[Link, Link]]) -> str:
    for ours, theirs in sorted(pairs, key=lambda pair: -pair[1].close):
        label = msgid[ours.open : ours.close]
        end = theirs.close + 1 if theirs.form == "full" else theirs.end
        target = f"{target[: theirs.close + 1]}[{label}]{target[end:]}"
    return target
