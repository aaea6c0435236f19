"""The whole project as the public would get it: the stages from files to pages, in order.

``status`` prints what comes of it, ``build`` publishes it. Nothing here writes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.assemble import Rules, localise, measure, missing_page, source_page, weigh
from pipeline.catalogs import check_language, read_catalog
from pipeline.checks import (
    check_active_content,
    find_hidden_direction,
    has_words,
    unit_checks,
)
from pipeline.config import InterfaceString, Project
from pipeline.content import find_body, read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import CatalogError, ConfigError, PipelineError
from pipeline.model import (
    Catalog,
    Coverage,
    Document,
    Finding,
    Locale,
    LocalisedPage,
    Phrase,
    Segment,
    Severity,
    UnitKey,
)
from pipeline.qa import is_translation, open_gate
from pipeline.segments import find_problem, split
from pipeline.status import LanguageState, is_wanted, resource_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document with what is worked out once for all locales."""

    document: Document
    segments: tuple[Segment, ...]
    words: tuple[int, ...]
    nothing: Coverage
    body_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the public gets in one locale.

    Attributes:
        state: its row in the status table.
        interface: the strings of the theme, by id.
        pages: the pages of the resources that are wanted in it.
    """

    state: LanguageState
    interface: Mapping[str, Phrase]
    pages: tuple[LocalisedPage, ...]

    @property
    def locale(self) -> Locale:
        """The locale."""
        return self.state.locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The whole project.

    Attributes:
        project: its settings.
        source: the edition in the source language.
        editions: the editions of the target locales, in the order of the table.
        pictures: bytes of the pictures beside the resources, made safe, by path below them.
        errors: files that cannot be used, and why.
        warnings: what a person should look at.
        findings: what the checks saw.
    """

    project: Project
    source: Edition
    editions: tuple[Edition, ...]
    pictures: Mapping[Path, bytes]
    errors: tuple[PipelineError, ...]
    warnings: tuple[PipelineError, ...]
    findings: tuple[Finding, ...]

    @property
    def open_editions(self) -> tuple[Edition, ...]:
        """The editions that the public sees, the source language first."""
        return (self.source, *(edition for edition in self.editions if edition.state.is_open))


def survey(
    project: Project, *, today: date | None = None, advance: Callable[[str], None] | None = None
) -> Survey:
    """Work out what the public gets of every resource in every locale.

    A resource or catalog that cannot be used is reported and left out; the rest goes on.

    Args:
        project: the project.
        today: the day from which dates are judged; the clock's if None.
        advance: told the tag of each locale when it is done.
    """
    library = read_documents(project, today=today)
    unsafe = [f for doc in library.documents for f in check_active_content(doc.text, doc.path)]
    refused = {finding.path for finding in unsafe if finding.severity is not Severity.MINOR}
    prepared = [_prepare(doc) for doc in library.documents if doc.path not in refused]
    pictures, bad_pictures = read_assets(project.content_dir)
    errors: list[PipelineError] = [*library.errors, *bad_pictures]
    findings = [*unsafe]
    editions = []
    for locale in project.locales:
        editions.append(_edition(project, locale, prepared, errors, findings))
        if advance:
            advance(locale.tag)
    return Survey(
        project=project,
        source=_source_edition(project, prepared),
        editions=tuple(editions),
        pictures=pictures,
        errors=tuple(errors),
        warnings=(*library.warnings, *_unused_samples(project, editions)),
        findings=tuple(findings),
    )


def _unused_samples(project: Project, editions: Iterable[Edition]) -> Iterator[CatalogError]:
    """Why a real publication lacks what stands in its catalogs: samples are not shown."""
    for edition in editions if not project.demonstration else ():
        if samples := sum(page.is_sample for page in edition.pages):
            yield CatalogError(
                f"{samples} catalogs are marked as samples; this project is no demonstration, "
                "so they are not shown.",
                remedy="Have them translated and reviewed, then take X-Sample out of their heads.",
                path=project.locales_dir / edition.locale.tag,
            )


def _prepare(document: Document) -> Prepared:
    segments = split(document.text)
    words = weigh(segments)
    return Prepared(
        document=document,
        segments=segments,
        words=words,
        nothing=measure(segments, words, {}),
        body_start=find_body(document.text),
    )


def _source_edition(project: Project, prepared: Iterable[Prepared]) -> Edition:
    locale = project.source
    return Edition(
        state=LanguageState(locale=locale, missing_notices=(), resources=()),
        interface=_Phrases(
            {string.id: Phrase(string.text, locale.tag) for string in project.strings}
        ),
        pages=tuple(
            source_page(item.document, locale=locale, body_start=item.body_start)
            for item in prepared
        ),
    )


