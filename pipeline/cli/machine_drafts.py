"""Which machine drafts a language, and what the checks say of its drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.cli.gates import find_in_texts, project_languages
from pipeline.config import Project
from pipeline.draft import (
    ArgosTranslator,
    Drafter,
    Empty,
    Model,
    Translator,
    find_route,
    models_folder,
    read_models,
)
from pipeline.glossary import TermStatus
from pipeline.model import Catalog, Document, Finding, Locale
from pipeline.qa import gather_texts
from pipeline.segments import split_document

#: ISO 15924 codes of scripts that write no spaces between words.
_UNSPACED = frozenset(
    {"Hani", "Hans", "Hant", "Jpan", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The models for a language.

    Attributes:
        route: the models that draft, in order; none where there is no machine.
        detour: the models that would, if a third language were allowed between.
        back: the models for the way back; none where there is none.
    """

    route: tuple[Model, ...] = ()
    detour: tuple[Model, ...] = ()
    back: tuple[Model, ...] = ()

    @property
    def name(self) -> str:
        """What is said of it before it runs: ``en_ar 1.0``."""
        return " + ".join(model.name for model in self.route)


def find_machine(project: Project, locale: Locale, *, may_pivot: bool) -> Machine:
    """The models on this machine that draft a language. Loads none of them.

    Args:
        project: the project.
        locale: the language.
        may_pivot: whether a third language may stand between.
    """
    models = read_models(models_folder(project.models_dir))
    source, target = project.source.tag, locale.tag
    detour = find_route(models, source, target, may_pivot=True)
    return Machine(
        route=detour if may_pivot else find_route(models, source, target),
        detour=detour,
        back=find_route(models, target, source),
    )


def start_machine(project: Project, locale: Locale, machine: Machine) -> Drafter:
    """Load the models of a language.

    Raises:
        MachineError: Argos Translate is not installed.
        ModelError: a model cannot be opened.
    """
    work = project.cache_dir / "argos"
    back: Translator | None = ArgosTranslator(machine.back, work) if machine.back else None
    return Drafter(
        translator=ArgosTranslator(machine.route, work),
        source=project.source.tag,
        target=locale.tag,
        is_spaced=locale.script not in _UNSPACED,
        keep=partial(_find_kept, _kept_terms(project, locale)),
        back=back,
    )


def _kept_terms(project: Project, locale: Locale) -> tuple[str, ...]:
    glossary = project_languages(project, locale.tag).glossary
    return tuple(
        term.source for term in glossary.terms if term.status is TermStatus.DO_NOT_TRANSLATE
    )


def _find_kept(terms: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(term for term in terms if term in text)


def judge_drafts(
    project: Project,
    locale: Locale,
    document: Document,
    catalog: Catalog,
    drafts: Sequence[Empty],
) -> list[tuple[Finding, ...]]:
    """What the checks say of drafts, as if somebody had confirmed them.

    They look at the whole catalog, as they do later: of its translations they learn what its
    language looks like, and a draft may say what another translation says already.

    Args:
        project: the project.
        locale: the language.
        document: the resource.
        catalog: its catalog, in which the drafts are empty.
        drafts: the drafts, each with the places in which its source stands.
    """
    drafted = {unit.key: replace(unit, fuzzy=False) for unit, _ in drafts}
    units = catalog.by_key() | drafted
    texts = [text for text in gather_texts(split_document(document)) if text.key in units]
    there = [(text, units[text.key]) for text in texts if units[text.key].is_current]
    found = find_in_texts(
        there,
        path=project.catalog_path(locale.tag, document.topic, document.slug),
        tag=locale.tag,
        languages=project_languages(project, locale.tag),
    )
    by_key = {text.key: said for (text, _), said in zip(there, found, strict=True)}
    judge = partial(project.checklist.judge, risk=document.metadata.risk)
    return [tuple(map(judge, by_key[unit.key])) for unit, _ in drafts]
