"""The outermost layer: reads the command line, calls the stages, prints.

``main`` is the entry; each command has a module of its own, named after it.
``survey`` runs the stages from files to pages, ``console`` is all that prints.
"""

from pipeline.cli import (  # each adds its command to the group
    assemble_command,
    build_command,
    doctor_command,
    new_command,
    segment_command,
    serve_command,
    status_command,
    sync_command,
)
from pipeline.cli.main import cli, main

for _module in (
    new_command,
    sync_command,
    status_command,
    build_command,
    serve_command,
    segment_command,
    assemble_command,
    doctor_command,
):
    cli.add_command(_module.command)

__all__ = ["cli", "main"]
