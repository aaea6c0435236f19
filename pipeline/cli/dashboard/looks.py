"""How each state looks: a mark, a word and a pattern; colour is never all that tells it."""

from dataclasses import dataclass

from pipeline.status import TranslationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a state looks.

    Attributes:
        state: the state; its name is the class in the style sheet too.
        mark: one character, the same as in the terminal.
        word: its name in running text.
        meaning: what holds where it is told.
    """

    state: TranslationState
    mark: str
    word: str
    meaning: str


#: In the order of the legend: what can be read, what is on its way, what is wrong.
LOOKS = {
    look.state: look
    for look in (
        Look(
            state=TranslationState.LIVE,
            mark="●",
            word="live",
            meaning="published, all of it",
        ),
        Look(
            state=TranslationState.GAPS,
            mark="◐",
            word="live with gaps",
            meaning="published, some parts in the source language",
        ),
        Look(
            state=TranslationState.KEY_FACTS,
            mark="k",
            word="key facts only",
            meaning="only its critical parts are published",
        ),
        Look(
            state=TranslationState.READY,
            mark="◉",
            word="ready",
            meaning="all is signed; the public cannot read it yet",
        ),
        Look(
            state=TranslationState.IN_REVIEW,
            mark="◔",
            word="in review",
            meaning="all is translated; a reviewer has begun",
        ),
        Look(
            state=TranslationState.TRANSLATED,
            mark="○",
            word="translated",
            meaning="all is translated; no reviewer has begun",
        ),
        Look(
            state=TranslationState.DRAFTING,
            mark="½",
            word="drafting",
            meaning="some of it is translated",
        ),
        Look(
            state=TranslationState.MISSING,
            mark="·",
            word="missing",
            meaning="nothing is translated",
        ),
        Look(
            state=TranslationState.STALE,
            mark="≠",
            word="stale",
            meaning="published, and its source has changed since",
        ),
        Look(
            state=TranslationState.OVERDUE,
            mark="◷",
            word="overdue",
            meaning="published, past the day by which it was to be checked again",
        ),
        Look(
            state=TranslationState.WITHDRAWN,
            mark="×",
            word="withdrawn",
            meaning="taken away until somebody has checked it",
        ),
        Look(
            state=TranslationState.DAMAGED,
            mark="!",
            word="damaged",
            meaning="its catalog cannot be read",
        ),
    )
}

#: Of these somebody has to do something soon; most pressing first.
ALARMING = (
    TranslationState.DAMAGED,
    TranslationState.WITHDRAWN,
    TranslationState.OVERDUE,
    TranslationState.STALE,
)