def _edition(
    project: Project,
    locale: Locale,
    prepared: Iterable[Prepared],
    errors: list[PipelineError],
    findings: list[Finding],
) -> Edition:
    interface = read_interface(project, locale, errors)
    rules = Rules(
        source=project.source,
        locale=locale,
        minimum_share=project.minimum_share,
        gap_label=interface.phrases["notice-part-english"],
    )
    there = _find_catalogs(project.locales_dir / locale.tag)
    pages, states = [], []
    for item in prepared:
        if is_wanted(item.document, locale):
            page, is_damaged = _page(project, rules, item, there, errors, findings)
            pages.append(page)
            states.append(resource_state(page, is_damaged=is_damaged))
    return Edition(
        state=LanguageState(
            locale=locale, missing_notices=interface.missing_notices, resources=tuple(states)
        ),
        interface=interface.phrases,
        pages=tuple(pages),
    )


def _find_catalogs(folder: Path) -> frozenset[str]:
    """``topic/slug`` of every catalog in a locale's folder."""
    return frozenset(f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.po"))


def _page(
    project: Project,
    rules: Rules,
    item: Prepared,
    there: frozenset[str],
    errors: list[PipelineError],
    findings: list[Finding],
) -> tuple[LocalisedPage, bool]:
    document, tag = item.document, rules.locale.tag
    if f"{document.topic}/{document.slug}" not in there and item.segments:
        # Most resources in most languages, at first: no file is looked for a second time.
        nothing = item.nothing
        return missing_page(document, nothing, source=rules.source, locale=rules.locale), False
    path = project.catalog_path(tag, document.topic, document.slug)
    catalog, is_damaged = _read(path, tag, errors)
    gate = open_gate(
        item.segments,
        catalog,
        path=path,
        locale=tag,
        checks=unit_checks(find_problem),
        accept_samples=project.demonstration,
    )
    findings += gate.findings
    page = localise(
        document,
        item.segments,
        gate.targets,
        rules,
        body_start=item.body_start,
        words=item.words,
        changed=gate.changed,
        is_sample=catalog.is_sample,
    )
    return page, is_damaged


def may_be_shown(catalog: Catalog, project: Project) -> bool:
    """Whether a catalog's targets may reach the public: samples only in a demonstration."""
    return project.demonstration or not catalog.is_sample


def _read(path: Path, tag: str, errors: list[PipelineError]) -> tuple[Catalog, bool]:
    """The catalog, an empty one where there is none; and whether it cannot be used."""
    if not path.exists():
        return Catalog(), False
    try:
        catalog = read_catalog(path)
        # A file put into the wrong folder would be Arabic under lang="so".
        check_language(catalog, tag, path)
    except CatalogError as error:
        errors.append(error)
        return Catalog(), True
    return catalog, False


class _Phrases(dict[str, Phrase]):
    """The strings of the theme, by id; to ask for one that is not there is the theme's mistake."""

    def __missing__(self, string_id: str) -> Phrase:
        raise ConfigError(
            f"There is no string `{string_id}`, and pages show it.",
            remedy="Add a [[string]] with that id to theme/interface.toml.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceReading:
    """The strings of the theme in one locale, and the notices that it lacks."""

    phrases: Mapping[str, Phrase]
    missing_notices: tuple[str, ...]


def read_interface(
    project: Project, locale: Locale, errors: list[PipelineError]
) -> InterfaceReading:
    """Read a locale's interface catalog; what it lacks is in the source language.

    Args:
        project: the project.
        locale: the locale.
        errors: where a damaged catalog and unusable strings are reported.
    """
    path = project.interface_path(locale.tag)
    catalog, _ = _read(path, locale.tag, errors)
    units = catalog.by_key()
    phrases = _Phrases()
    for string in project.strings:
        unit = units.get(UnitKey(string.id, string.text))
        phrases[string.id] = Phrase(string.text, project.source.tag)
        if unit is None or not unit.is_current or not may_be_shown(catalog, project):
            continue
        if problem := _interface_problem(string, unit.msgstr):
            errors.append(
                CatalogError(
                    f"The string `{string.id}` is not used: {problem}.",
                    remedy="Correct the translation.",
                    path=path,
                    line=unit.line or None,
                )
            )
            continue
        phrases[string.id] = Phrase(unit.msgstr, locale.tag)
    notices = [string.id for string in project.strings if string.notice]
    missing = tuple(name for name in notices if phrases[name].locale != locale.tag)
    return InterfaceReading(phrases=phrases, missing_notices=missing)


def _interface_problem(string: InterfaceString, target: str) -> str | None:
    """Why a translated string of the theme cannot be used, or None."""
    if any(character in target for character in "<>\n"):
        return "it holds markup or a line break"
    if has_words(string.text) and not has_words(target):
        return "it has no word in it"
    if hidden := next(find_hidden_direction(target), None):
        return f"it has {hidden}"
    if string.notice and not is_translation(string.text, target):
        return "it is a copy of its source"
    return _placeholder_problem(string, target)


def _placeholder_problem(string: InterfaceString, target: str) -> str | None:
    there = replace(string, text=target).placeholders
    for name in sorted(string.placeholders - there):
        return f"it lacks the placeholder {{{name}}}"
    # Nothing would fill it in, and the reader would see the braces.
    for name in sorted(there - string.placeholders):
        return f"it has the placeholder {{{name}}}, which its source lacks"
    return None
