"""Settings: TOML files → a validated :class:`Project`.

``narrow`` turns raw TOML into typed values and complains with file and line;
``locales``, ``interface`` and ``project`` each read one file.
"""

from pipeline.config.digits import ZEROS
from pipeline.config.generator import GENERATORS, asked_generator
from pipeline.config.interface import InterfaceString, read_strings
from pipeline.config.project import CONFIG_NAME, FORMAT, Project, find_root, load_project

__all__ = [
    "CONFIG_NAME",
    "FORMAT",
    "GENERATORS",
    "ZEROS",
    "InterfaceString",
    "Project",
    "asked_generator",
    "find_root",
    "load_project",
    "read_strings",
]
