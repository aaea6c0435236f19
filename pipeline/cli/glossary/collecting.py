"""From the files of a project to what its glossaries are compared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.cli.console import Advance, late_progress
from pipeline.cli.gates import project_languages
from pipeline.cli.interface import read_or_report
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.errors import PipelineError
from pipeline.glossary import Consistency, Rendering, SourceText, compare
from pipeline.model import Document, Locale, Segment
from pipeline.segments import split_document
from pipeline.status import is_wanted


@dataclass
class Shelf:
    """A project's resources, split once for all languages.

    Attributes:
        project: the project.
        errors: files that cannot be used, and why: they are left out.
    """

    project: Project
    errors: list[PipelineError] = field(default_factory=list)

    @cached_property
    def documents(self) -> Mapping[str, tuple[Document, Sequence[Segment]]]:
        """The resources with their segments, by their names."""
        library = read_documents(self.project)
        self.errors += library.errors
        found = {}
        with late_progress("Reading the resources", len(library.documents)) as advance:
            for document in library.documents:
                name = str(document.id)
                found[name] = document, split_document(document)
                advance(name)
        return found

    def source_texts(self) -> list[SourceText]:
        """All texts of all resources."""
        return [
            SourceText(resource=name, text=segment.msgid)
            for name, (_, segments) in self.documents.items()
            for segment in segments
        ]

    def renderings(self, locale: Locale, advance: Advance) -> Iterator[Rendering]:
        """The translations of a language that were made for the sources as they stand."""
        for name, (document, segments) in self.documents.items():
            if is_wanted(document, locale):
                yield from self._renderings(name, document, segments, locale)
            advance(f"{locale.tag} {name}")

    def _renderings(
        self, name: str, document: Document, segments: Sequence[Segment], locale: Locale
    ) -> Iterator[Rendering]:
        path = self.project.catalog_path(locale.tag, document.topic, document.slug)
        catalog, _ = read_or_report(path, locale.tag, self.errors)
        there = {segment.key for segment in segments}
        for unit in catalog.units:
            if unit.is_current and not unit.obsolete and unit.key in there:
                yield Rendering(
                    resource=name,
                    path=path.relative_to(self.project.root).as_posix(),
                    line=unit.line,
                    source=unit.msgid,
                    target=unit.msgstr,
                    context=unit.context,
                )

    def consistency(self, locale: Locale, advance: Advance) -> Consistency:
        """How a language keeps to its glossary.

        Args:
            locale: the language.
            advance: told each resource that was read.

        Raises:
            PipelineError: the language's table or glossary cannot be used.
        """
        languages = project_languages(self.project, locale.tag)
        return compare(self.renderings(locale, advance), languages.glossary, languages.target)
