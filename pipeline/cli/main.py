"""The command line: `pipeline --help`."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.console import complain, say
from pipeline.cli.refusals import as_error
from pipeline.config import CONFIG_NAME, Project, find_root, load_project
from pipeline.errors import PipelineError


class Context:
    """What every command may ask for; read when first asked."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._project: Project | None = None

    @property
    def root(self) -> Path:
        """The folder of that project, whose settings need not be usable.

        Raises:
            ConfigError: there is none.
        """
        return find_root((self._folder or Path.cwd()).resolve())

    @property
    def project(self) -> Project:
        """The project that the command is run in.

        Raises:
            ConfigError: there is none, or its settings cannot be used.
        """
        if self._project is None:
            self._project = load_project(self.root)
        return self._project

    def find_project(self) -> Project | None:
        """The project that the command is run in, or None where it is run outside of any.

        Raises:
            ConfigError: there is one, and its settings cannot be used; or ``--project`` names
                a folder that is in none.
        """
        start = (self._folder or Path.cwd()).resolve()
        is_inside = any((folder / CONFIG_NAME).is_file() for folder in (start, *start.parents))
        return self.project if is_inside or self._folder else None


pass_context = click.make_pass_decorator(Context)

#: What each command does, in the order of a day's work. Its module,
#: ``pipeline/cli/<name>_command.py``, is loaded when it is run: half of them need neither
#: the generator nor the fonts, and loading all took longer than most of them work.
COMMANDS = {
    "new": "Start a resource from a template.",
    "import-source": "Make a resource of a partner's document: Word, OpenDocument or HTML.",
    "check": "Say in plain words what to change in a resource.",
    "sync": "Bring every catalog up to date with its source.",
    "status": "Say who is missing what, and how many people they are.",
    "export": "Write what is to be translated as a file for a translator's own program.",
    "import": "Take translations back from such files, and say what is wrong with them.",
    "weblate": "Write the settings with which a Weblate server takes the catalogs.",
    "next": "Say what to do next, ranked by the people it serves.",
    "glossary": "Say whether terms are called by one name, and which terms are missing.",
    "memory": "Find what has been translated already, and exchange it with others.",
    "draft": "Fill empty boxes with proposals for a translator to look at.",
    "models": "List, install and remove the models that draft.",
    "review": "Show what a role still has to look at, and what changed since it last signed.",
    "sign": "Record that you answer for a text as it stands now.",
    "qa": "Answer the checklist: what is passed, what failed, who is waited for.",
    "ledger": "Look at who signed what, take a sign-off back, or stop a publication.",
    "badge": "Write a badge that says how far a language is.",
    "build": "Build the website and its leaflets into site/.",
    "serve": "Preview the site, reloaded at each save.",
    "media": "Follow pictures, recordings and films that a language has of its own.",
    "captions": "Turn captions from SRT into WebVTT, or from WebVTT into SRT.",
    "segment": "Write what is to be translated in FILE as a PO template (POT).",
    "assemble": "Put the translations of PO into FILE.",
    "init": "Lay out a new repository of content.",
    "upgrade": "Bring a repository up to this version of the program, losing nothing.",
    "doctor": "Say what is missing on this machine.",
}

#: Nearly nothing that a command makes is garbage: Python need not look for it as often as it
#: does by default. Takes 3% off a build of 900 resources, and a megabyte more.
_GARBAGE = (20_000, 20, 50)

_EPILOG = """\b
A day's work:
  pipeline new covid-19/flu-and-covid   start a resource from a template
  pipeline sync                         bring every catalog up to date with its source
  pipeline status                       who is missing what, and how many people they are
  pipeline serve --locale so            preview, reloaded at each save
  pipeline build                        the site and the leaflets

\b
Exit codes are documented in docs/reference/exit-codes.md; 0 is success.
"""


class _ReaderGoneError(Exception):
    """Whoever read the output of the program has stopped reading."""


def load_command(name: str) -> click.Command:
    """A command with its options, from its module."""
    # What is loaded stays: to look for garbage in it takes a tenth of the time of loading.
    collects = gc.isenabled()
    gc.disable()
    try:
        module = import_module(f"pipeline.cli.{name.replace('-', '_')}_command")
    finally:
        if collects:
            gc.enable()
    command: click.Command = module.command
    return command


class _Commands(click.Group):
    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order in which they are needed."""
        return list(self.commands)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run, and only now load it."""
        name, command, rest = super().resolve_command(context, args)
        return name, load_command(name) if name and command else None, rest

    def invoke(self, context: click.Context) -> object:
        """Run a command; tell a closed pipe from a mistake: Click ends with 1 for both."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise _ReaderGoneError from None


@click.group(
    cls=_Commands,
    commands=[click.Command(name, short_help=what) for name, what in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)
@click.option(
    "--project",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the project; by default the one you are in, or the nearest above.",
)
@click.version_option(__version__, "--version", prog_name="pipeline")
@click.pass_context
def cli(context: click.Context, folder: Path | None) -> None:
    """Health information in people's own language: Markdown to a website and leaflets."""
    context.obj = Context(folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(*_GARBAGE)
    try:
        code = cli.main(arguments, prog_name="pipeline", standalone_mode=False)
    except PipelineError as error:
        complain(error, Path.cwd())
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("Stopped. What was published before is untouched; run the command again to go on.")
        code = 130
    except _ReaderGoneError:
        # The reader of a pipe has gone (`pipeline status | head`): nothing to say to anybody.
        _fall_silent()
        code = 141
    except OSError as refusal:
        complain(as_error(refusal), Path.cwd())
        code = PipelineError.exit_code
    sys.exit(code if isinstance(code, int) else 0)


def _fall_silent() -> None:
    """Send what is still in the buffers nowhere: Python would complain of the pipe at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
