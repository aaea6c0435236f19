"""The project → a report: the checklist answered for each resource in each language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.checks.media import check_own_media
from pipeline.cli.approval import Office
from pipeline.cli.gates import cell_gate
from pipeline.cli.interface import read_or_report
from pipeline.cli.media.showing import judge_own
from pipeline.cli.output import check_site, read_output
from pipeline.cli.source_checks import check_source, find_segments
from pipeline.cli.survey import Prepared, prepare
from pipeline.cli.units import digest_pictures
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import PipelineError
from pipeline.ledger import Cover, Ledger, Standing, digest
from pipeline.model import Catalog, Finding, Severity, UnitKey
from pipeline.qa import Gate
from pipeline.qa.media import Media
from pipeline.qa.report import Account, Facts, ListedWaiver, Noted, Report, answer
from pipeline.qa.waivers import finding_id, list_waivers
from pipeline.status import is_wanted
from pipeline.workflow import Event, Role, Stage

_SOURCE = frozenset({Stage.SOURCE})
_SITE = ("", "")
#: ``so/covid-19/fever/index.html``: a file of a resource lies below three folders.
_RESOURCE_DEPTH = 3
_TARGET = frozenset({Stage.UNIT, Stage.DOCUMENT, Stage.OUTPUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is asked about; nothing named is all.

    Attributes:
        resources: ``topic/slug``.
        tags: tags of locales; the source's for the source text.
        with_site: the site that was built last is looked at too.
    """

    resources: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    with_site: bool = False

    def has(self, tag: str) -> bool:
        """Whether a language is asked about."""
        return not self.tags or tag in self.tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A project as it was looked at.

    Attributes:
        report: the report.
        names: ``topic/slug`` of all usable resources.
        errors: files that cannot be used, and why.
    """

    report: Report
    names: tuple[str, ...]
    errors: tuple[PipelineError, ...]


@dataclass(kw_only=True)
class _Book:
    """What is gathered on the way."""

    office: Office
    accounts: list[Account] = field(default_factory=list)
    waivers: list[ListedWaiver] = field(default_factory=list)
    errors: list[PipelineError] = field(default_factory=list)
    output: Mapping[tuple[str, str], Sequence[Finding]] | None = None


def look_at(office: Office, wanted: Wanted) -> Looked:
    """Answer the checklist for what is asked about.

    Args:
        office: where the project and its ledgers are read.
        wanted: the resources and languages.
    """
    project, book = office.project, _Book(office=office)
    if wanted.with_site:
        book.output = _look_at_site(project)
    library = read_documents(project, today=office.now.date())
    book.errors += library.errors
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    for document in library.documents:
        if wanted.resources and str(document.id) not in wanted.resources:
            continue
        item = prepare(office, document, pictures, book.errors)
        if wanted.has(project.source.tag):
            _look_at_source(book, item)
        for locale in project.locales:
            if wanted.has(locale.tag) and is_wanted(document, locale):
                _look_at_translation(book, item, locale.tag)
    _enter_the_rest(book)
    report = Report(
        root=project.root,
        now=office.now,
        accounts=tuple(book.accounts),
        waivers=tuple(book.waivers),
        is_demonstration=project.demonstration,
    )
    names = tuple(str(document.id) for document in library.documents)
    return Looked(report=report, names=names, errors=tuple(book.errors))


def _look_at_site(project: Project) -> Mapping[tuple[str, str], Sequence[Finding]]:
    """What the checks of the output see in the site, by resource and locale; the rest by none."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in check_site(read_output(project.site_dir, project), project):
        parts = finding.path.relative_to(project.site_dir).parts
        is_resource = len(parts) > _RESOURCE_DEPTH and parts[1] in project.topics
        key = ("/".join(parts[1:_RESOURCE_DEPTH]), parts[0]) if is_resource else _SITE
        found.setdefault(key, []).append(finding)
    return found


def _enter_the_rest(book: _Book) -> None:
    """What was seen in the site and belongs to no resource that is asked about."""
    rest = (book.output or {}).get(_SITE, ())
    if rest:
        facts = Facts(stages=frozenset({Stage.OUTPUT}), risk=None, noted=_of_site(rest))
        answers = answer(book.office.project.checklist, facts)
        told = tuple(each for each in answers if each.noted)
        book.accounts.append(Account(resource="site", locale="", answers=told))


def _of_site(findings: Iterable[Finding]) -> list[Noted]:
    return [
        Noted(finding=finding, id=finding_id(finding, digest(str(finding.path).encode())))
        for finding in findings
    ]


def _look_at_source(book: _Book, item: Prepared) -> None:
    document, office = item.document, book.office
    tag, ledger = office.project.source.tag, item.matter.approval.ledger
    cover = Cover(ledger, office.terms(document, of_source=True))
    noted = []
    today = office.now.date()
    for found in check_source(document, item.segments, locale=tag, today=today):
        finding = office.project.checklist.judge(found, document.metadata.risk)
        unit = _source_unit(item, finding)
        name = finding_id(finding, unit)
        is_critical = finding.severity is Severity.CRITICAL
        waiver = None if is_critical else cover.waiver(unit, name)
        noted.append(Noted(finding=finding, id=name, unit=unit, waiver=waiver))
    standings = item.matter.approval.standings
    media = _look_at_media(book, item, tag, None, ledger)
    noted += _noted_media(book, item, tag, media, cover)
    facts = _facts(book, item, standings, tag=tag, noted=noted, media=media)
    _enter(book, item, tag, facts, ledger, cover)


