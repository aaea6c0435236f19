"""Reference links whose label is their text: they point home when the text is translated."""

from pipeline.segments.inline import Link, fold_label, read_markup


def point_home(msgid: str, target: str, labels: set[str]) -> str:
    """Write ``[translated][label]`` where the source has ``[label]`` or ``[label][]``.

    References that no longer meet a definition are paired with the source's in order.

    Args:
        msgid: the source text.
        target: its translation.
        labels: labels of the references that are defined, folded.
    """
    if "[" not in msgid or "[" not in target:
        return target
    wanted = [
        link
        for link in read_markup(msgid).links
        if (link.form == "collapsed" or (link.form == "short" and link.label in labels))
    ]
    if not wanted:
        return target
    found = [link for link in read_markup(target).links if link.form in {"short", "collapsed"}]
    kept = {link.label for link in wanted}
    lost = [link for link in found if link.label not in kept and link.label not in labels]
    still_there = {link.label for link in found}
    missing = [link for link in wanted if link.label not in still_there]
    return _relabel(msgid, target, _pair(missing, lost))


def _pair(missing: list[Link], lost: list[Link]) -> list[tuple[Link, Link]]:
    """Images with images, links with links, each in order."""
    pairs: list[tuple[Link, Link]] = []
    for is_image in (False, True):
        ours = sorted((x for x in missing if x.is_image is is_image), key=lambda x: x.start)
        theirs = sorted((x for x in lost if x.is_image is is_image), key=lambda x: x.start)
        if len(theirs) > len(ours):
            # Brackets that are no references may stand before: collapsed ones are certain.
            theirs = [x for x in theirs if x.form == "collapsed"] or theirs
        pairs += zip(ours, theirs, strict=False)
    return pairs


def _relabel(msgid: str, target: str, pairs: list[tuple[Link, Link]]) -> str:
    for ours, theirs in sorted(pairs, key=lambda pair: -pair[1].close):
        label = msgid[ours.open : ours.close]
        target = f"{target[: theirs.close + 1]}[{label}]{target[theirs.end :]}"
    return target


def resolves(label: str, labels: set[str]) -> bool:
    """Whether a reference by this label meets a definition."""
    return fold_label(label) in labels
