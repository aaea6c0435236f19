"""Empty boxes of catalogs → proposals from the memory, looked at by the checks, as fuzzy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.catalogs import check_language, read_catalog
from pipeline.cli.gates import find_in_texts, project_languages
from pipeline.config import Project
from pipeline.errors import CatalogError
from pipeline.memory import Left, Memory, Proposal, propose
from pipeline.model import Catalog, Document, Finding, Locale, Severity
from pipeline.qa import Text, gather_texts
from pipeline.segments import split_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What became of the empty boxes of a catalog.

    Attributes:
        document: the resource.
        filled: the proposals that were written.
        left: the units that stay empty, with the reason where there is one.
    """

    document: Document
    filled: tuple[Proposal, ...] = ()
    left: tuple[Left, ...] = ()


def open_catalog(project: Project, locale: Locale, document: Document) -> Catalog:
    """The catalog of a resource in a language.

    Raises:
        CatalogError: there is none, it is damaged, or it is of another language.
    """
    path = project.catalog_path(locale.tag, document.topic, document.slug)
    if not path.exists():
        raise CatalogError(
            "There is no such catalog.", remedy="Run `pipeline sync` first.", path=path
        )
    catalog = read_catalog(path)
    check_language(catalog, locale.tag, path)
    return catalog


def find_drafts(
    project: Project,
    locale: Locale,
    document: Document,
    catalog: Catalog,
    memory: Memory,
    *,
    least: float,
) -> Drafted:
    """What the memory has for the empty boxes of a catalog, as fuzzy. Writes nothing.

    Args:
        project: the project.
        locale: the language.
        document: the resource.
        catalog: its catalog.
        memory: the memory of the language.
        least: the least likeness of a source whose translation is proposed, 0 to 100.
    """
    texts = {text.key: text for text in gather_texts(split_document(document))}
    made = propose(memory, catalog, least=least, is_wanted=lambda unit: unit.key in texts)
    proposals = [each for each in made if isinstance(each, Proposal)]
    wrong = _find_wrong(project, locale, document, [(texts[p.key], p) for p in proposals])
    filled = tuple(each for each in proposals if each.key not in wrong)
    left = tuple(
        Left(unit=each.unit, reason=wrong.get(each.key, "")) if isinstance(each, Proposal) else each
        for each in made
        if isinstance(each, Left) or each.key in wrong
    )
    return Drafted(document=document, filled=filled, left=left)


def _find_wrong(
    project: Project,
    locale: Locale,
    document: Document,
    proposals: Sequence[tuple[Text, Proposal]],
) -> dict[object, str]:
    """Why proposals are not written: what the checks say that would harm somebody, by key.

    They are asked as if somebody had confirmed the proposal.
    """
    found = find_in_texts(
        [(text, replace(proposal.unit, fuzzy=False)) for text, proposal in proposals],
        path=project.catalog_path(locale.tag, document.topic, document.slug),
        tag=locale.tag,
        languages=project_languages(project, locale.tag),
    )
    judge = partial(project.checklist.judge, risk=document.metadata.risk)
    return {
        text.key: reason
        for (text, _), said in zip(proposals, found, strict=True)
        if (reason := _first_critical(map(judge, said)))
    }


def _first_critical(findings: Iterable[Finding]) -> str:
    critical = (each for each in findings if each.severity is Severity.CRITICAL)
    return next((f"{each.message} ({each.check})" for each in critical), "")
