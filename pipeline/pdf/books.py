"""Books: leaflets that stand beside their pages, bound below a list of contents."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PdfError
from pipeline.files import write_atomic
from pipeline.model import Locale
from pipeline.pdf.binding import (
    Before,
    Measure,
    Numerals,
    Part,
    bind,
    has_all_of,
    measure,
    read_before,
    read_measures,
)
from pipeline.pdf.fonts import LATIN_FAMILY
from pipeline.pdf.glyphs import choose_families
from pipeline.pdf.parts import shown_digits
from pipeline.pdf.reading import PdfFacts, read_facts
from pipeline.pdf.workers import digest_of_leaflets, find_fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class BookJob:
    """A book to be bound.

    Attributes:
        pdf_path: where it goes.
        contents_path: the PDF of what comes first.
        leaflets: the leaflets, in their order.
        titles: of each, as it stands in the contents.
        before_path: where the book is published, if it is.
        index_path: what is noted of it, so that the next one is made of it; may be gone any time.
        locale: the reader's locale.
        theme_dir: folder of the theme, with fonts of the project's own.
        cache_dir: folder of the cache of leaflets.
    """

    pdf_path: Path
    contents_path: Path
    leaflets: tuple[Path, ...]
    titles: tuple[str, ...]
    before_path: Path
    index_path: Path
    locale: Locale
    theme_dir: Path
    cache_dir: Path


#: Of each leaflet the digest of its bytes, and how much it takes.
Measured = tuple[tuple[str, Measure], ...]


def measure_book(job: BookJob) -> Measured | PdfError:
    """How many pages the leaflets of a book have; asked before its contents can be set.

    Args:
        job: the book.

    Returns:
        That, or why it cannot be bound.
    """
    if not job.leaflets:
        return _fault(ValueError("none of its leaflets could be made"), job.pdf_path)
    known = read_measures(_read(job.index_path))
    found = []
    for path in job.leaflets:
        try:
            data = path.read_bytes()
            key = hashlib.sha256(data).hexdigest()
            found.append((key, known.get(key) or measure(data)))
        except (OSError, ValueError) as error:
            return _fault(error, path)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What came of a book.

    Attributes:
        fresh: which of its leaflets were not copied from the book that was there, from 0.
        is_new: whether it is another than that.
    """

    fresh: tuple[int, ...]
    is_new: bool


def bind_book(job: BookJob, measured: Measured) -> Binding | PdfError:
    """Bind a book.

    Args:
        job: the book.
        measured: what :func:`measure_book` found.

    Returns:
        What came of it, or why it cannot be bound.

    Raises:
        MachineError: a font package is missing.
    """
    index = _read(job.index_path)
    program = digest_of_leaflets()
    there = _read(job.before_path)
    before = read_before(there, index, program) if index else Before()
    parts = [
        Part(key=key, title=title, measure=taken, read=path.read_bytes)
        for (key, taken), title, path in zip(measured, job.titles, job.leaflets, strict=True)
    ]
    try:
        bound = bind(job.contents_path.read_bytes(), parts, _numerals(job), before, program)
    except (OSError, ValueError) as error:
        return _fault(error, job.pdf_path)
    is_new = bound.data != there
    write_atomic(job.pdf_path, bound.data)
    with suppress(OSError):  # the next time all of it is bound
        write_atomic(job.index_path, bound.index)
    return Binding(fresh=bound.fresh, is_new=is_new)


def read_book(book: bytes, contents: bytes, fresh: Sequence[bytes]) -> PdfFacts:
    """What a book says that others did not say before it was bound.

    Args:
        book: the PDF.
        contents: the PDF that comes first in it.
        fresh: its leaflets that are not in a book that was read.

    Returns:
        Its title and language, the text of the contents and of these leaflets; that a part is
        not in it as it should be is a fault.
    """
    read = [read_facts(each) for each in (contents, *fresh)]
    faults = [each.fault for each in read if each.fault]
    try:
        is_whole = has_all_of(book, (*fresh, contents))  # as they lie in it
    except ValueError:  # nobody can tell
        is_whole = False
    if not is_whole:
        faults.append("a leaflet is not in it as it should be")
    first = read[0]
    return PdfFacts(
        title=first.title,
        language=first.language,
        is_tagged=all(each.is_tagged for each in read),
        missing_glyphs=sum(each.missing_glyphs for each in read),
        text="\n".join(each.text for each in read),
        fault="; ".join(faults),
    )


def _numerals(job: BookJob) -> Numerals:
    fonts, digits = find_fonts(job.cache_dir, job.theme_dir), shown_digits(job.locale)
    names = choose_families(digits, job.locale.fonts, fonts).names
    if digits.isascii():  # as numbers in the text
        names = (LATIN_FAMILY, *names)
    family = next((n for n in names if all(fonts.covers(n, digit) for digit in digits)), None)
    if family is None:
        raise ValueError(f"no font has all of {digits}")
    return Numerals(fonts.files[family], digits, job.locale.direction)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _fault(error: Exception, path: Path) -> PdfError:
    return PdfError(
        f"A book cannot be bound of this: {error}.",
        remedy="Build again with `pipeline build`; if it stays, tell the maintainers.",
        path=path,
    )
