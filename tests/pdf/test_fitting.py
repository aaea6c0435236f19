"""What is tried where a form comes to more pages than it should have."""

import pytest

from pipeline.model import LeafletVariant
from pipeline.pdf.workers import _engine


@pytest.fixture
def set_lines(make_job, cache_dir):
    """Lines of 10 mm on pages that have room for 20."""
    job = make_job("<article><p>Biyo badan cab.</p></article>")
    _engine(cache_dir, job.theme_dir)  # has WeasyPrint find the fonts
    from weasyprint import HTML  # noqa: PLC0415

    style = "@page { size: 100mm 220mm; margin: 10mm } p { margin: 0; line-height: 10mm }"

    def set_(count: int):
        lines = "<p>Biyo badan cab.</p>" * count
        return HTML(string=f"<style>{style}</style>{lines}").render()

    return set_


@pytest.mark.parametrize(("lines", "tried"), [(21, 3), (23, 3), (24, 2), (40, 2), (100, 2)])
def test_key_facts_are_not_tried_in_letters_in_which_they_cannot_fit(set_lines, lines, tried):
    from pipeline.pdf.fitting import smaller  # noqa: PLC0415

    styles = list(smaller(LeafletVariant.KEY_FACTS, set_lines(lines)))
    assert len(styles) == tried
    assert all("columns: 2" in style for style in styles[-2:])


def test_each_form_that_may_have_one_page_has_smaller_letters_to_try(set_lines):
    from pipeline.pdf.fitting import smaller  # noqa: PLC0415

    document = set_lines(100)
    forms = [form for form in LeafletVariant if form.is_campaign]
    assert forms
    assert all(list(smaller(form, document)) for form in forms)
