"""Which generator makes the site: asked for in the environment, for it is a matter of a machine."""

import os

from pipeline.errors import ConfigError

#: What ``PIPELINE_GENERATOR`` may say; the first is taken where it says nothing.
GENERATORS = ("mkdocs", "properdocs")


def asked_generator() -> str:
    """The generator that the environment asks for.

    Raises:
        ConfigError: it asks for one that nobody knows.
    """
    asked = os.environ.get("PIPELINE_GENERATOR") or GENERATORS[0]
    if asked not in GENERATORS:
        raise ConfigError(
            f"PIPELINE_GENERATOR asks for `{asked}`, which is no generator that is known.",
            remedy=f"Set it to one of {', '.join(GENERATORS)}, or unset it.",
        )
    return asked
