"""Pictures, recordings and films of a language's own: is each there, for the source of today?"""

from collections.abc import Iterable
from pathlib import Path

from pipeline.media import MediaFile, MediaKind, MediaState
from pipeline.model import Finding, Severity

_NAMES = {
    MediaKind.PICTURE: "picture",
    MediaKind.RECORDING: "recording",
    MediaKind.FILM: "film",
}


def check_own_media(
    files: Iterable[tuple[MediaFile, MediaState]], source: Path, folder: Path, locale: str
) -> tuple[Finding, ...]:
    """own-media: a picture, recording or film of the language is missing, stale or not recorded.

    Readers see the source's picture or film instead, and hear nothing. What is recorded for the
    source as it stands is not found here: whoever has still to sign it is told as for a text.

    - Source: ``pictures_with_text: [images/phone.svg]``
    - Wrong: no ``locales/so/covid-19/images/phone.svg``, so that "Call 999" is read in it
    - Right: ``locales/so/covid-19/images/phone.svg``, which says "Wac 999"
    - Source: ``audio: true``, and a sentence that has changed since
    - Wrong: ``locales/ar/covid-19/fever.mp3`` says "اتصل بالرقم 999"; the text, "اتصل بالرقم 111"
    - Right: it says "اتصل بالرقم 111", and ``pipeline media record`` was run

    Args:
        files: what the language has of its own of a resource, or should have, with its state.
        source: the resource, which asks for it.
        folder: where the language's files are.
        locale: tag of the language.

    Returns:
        Minor findings, in the order of the files.
    """
    return tuple(
        Finding(
            check="own-media",
            severity=Severity.MINOR,
            path=folder / file.path if file.path else source,
            line=None,
            message=_say(file, state),
            remedy=_remedy(state),
            locale=locale,
        )
        for file, state in files
        if state is not MediaState.PRESENT
    )


def _say(file: MediaFile, state: MediaState) -> str:
    what = f"{_NAMES[file.kind]} of {file.name}"
    if state is MediaState.MISSING:
        return f"There is no {what} in this language."
    if state is MediaState.STALE:
        return f"The {what} was made for another version of the source."
    return f"Nobody has recorded which version of the source the {what} is made for."


def _remedy(state: MediaState) -> str:
    if state is MediaState.MISSING:
        return "Have it made and put it below the language's folder, with the same path and name."
    if state is MediaState.STALE:
        return "Have it made anew; if it is right all the same, say so: `pipeline media record`."
    return "Look at it, then record it: `pipeline media record`."
