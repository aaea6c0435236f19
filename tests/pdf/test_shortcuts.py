"""Shortcuts change how long a leaflet takes, and nothing else."""

import pytest

from pipeline.pdf import render_leaflet, shortcuts

ARABIC = (
    "<article><h2>متى تطلب المساعدة</h2><p>اتصل بالرقم <bdi dir='ltr'>999</bdi> الآن.</p>"
    "<ul><li>ضيق شديد في التنفس</li></ul><table><tr><th>العمر</th><td>٣ أشهر</td></tr></table>"
    "<p style='width: 50%; letter-spacing: 1pt'><a href='https://www.nhs.uk/'>NHS</a></p></article>"
)
SOMALI = (
    "<article><h2>Goorta caawimo laga raadsado</h2><p>Wac <strong>999</strong> hadda.</p>"
    "<ol><li>neefsasho adag</li><li>xanuun xabadka ah</li></ol>"
    "<p style='padding: calc(1% + 1mm)'>Cab biyo badan.</p></article>"
)
#: Each number is a box of its own: where a line is full, the boxes before it are set once more.
NUMBERS = "<article>{}</article>".format(
    "".join(
        f"<p>اشرب <bdi dir='ltr'>{glasses}</bdi> أكواب من الماء كل <bdi dir='ltr'>24</bdi> ساعة،"
        f" <em>واتصل</em> بالرقم <bdi dir='ltr'>999</bdi> إذا زادت الحرارة على <bdi dir='ltr'>"
        f"{glasses + 30} °C</bdi>، أو بالرقم <bdi dir='ltr'>111</bdi> في <b>كل</b> وقت.</p>"
        for glasses in range(3, 12)
    )
)


@pytest.mark.parametrize(("tag", "page"), [("ar", ARABIC), ("so", SOMALI), ("ar", NUMBERS)])
def test_leaflets_are_the_same_bytes_without_them(make_job, cache_dir, tag, page):
    job = make_job(page, tag=tag)
    quick = render_leaflet(job, cache_dir=cache_dir)
    shortcuts.remove()
    try:
        assert render_leaflet(job, cache_dir=cache_dir) == quick
    finally:
        shortcuts.install()


def test_a_line_that_is_split_again_is_taken_from_memory(make_job, cache_dir, monkeypatch):
    job = make_job(NUMBERS, tag="ar")
    asked, split = [], shortcuts._split_first_line  # noqa: SLF001

    def count(*how: object, **which: object) -> object:
        asked.append(how)
        return split(*how, **which)

    monkeypatch.setattr(shortcuts, "_split_first_line", count)
    render_leaflet(job, cache_dir=cache_dir)
    with_memory = len(asked)
    monkeypatch.setattr(shortcuts, "_split", shortcuts._split_first_line)  # noqa: SLF001
    shortcuts.install()
    render_leaflet(job, cache_dir=cache_dir)
    monkeypatch.undo()
    shortcuts.install()
    assert 0 < with_memory < 0.8 * (len(asked) - with_memory)
