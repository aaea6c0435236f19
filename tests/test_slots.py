"""Values made the quick way are those that ``dataclass`` makes."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from pipeline.slots import quick_init


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    text: str
    line: int = field(default=0, compare=False)


def test_a_value_is_frozen_compared_replaced_and_sent_as_before():
    word = Word(text="Naso.", line=4)
    assert repr(word) == "Word(text='Naso.', line=4)"
    assert word == Word(text="Naso.")
    assert replace(word, text="Cab.") == Word(text="Cab.")
    assert pickle.loads(pickle.dumps(word)).line == 4  # noqa: S301 - our own bytes
    with pytest.raises(FrozenInstanceError):
        word.text = "x"


def test_arguments_are_those_of_the_fields():
    with pytest.raises(TypeError, match=r"Word\.__init__\(\) missing .* 'text'"):
        Word(line=4)
    with pytest.raises(TypeError):
        Word("Naso.")
