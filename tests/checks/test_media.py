"""What is said of a language's own pictures, recordings and films."""

from pathlib import Path

import pytest

from pipeline.checks.media import check_own_media
from pipeline.media import MediaFile, MediaKind, MediaState

SOURCE, FOLDER = Path("content/covid-19/fever.md"), Path("locales/so")
FILM = "covid-19/fever.webm"
CARD = "covid-19/images/card.svg"


@pytest.mark.parametrize(
    ("file", "state", "path", "said"),
    [
        (
            MediaFile(kind=MediaKind.PICTURE, name=CARD),
            MediaState.MISSING,
            SOURCE,
            f"There is no picture of {CARD} in this language.",
        ),
        (
            MediaFile(kind=MediaKind.RECORDING, name="covid-19/fever", path="covid-19/fever.mp3"),
            MediaState.STALE,
            FOLDER / "covid-19/fever.mp3",
            "The recording of covid-19/fever was made for another version of the source.",
        ),
        (
            MediaFile(kind=MediaKind.FILM, name=FILM, path=FILM),
            MediaState.UNRECORDED,
            FOLDER / FILM,
            f"Nobody has recorded which version of the source the film of {FILM} is made for.",
        ),
    ],
)
def test_what_a_language_lacks_is_advice_with_a_remedy(file, state, path, said):
    (finding,) = check_own_media([(file, state)], SOURCE, FOLDER, "so")
    assert (finding.severity, finding.path, finding.message) == ("minor", path, said)
    assert (finding.locale, finding.line) == ("so", None)
    assert finding.remedy


def test_what_is_made_for_the_source_as_it_is_is_not_found():
    card = MediaFile(kind=MediaKind.PICTURE, name=CARD, path=CARD)
    assert check_own_media([(card, MediaState.PRESENT)], SOURCE, FOLDER, "so") == ()
