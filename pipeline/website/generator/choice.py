"""Which program stands behind the name ``mkdocs`` in this process.

ProperDocs brings a finder that gives its own modules to whoever imports ``mkdocs``: our modules,
mkdocs-static-i18n and Material alike. It has to be there before the first of them.
"""

import importlib
import sys

from pipeline.config import asked_generator
from pipeline.errors import MachineError

if asked_generator() == "properdocs" and "mkdocs" not in sys.modules:
    try:
        importlib.import_module("properdocs.replacement")
    except ImportError as error:
        raise MachineError(
            "PIPELINE_GENERATOR asks for ProperDocs, and it is not installed.",
            remedy="Install it (`pip install properdocs`), or unset PIPELINE_GENERATOR.",
        ) from error
