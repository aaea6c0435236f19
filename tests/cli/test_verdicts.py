"""What the checks said is remembered under all that it depends on, and under nothing else."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import Languages
from pipeline.cli.digests import CHECKING, CHECKING_PACKAGES
from pipeline.cli.gates import find_in_texts
from pipeline.cli.verdicts import Found, Pairs, Subject, Verdicts
from pipeline.languages import load_language
from pipeline.model import Segment, SegmentKind, Unit
from pipeline.qa import Text
from pipeline.segments import find_protected

#: Right and wrong translations of the same texts.
TEXTS = {
    "so": {
        "Stay at home for 5 days.": ("Guriga joog 5 maalmood.", "Guriga joog 50 maalmood."),
        "Call [111](tel:111).": ("Wac [111](tel:111).", "Wac 111."),
    },
    "ar": {
        "Stay at home for 5 days.": ("ابقَ في المنزل ٥ أيام.", "ابقَ في المنزل ٥ أسابيع."),
        "Call [111](tel:111).": ("اتصل بالرقم [111](tel:111).", "Call [111](tel:111)."),
    },
    "ti": {"Stay at home for 5 days.": ("ን5 መዓልቲ ኣብ ገዛ ጽናሕ።", "ን6 መዓልቲ ኣብ ገዛ ጽናሕ።")},
    "zh": {"Do not take more than 4 doses.": ("不要服用超过4剂。", "服用超过4剂。")},
}


def pair(source: str, target: str, kind: SegmentKind = SegmentKind.PARAGRAPH) -> tuple[Text, Unit]:
    segment = Segment(
        msgid=source,
        kind=kind,
        start=0,
        end=len(source),
        line=3,
        protected=find_protected(source),
    )
    text = Text(key=segment.key, segments=(segment,), critical=False)
    return text, Unit(msgid=source, msgstr=target, line=7)


class Asker:
    """The checks of a language, and how often they were asked."""

    def __init__(self, folder: Path, tag: str = "so", languages: str = "as they ship") -> None:
        self.folder, self.asked = folder, 0
        self.subject = Subject(
            resource="covid-19/fever", tag=tag, path=Path(f"{tag}.po"), languages=languages
        )
        self.languages = Languages(source=load_language("en"), target=load_language(tag))

    def look(self, pairs: Pairs) -> Found:
        self.asked += 1
        return find_in_texts(
            pairs, path=self.subject.path, tag=self.subject.tag, languages=self.languages
        )

    def run(self, pairs: Pairs) -> Found:
        """As a command does: from what is on disk, and back to it."""
        verdicts = Verdicts(folder=self.folder)
        found = verdicts.ask(self.subject, pairs, self.look)
        verdicts.save()
        return found


def lots(tag: str) -> Iterator[list[tuple[Text, Unit]]]:
    """A language's texts, all right and all wrong."""
    for which in (0, 1):
        yield [pair(source, targets[which]) for source, targets in TEXTS[tag].items()]


@pytest.mark.parametrize("tag", TEXTS)
def test_what_was_said_is_said_again_without_asking(tmp_path, tag):
    right, wrong = lots(tag)
    for number, pairs in enumerate((right, wrong), 1):
        asker = Asker(tmp_path / str(number), tag)
        first = asker.run(pairs)
        assert asker.run(pairs) == first == asker.look(pairs)
        assert asker.asked == 2
        assert bool(sum(first, ())) is (pairs is wrong)


def test_a_finding_is_told_at_the_line_where_its_text_stands_now(tmp_path):
    asker = Asker(tmp_path)
    text, unit = pair("Take 2 tablets.", "Qaado 3 kaniini.")
    asker.run([(text, unit)])
    ((finding,),) = asker.run([(text, replace(unit, line=90))])
    assert (asker.asked, finding.line) == (1, 90)
    assert finding.message == "The translation has 3 where the source has 2."


SOURCE, TARGET = "Drink water often.", "Biyo badan cab."


@pytest.mark.parametrize(
    "pairs",
    [
        [pair(SOURCE, "Biyo cab.")],
        [pair("Drink water.", TARGET)],
        [pair(SOURCE, TARGET, SegmentKind.CELL)],
        [pair(SOURCE, TARGET), pair("Rest.", "Naso.")],
    ],
    ids=["the target", "the source", "what it is on its page", "another text of the file"],
)
def test_what_a_verdict_depends_on_asks_again(tmp_path, pairs):
    asker = Asker(tmp_path)
    asker.run([pair(SOURCE, TARGET)])
    asker.run(pairs)
    assert asker.asked == 2


