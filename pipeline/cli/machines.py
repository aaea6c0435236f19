"""Other machines that do a part of a build: what they are asked for, whoever they are."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.cli.plan import Stage
from pipeline.cli.stages import Outcome
from pipeline.errors import PdfError
from pipeline.pdf import LeafletJob, Rendered


class Machines(Protocol):
    """What makes trees and leaflets elsewhere."""

    def build(self, title: str, stages: list[Stage]) -> list[tuple[Stage, Outcome]]:
        """Build trees, each in its folder here.

        Args:
            title: what is being done, for the progress bar.
            stages: what to build.

        Returns:
            Each with what came of it, in the order in which they ended.

        Raises:
            PipelineError: the settings or the theme are at fault, or the machines are lost.
        """

    def render(self, jobs: Iterable[LeafletJob]) -> Iterator[tuple[int, Rendered | PdfError]]:
        """Make leaflets.

        Args:
            jobs: what to make; nothing is written to their ``pdf_path``.

        Yields:
            The place of each among the jobs, and what came of it.

        Raises:
            PipelineError: the machines are lost.
        """
