"""The cache of leaflets: what pages have stays, what nobody asks for goes after a month."""

import os
import time

import pytest

from pipeline.pdf import Rendered, prune_leaflets
from pipeline.pdf.kept import deliver_leaflet, keep_leaflet, read_remarks

OLD, NEW = b"%PDF- Naso. %%EOF", b"%PDF- Naso oo cab biyo. %%EOF"
MONTH = 31 * 24 * 3600


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def have(cache):
    """Have a leaflet made for a page, under a name of its own in the cache."""

    def have(job, name, data, *remarks):
        kept = cache / "leaflets" / f"{name}.pdf"
        keep_leaflet(kept, Rendered(data=data, warnings=remarks))
        assert deliver_leaflet(kept, job, cache)
        return kept

    return have


def a_month_later(cache):
    then = time.time() - MONTH
    for path in [*cache.rglob("*.pdf"), *cache.rglob("*.txt"), *cache.glob("pruned")]:
        os.utime(path, (then, then))


def test_a_leaflet_that_its_page_still_has_stays_when_nobody_asks_for_it(make_job, have, cache):
    job = make_job("<p>Naso.</p>", tag="so", slug="rest")
    kept = have(job, "rest", OLD, "Line 3: long.")
    a_month_later(cache)

    prune_leaflets(cache, job.site_root.parent)

    assert kept.read_bytes() == OLD
    assert read_remarks(kept) == ["Line 3: long."]
    assert deliver_leaflet(kept, job, cache)


def test_what_an_edit_put_another_in_the_place_of_goes_after_a_month(make_job, have, cache):
    job = make_job("<p>Naso.</p>", tag="so", slug="rest")
    before, after = have(job, "before", OLD, "Line 3: long."), have(job, "after", NEW)

    prune_leaflets(cache, job.site_root.parent)
    assert before.is_file()  # somebody may take the edit back

    a_month_later(cache)
    prune_leaflets(cache, job.site_root.parent)
    assert not before.exists()
    assert read_remarks(before) == []
    assert after.read_bytes() == NEW


def test_the_leaflet_of_a_page_that_is_no_more_goes_after_a_month(make_job, have, cache, tmp_path):
    kept = have(make_job("<p>Naso.</p>", tag="so", slug="rest"), "rest", OLD)
    a_month_later(cache)
    prune_leaflets(cache, tmp_path / "an empty site")
    assert not kept.exists()


def test_the_leaflet_of_a_page_that_was_withdrawn_goes_after_a_month(make_job, have, cache):
    job = make_job("<p>Naso.</p>", tag="so", slug="rest")
    kept = have(job, "rest", OLD)
    job.pdf_path.unlink()  # a notice stands in the place of the page
    a_month_later(cache)
    prune_leaflets(cache, job.site_root.parent)
    assert not kept.exists()


def test_two_pages_with_the_same_leaflet_have_it_as_long_as_one_is_there(make_job, have, cache):
    rest = make_job("<p>Naso.</p>", tag="so", slug="rest")
    same = make_job("<p>Naso.</p>", tag="so", slug="same")
    kept = have(rest, "rest", OLD)
    assert have(same, "rest", OLD) == kept
    rest.pdf_path.unlink()
    a_month_later(cache)
    prune_leaflets(cache, rest.site_root.parent)
    assert kept.is_file()


def test_the_files_are_asked_once_a_day(make_job, have, cache, tmp_path):
    kept = have(make_job("<p>Naso.</p>", tag="so", slug="rest"), "rest", OLD)
    prune_leaflets(cache, tmp_path)
    a_month_later(cache)
    (cache / "pruned").touch()
    prune_leaflets(cache, tmp_path)
    assert kept.is_file()
    in_the_future = time.time() + MONTH  # the clock was put right since
    os.utime(cache / "pruned", (in_the_future, in_the_future))
    prune_leaflets(cache, tmp_path)
    assert not kept.exists()


def test_where_files_have_one_name_alone_all_goes_after_a_month(make_job, have, cache, monkeypatch):
    def refuse(*_names, **_options):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)  # as a stick with FAT does it
    job = make_job("<p>Naso.</p>", tag="so", slug="rest")
    kept = have(job, "rest", OLD)
    assert job.pdf_path.read_bytes() == OLD
    a_month_later(cache)
    prune_leaflets(cache, job.site_root.parent)
    assert not kept.exists()
