"""Drafts: what nobody has translated yet, proposed from the memory and by a machine. Always fuzzy.

In: segments and empty units. Out: units with a proposal, or with the reason why there is none.
``masking`` takes out what a machine must not touch, ``sentences`` splits, ``engine`` does one
segment, ``filling`` one catalog; ``argos`` alone knows Argos Translate; ``models``, ``installing``
and ``index`` look after the models on this machine. See ``docs/reference/drafts.md``.
"""

from pipeline.draft.argos import ArgosTranslator, try_out
from pipeline.draft.engine import Attempt, Drafter, Hypothesis, Translator
from pipeline.draft.filling import Empty, Filled, Outcome, fill_units, find_empty, put_in
from pipeline.draft.index import Offer, fetch_index, fetch_package, find_offer
from pipeline.draft.installing import install_model
from pipeline.draft.models import Model, find_route, models_folder, read_models, remove_model

__all__ = [
    "ArgosTranslator",
    "Attempt",
    "Drafter",
    "Empty",
    "Filled",
    "Hypothesis",
    "Model",
    "Offer",
    "Outcome",
    "Translator",
    "fetch_index",
    "fetch_package",
    "fill_units",
    "find_empty",
    "find_offer",
    "find_route",
    "install_model",
    "models_folder",
    "put_in",
    "read_models",
    "remove_model",
    "try_out",
]
