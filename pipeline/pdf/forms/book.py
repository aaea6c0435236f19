"""What stands before the pages of a book: the list of its chapters.

Their page numbers are drawn when the book is bound (``binding/contents.py``).
"""

from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.bidi import find_runs
from pipeline.model import Direction, Phrase
from pipeline.pdf.binding import link_to
from pipeline.pdf.jobs import LeafletJob
from pipeline.pdf.parts import marked


def list_chapters(job: LeafletJob) -> html.HtmlElement:
    """The contents of a book, each line a link to a chapter.

    Args:
        job: the book.
    """
    contents = E.OL(E.CLASS("leaflet-contents"))
    for number, title in enumerate(job.chapters, 1):
        entry = marked(E.A(href=link_to(number)), title, job)
        _say(entry, title, job)
        contents.append(E.LI(entry))
    return E.MAIN(contents)


def _say(entry: html.HtmlElement, title: Phrase, job: LeafletJob) -> None:
    """Put a title into its line; numbers in it read the right way round."""
    text = title.text
    is_rtl = title.locale == job.locale.tag and job.locale.direction is Direction.RTL
    runs = list(find_runs(text)) if is_rtl else []
    entry.text = text[: runs[0].start] if runs else text
    ends = [*(run.start for run in runs[1:]), len(text)]
    for run, end in zip(runs, ends, strict=False):
        isolated = E.BDI(text[run.start : run.end], dir="ltr")
        isolated.tail = text[run.end : end]
        entry.append(isolated)
