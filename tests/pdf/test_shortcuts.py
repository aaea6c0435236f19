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


@pytest.mark.parametrize(("tag", "page"), [("ar", ARABIC), ("so", SOMALI)])
def test_leaflets_are_the_same_bytes_without_them(make_job, cache_dir, tag, page):
    job = make_job(page, tag=tag)
    quick = render_leaflet(job, cache_dir=cache_dir)
    shortcuts.remove()
    try:
        assert render_leaflet(job, cache_dir=cache_dir) == quick
    finally:
        shortcuts.install()
