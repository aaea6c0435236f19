"""A file that nobody has changed follows the program; one that somebody has changed stays."""

from pipeline.cli.repository.shipped import digest_of_file, parse_origin, render_origin
from pipeline.cli.repository.theme import refresh

BASE, CARDS = "theme/site/base.html", "theme/site/cards.html"
OLD, NEW, OURS = b"<p>old</p>\n", b"<p>new</p>\n", b"<p>ours</p>\n"
ORIGIN = {BASE: digest_of_file(OLD)}


def test_a_file_as_it_was_laid_out_is_replaced():
    done = refresh({BASE: OLD}, {BASE: NEW}, ORIGIN)
    assert (done.written, done.kept) == ({BASE: NEW}, ())


def test_a_file_that_the_project_has_changed_stays_and_is_told():
    done = refresh({BASE: OURS}, {BASE: NEW}, ORIGIN)
    assert (done.written, done.kept) == ({}, (BASE,))


def test_the_program_s_theme_is_taken_where_somebody_asks_for_it():
    shipped = {BASE: NEW, "Makefile": NEW}
    done = refresh({BASE: OURS, "Makefile": OURS}, shipped, ORIGIN, takes_all=True)
    assert (done.written, done.kept) == ({BASE: NEW}, ("Makefile",))


def test_a_new_file_comes_and_one_that_was_taken_out_stays_out():
    assert refresh({}, {CARDS: NEW}, ORIGIN).written == {CARDS: NEW}
    assert refresh({}, {BASE: NEW}, ORIGIN).written == {}


def test_content_translations_and_words_are_no_theme():
    names = ("content/a/b.md", "locales/so/interface.po", "theme/interface.toml", "pipeline.toml")
    assert refresh(dict.fromkeys(names, OLD), dict.fromkeys(names, NEW), {}).written == {}


def test_line_ends_of_another_system_are_no_change():
    assert refresh({BASE: b"<p>old</p>\r\n"}, {BASE: NEW}, ORIGIN).written == {BASE: NEW}


def test_what_is_remembered_is_read_back_and_damage_means_that_nothing_is_known():
    assert parse_origin(render_origin({BASE: OLD, "content/a/b.md": OLD})) == ORIGIN
    for damaged in (b"", b"[]", b'{"files": 3}', b"\xff"):
        assert parse_origin(damaged) == {}
