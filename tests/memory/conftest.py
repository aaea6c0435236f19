from collections.abc import Callable

import pytest

from pipeline.cli.meanings import meaning_reader
from pipeline.languages import load_language
from pipeline.memory import Memory, MemoryUnit, Neighbours, Provenance

FEVER = Provenance(name="covid-19/fever", roles=("translator", "reviser"))


@pytest.fixture(scope="session")
def meaning_of():
    return meaning_reader(load_language("en"))


@pytest.fixture
def unit() -> Callable[..., MemoryUnit]:
    """A unit of a leaflet, signed by translator and reviser."""

    def make(
        source: str,
        target: str,
        *,
        context: str | None = None,
        made: Provenance = FEVER,
        around: tuple[str | None, str | None] = (None, None),
    ) -> MemoryUnit:
        return MemoryUnit(
            source=source,
            target=target,
            context=context,
            provenance=made,
            neighbours=Neighbours.of(*around),
        )

    return make


@pytest.fixture
def somali(unit, meaning_of) -> Memory:
    return Memory(
        [
            unit("Stay at home for 10 days.", "Guriga joog 10 maalmood."),
            unit("Drink water often.", "Biyo badan cab."),
            unit("Take this medicine with food.", "Daawadan cunto la qaado."),
            unit("Call 999 if you cannot breathe.", "Wac 999 haddii aadan neefsan karin."),
            unit("Rest", "Naso", context="lie down", around=("Cough", "Drink")),
            unit("Rest", "Inta kale", context="what is left"),
        ],
        meaning_of=meaning_of,
    )