def test_another_table_or_glossary_of_the_language_asks_again(tmp_path):
    Asker(tmp_path).run([pair(SOURCE, TARGET)])
    asker = Asker(tmp_path, languages="with a glossary")
    asker.run([pair(SOURCE, TARGET)])
    assert asker.asked == 1


@settings(max_examples=25)
@given(
    texts=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=4),
    others=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=4),
)
def test_no_two_catalogs_have_one_key(texts, others):
    one, other = ([pair(*each) for each in some] for some in (texts, others))
    subject, verdicts = Asker(Path()).subject, Verdicts()
    assert (verdicts.key_of(subject, one) == verdicts.key_of(subject, other)) is (texts == others)


@pytest.mark.parametrize("cut", [1, 30, 60])
def test_a_damaged_file_is_none(tmp_path, cut):
    asker = Asker(tmp_path)
    first = asker.run([pair("Take 2 tablets.", "Qaado 3 kaniini.")])
    (path,) = tmp_path.rglob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-cut])
    assert asker.run([pair("Take 2 tablets.", "Qaado 3 kaniini.")]) == first
    assert asker.asked == 2


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "verdicts").write_text("a file")
    asker = Asker(tmp_path / "verdicts")
    asker.run([pair(SOURCE, TARGET)])
    asker.run([pair(SOURCE, TARGET)])
    assert asker.asked == 2


def test_what_is_gone_is_forgotten_and_so_is_what_a_killed_run_has_left(tmp_path):
    Asker(tmp_path).run([pair(SOURCE, TARGET)])
    (tmp_path / "covid-19/.fever.jsonl.x1.tmp").write_text("half of")
    (tmp_path / "old-topic").mkdir()
    (tmp_path / "old-topic/gone.jsonl").write_text("x")
    Verdicts(folder=tmp_path).keep_only(["covid-19/fever"])
    assert [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*")] == ["covid-19/fever.jsonl"]
    assert not (tmp_path / "old-topic").exists()


def test_only_what_a_verdict_depends_on_makes_status_ask_again(place, pipeline):
    """The file is written only after the checks were asked."""
    pipeline("sync")
    place.translate({"Drink water often.": "Biyo badan cab.", "Rest": "Nasasho"})
    kept = place.root / ".cache/pipeline/verdicts/covid-19/fever.jsonl"

    def is_asked_again() -> bool:
        before = kept.stat().st_ino if kept.exists() else 0
        pipeline("status")
        return kept.stat().st_ino != before

    def swap(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert re.search(old, text)
        path.write_text(re.sub(old, new, text), "utf-8")

    assert is_asked_again()
    swap(place.root / "pipeline.toml", "demonstration = true", "demonstration = false")
    assert not is_asked_again()
    swap(place.resource, "last_checked: 2026-11-20", "last_checked: 2026-11-21")
    swap(place.resource, "Drink water often.\n", "Drink\nwater often.\n")
    assert not is_asked_again()
    (place.root / "locales/so/glossary.csv").write_text(
        "source_term,target_term,status\nwater,biyo,preferred\n", "utf-8"
    )
    assert is_asked_again()
    swap(place.catalog, "Biyo badan cab", "Biyo cab")
    assert is_asked_again()
    assert not is_asked_again()


def test_everything_that_the_checks_are_made_of_counts():
    graph = grimp.build_graph("pipeline", include_external_packages=True, cache_dir=None)
    asked = {"checks.running", "segments.problems", "languages.loading", "glossary.reading"}
    used = {f"pipeline.{module}" for module in asked}
    used |= {module for each in asked for module in graph.find_upstream_modules(f"pipeline.{each}")}
    ours = {module for module in used if module.startswith("pipeline.")}
    rooms = {module.split(".")[1] for module in ours if module.count(".") > 1}
    rooms |= {module.split(".")[1] for module in ours if graph.find_children(module)}
    assert rooms == set(CHECKING)
    others = {module.split(".")[0] for module in used - ours} - sys.stdlib_module_names
    named = packages_distributions()
    assert {name for each in others for name in named[each]} <= set(CHECKING_PACKAGES)
