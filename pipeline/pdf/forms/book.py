"""What stands before the pages of a book: the list of its chapters with their page numbers."""

from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.bidi import find_runs
from pipeline.model import Direction
from pipeline.pdf.binding import link_to
from pipeline.pdf.jobs import Chapter, LeafletJob
from pipeline.pdf.parts import marked, shown_digits


def list_chapters(job: LeafletJob) -> html.HtmlElement:
    """The contents of a book, each line with the number of the page that it leads to.

    Args:
        job: the book.
    """
    contents = E.OL(E.CLASS("leaflet-contents"))
    digits = str.maketrans("0123456789", shown_digits(job.locale))
    for number, chapter in enumerate(job.chapters, 1):
        entry = marked(E.A(href=link_to(number)), chapter.title, job)
        entry.set("data-page", str(chapter.first_page).translate(digits))
        _say(entry, chapter, job)
        contents.append(E.LI(entry))
    return E.MAIN(contents)


def _say(entry: html.HtmlElement, chapter: Chapter, job: LeafletJob) -> None:
    """Put a title into its line; numbers in it read the right way round."""
    text = chapter.title.text
    is_rtl = chapter.title.locale == job.locale.tag and job.locale.direction is Direction.RTL
    runs = list(find_runs(text)) if is_rtl else []
    entry.text = text[: runs[0].start] if runs else text
    ends = [*(run.start for run in runs[1:]), len(text)]
    for run, end in zip(runs, ends, strict=False):
        isolated = E.BDI(text[run.start : run.end], dir="ltr")
        isolated.tail = text[run.end : end]
        entry.append(isolated)