def _source_unit(item: Prepared, finding: Finding) -> str:
    """The digest of the text that a finding is in; of the whole file, where it is in none."""
    for segment in find_segments(item.document, item.segments, finding):
        return item.digest_of(segment.key, "")
    return digest(item.document.text.encode())


def _look_at_translation(book: _Book, item: Prepared, tag: str) -> None:
    office, document = book.office, item.document
    path = office.project.catalog_path(tag, document.topic, document.slug)
    catalog = Catalog()
    if path.exists():
        catalog, _ = read_or_report(path, tag, book.errors)
    ledger = office.read(document, tag, book.errors)
    cover = Cover(ledger, office.terms(document, of_source=False))
    gate = cell_gate(office, document, item.texts, catalog, ledger, item.digest_of, tag=tag)
    keys = {segment.key for segment in item.segments}
    media = _look_at_media(book, item, tag, catalog, ledger)
    facts = _facts(
        book,
        item,
        gate.standings,
        tag=tag,
        noted=[*_noted(gate, catalog, item), *_noted_media(book, item, tag, media, cover)],
        media=media,
        untranslated=len(keys - gate.translated),
    )
    _enter(book, item, tag, facts, ledger, cover)


def _look_at_media(
    book: _Book, item: Prepared, tag: str, catalog: Catalog | None, ledger: Ledger
) -> tuple[Media, ...]:
    """What a language has of its own of a resource, or should have."""
    if item.media.is_empty:
        return ()
    judged = judge_own(book.office, item.media, tag, catalog, ledger, book.errors)
    return tuple(media for _, media in judged)


def _noted_media(
    book: _Book, item: Prepared, tag: str, media: Sequence[Media], cover: Cover
) -> list[Noted]:
    """What is missing, stale or not recorded of it."""
    project, noted = book.office.project, []
    files = [(each.file, each.state) for each in media]
    folder = project.content_dir if tag == project.source.tag else project.locales_dir / tag
    for found in check_own_media(files, item.document.path, folder, tag):
        finding = project.checklist.judge(found, item.document.metadata.risk)
        unit = digest(finding.message.encode())
        name = finding_id(finding, unit)
        noted.append(Noted(finding=finding, id=name, unit=unit, waiver=cover.waiver(unit, name)))
    return noted


def _noted(gate: Gate, catalog: Catalog, item: Prepared) -> list[Noted]:
    units = catalog.by_key()

    def note(finding: Finding, waiver: Event | None = None) -> Noted:
        key = UnitKey(finding.context, finding.msgid or "")
        unit = item.digest_of(key, units[key].msgstr if key in units else "")
        return Noted(finding=finding, id=finding_id(finding, unit), unit=unit, waiver=waiver)

    noted = [note(finding) for finding in gate.findings]
    noted += (note(each.finding, each.waiver) for each in gate.waived)
    return sorted(noted, key=lambda each: each.finding.line or 0)


def _facts(
    book: _Book,
    item: Prepared,
    standings: Mapping[UnitKey, Standing],
    *,
    tag: str,
    noted: Sequence[Noted],
    media: Sequence[Media],
    untranslated: int = 0,
) -> Facts:
    project, metadata = book.office.project, item.document.metadata
    of_source = tag == project.source.tag
    steps = project.workflow.tiers[metadata.risk].steps(of_source=of_source)
    output = (book.output or {}).get((str(item.document.id), tag), ())
    side = "" if of_source else f" --locale {tag}"
    return Facts(
        stages=_SOURCE if of_source else _TARGET,
        risk=metadata.risk,
        noted=(*noted, *_of_site(output)),
        texts=len({segment.key for segment in item.segments}),
        untranslated=untranslated,
        roles=frozenset(role for step in steps for role in step),
        missing=_count(standing.missing for standing in standings.values()),
        owed=_count(standing.owed for standing in standings.values()) + _count(_waited_for(media)),
        command=f"pipeline review {item.document.id}{side} --role ROLE",
        is_output_known=book.output is not None,
    )


def _waited_for(media: Iterable[Media]) -> Iterator[tuple[Role, ...]]:
    """Who has still to sign each file: the text does not wait for them."""
    for each in media:
        if each.standing is not None and each.is_needed:
            yield (*each.standing.missing, *each.standing.owed)


def _count(roles: Iterator[tuple[Role, ...]]) -> Counter[Role]:
    return Counter(role for some in roles for role in some)


def _enter(
    book: _Book, item: Prepared, tag: str, facts: Facts, ledger: Ledger, cover: Cover
) -> None:
    name = str(item.document.id)
    answers = answer(book.office.project.checklist, facts)
    book.accounts.append(Account(resource=name, locale=tag, answers=answers))
    found = [(noted.id, noted.finding) for noted in facts.noted]
    listed = list_waivers(ledger.lines, found, cover, now=book.office.now)
    book.waivers += (ListedWaiver(resource=name, locale=tag, listed=each) for each in listed)
