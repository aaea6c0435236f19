"""A part of a locale's website is as large as its own pages, however many the locale has."""

import pickle
from pathlib import Path

from pipeline.website import Cutter, LocaleSite, Manuscript

SOMALI = "Biyo badan cab. Haddii aad neefsan weydo, wac 999. "


def cutter(workshop, count):
    """Many resources; the first leads to the last, which another topic has too."""
    pages = []
    for number in range(count):
        document = workshop.document(f"covid-19/page-{number:03}", f"Page {number}")
        text = SOMALI * 50 + f"Bog {number}."
        if not number:
            text += f"[Kan kale](page-{count - 1:03}.md) ![Taleefan](images/phone.svg)"
        pages.append(workshop.page(document, "so", text, title=f"Bog {number}"))
    pictures = {Path(f"covid-19/images/{n}.svg"): b"<svg/>" * 99 for n in ("phone", *range(count))}
    manuscript = Manuscript(
        project=workshop.project,
        site=LocaleSite(
            locale=workshop.project.locale("so"), interface=workshop.interface("so"), pages=pages
        ),
        published={str(page.document.id): ("en", "so") for page in pages}
        | {f"vaccination/page-{count - 1:03}": ("en",), "vaccination/other": ("en",)},
        open_locales=workshop.locales(("en", "so")),
        pictures=pictures,
        pdfs=False,
    )
    return Cutter(manuscript=manuscript)


def test_a_part_has_of_other_pages_only_what_its_own_show_of_them(workshop):
    some = cutter(workshop, 30)
    part = some.make_part(some.cut_out(["covid-19/page-000"]))
    targets = dict(part.targets)
    assert targets["covid-19/page-029"] == "covid-19/page-029/"
    assert targets["vaccination/page-029"].endswith("/en/vaccination/page-029/")
    assert targets["covid-19/"] == "covid-19/"
    assert not {"covid-19/page-001", "vaccination/other"} & targets.keys()
    assert list(part.pictures) == [Path("covid-19/images/phone.svg")]
    before, after = part.around["covid-19/page-000"]
    assert before is None
    assert after is not None
    assert after.title.text == "Bog 1"


def test_it_is_no_larger_in_a_larger_locale(workshop):
    sizes = []
    for count in (30, 300):
        some = cutter(workshop, count)
        part = some.make_part(some.cut_out([f"covid-19/page-{n:03}" for n in range(10)]))
        sizes.append(len(pickle.dumps(part)))
    assert sizes[1] < sizes[0] + 1000  # seven more pages of the list of its topic


def test_what_is_cut_is_each_page_once_and_in_order(workshop):
    some = cutter(workshop, 450)
    chunks = some.cut()
    assert [len(chunk.lists) for chunk in chunks] == [14, 0, 0, 0]
    assert [len(chunk.pages) for chunk in chunks] == [0, 200, 200, 50]
    assert [name for chunk in chunks for name in chunk.names] == [
        f"covid-19/page-{number:03}" for number in range(450)
    ]
    assert [chunk.has_home for chunk in chunks] == [True, False, False, False]
