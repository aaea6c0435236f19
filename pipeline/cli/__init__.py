"""The outermost layer: reads the command line, calls the stages, prints.

``main`` is the entry and loads the command that is run; each command has a module of its
own, named after it. ``survey`` runs the stages from files to pages, ``console`` is all
that prints.
"""

from pipeline.cli.main import cli, main

__all__ = ["cli", "main"]
