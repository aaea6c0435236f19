"""Tasks for many machines: plain values in, plain values out; alone in knowing Dask.

``values`` says what travels, ``parcels`` packs files and keeps them where they belong, ``versions``
says what a machine has installed, ``worker`` is what runs there, ``crew`` shares the tasks out, and
``dask`` is the connection. Importing this room does not import Dask, which is an extra.
"""

from pipeline.cluster.crew import Crew, Outcome
from pipeline.cluster.dask import Dask, connect
from pipeline.cluster.parcels import pack, unpack, unpack_into
from pipeline.cluster.values import (
    Answer,
    Bundle,
    Failure,
    Files,
    Task,
    digest_of_files,
)
from pipeline.cluster.versions import Installed, find_installed
from pipeline.cluster.worker import find_fonts_folder

__all__ = [
    "Answer",
    "Bundle",
    "Crew",
    "Dask",
    "Failure",
    "Files",
    "Installed",
    "Outcome",
    "Task",
    "connect",
    "digest_of_files",
    "find_fonts_folder",
    "find_installed",
    "pack",
    "unpack",
    "unpack_into",
]
