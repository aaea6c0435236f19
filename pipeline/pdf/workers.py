"""Share leaflets out among processes that stay warm, and make none twice.

A leaflet is kept under the digest of everything that goes into it: its HTML, the style
sheet, pictures, fonts, libraries and this package. Two builds of the same content give
the same bytes, so the second has nothing to do.
"""

import hashlib
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PdfError, PipelineError
from pipeline.model import LeafletVariant
from pipeline.pdf.campaign import compose_campaign
from pipeline.pdf.elsewhere import Elsewhere, render_elsewhere
from pipeline.pdf.fonts import FontSet, prepare_fonts
from pipeline.pdf.jobs import LeafletJob, Rendered, Report
from pipeline.pdf.kept import deliver_leaflet, keep_leaflet, read_remarks
from pipeline.pdf.leaflet import Leaflet, compose, compose_contents
from pipeline.pdf.machine import library_versions
from pipeline.pdf.press import Press
from pipeline.processes import deaf_children, end_with_parent

if TYPE_CHECKING:
    from pipeline.pdf.engine import Engine

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
    "fonttools",
    "segno",
    "pypdf",
    "pypdfium2",
    "pillow",
    "uharfbuzz",
)
#: More leaflets than so many a process are made by processes that begin with these.
_MOST_FOR_PRESS = 8
#: What a form takes beside the standard one: pages of four sheets in four languages, measured. Key
#: facts are set up to four times until they are on one page.
_EFFORTS = {
    LeafletVariant.BILINGUAL: 2.0,
    LeafletVariant.KEY_FACTS: 1.4,
    LeafletVariant.LARGE_PRINT: 1.2,
    LeafletVariant.CARD: 0.2,
    LeafletVariant.PICTURE_CARD: 0.2,
}
#: The same of a title in the contents of a book, in bytes of a page that take as long.
_EFFORT_OF_CHAPTER = 200
#: Not empty where this process has set leaflets for copies of it to find all loaded.
_rehearsed: list[bool] = []
_OnDone = Callable[[LeafletJob], object]


def render_all(
    jobs: Sequence[LeafletJob],
    *,
    workers: int,
    cache_dir: Path,
    on_done: _OnDone | None = None,
    elsewhere: Elsewhere | None = None,
    press: Press | None = None,
) -> Report:
    """Make leaflets, those that are in the cache excepted.

    Args:
        jobs: what to make.
        workers: how many processes to use at most.
        cache_dir: folder of the cache; may be deleted at any time.
        on_done: called in this process after each leaflet, also one that failed.
        elsewhere: makes them on other machines, in the place of processes here.
        press: processes that were made ready for them.

    Returns:
        What was done. A leaflet that cannot be made is in ``failed`` and stops no other;
        its file is removed, so that no leaflet of an earlier text stays in its place.

    Raises:
        MachineError: a font package or a system library is missing.
        PdfError: a font of the project's own cannot be read.
    """
    tell = on_done or _say_nothing
    errors: dict[Path, PdfError] = {}
    asked: dict[Path, LeafletJob] = {}
    begun: dict[Path, list[LeafletJob]] = {}
    composed: dict[Path, Leaflet] = {}
    cached: set[Path] = set()

    def missing() -> Iterator[Path]:
        """What the cache does not have, while the first of it is being made already."""
        # The longest first: else one process sets it while all the others have done.
        for job in sorted(jobs, key=_effort, reverse=True):
            try:
                leaflet = _compose(job)
                kept = _kept_path(leaflet, job, cache_dir)
            except PdfError as error:
                _fail(job, error, errors, tell)
                continue
            asked.setdefault(kept, job)
            if kept in begun:  # two of the same: one is made
                begun[kept].append(job)
            elif deliver_leaflet(kept, job, cache_dir):
                cached.add(job.pdf_path)
                tell(job)
            else:
                begun[kept] = [job]
                composed.clear()  # of many there is no room for more than the last
                composed[kept] = leaflet
                yield kept

    def first(todo: Iterable[Path], settle: Callable[[Path, PdfError | None], None]) -> list[Path]:
        if press and press.is_begun and len(jobs) <= _MOST_FOR_PRESS * press.size:
            return _render_at_press(press, todo, begun, composed, settle)
        return _render_in_pool(todo, begun, workers, cache_dir, settle)

    _render_missing(missing(), begun, first, cache_dir, errors, tell, elsewhere)
    failed = tuple((job, errors[job.pdf_path]) for job in jobs if job.pdf_path in errors)
    return Report(
        made=tuple(job for job in jobs if job.pdf_path not in cached | errors.keys()),
        cached=len(cached),
        failed=failed,
        warnings=tuple(
            f"{job.page_path}: {line}" for kept, job in asked.items() for line in read_remarks(kept)
        ),
    )


def find_files(job: LeafletJob) -> list[Path]:
    """The files below the site that a leaflet is made from.

    Args:
        job: what to make.

    Raises:
        PdfError: one of them is not there, or the page cannot be a leaflet.
    """
    pages = [job.page_path, *([job.beside.page_path] if job.beside else [])]
    return list(dict.fromkeys([*pages, *_inside(_compose(job).pictures, job)]))


def make_leaflet(job: LeafletJob, *, cache_dir: Path) -> Rendered:
    """Make one leaflet in this process, with what a translator should look at in it.

    Args:
        job: what to make; nothing is written to its ``pdf_path``.
        cache_dir: folder that the fonts are kept in.

    Raises:
        PdfError: it cannot be made, whatever WeasyPrint raises.
        MachineError: a font package or a system library is missing.
    """
    try:
        return _render(job, cache_dir)
    except PipelineError:
        raise
    except Exception as error:
        raise _unknown(error, job) from error


def render_leaflet(job: LeafletJob, *, cache_dir: Path) -> bytes:
    """Make one leaflet in this process, without the cache of leaflets.

    Args:
        job: what to make; nothing is written to its ``pdf_path``.
        cache_dir: folder that the fonts are kept in.

    Returns:
        The PDF, or the PNG of a form that is a picture.

    Raises:
        PdfError: it cannot be made.
        MachineError: a font package or a system library is missing.
    """
    return _render(job, cache_dir).data


# --- In the process that was called ------------------------------------------------


def _say_nothing(_job: LeafletJob) -> None:
    pass


def _fail(job: LeafletJob, error: PdfError, errors: dict[Path, PdfError], tell: _OnDone) -> None:
    errors[job.pdf_path] = error
    job.pdf_path.unlink(missing_ok=True)
    tell(job)


def _render_missing(
    missing: Iterable[Path],
    begun: Mapping[Path, list[LeafletJob]],
    first: Callable[[Iterable[Path], Callable[[Path, PdfError | None], None]], list[Path]],
    cache_dir: Path,
    errors: dict[Path, PdfError],
    tell: _OnDone,
    elsewhere: Elsewhere | None,
) -> None:
    def settle(kept: Path, error: PdfError | None) -> None:
        for job in begun[kept]:
            if error is not None:
                _fail(job, error, errors, tell)
            else:
                deliver_leaflet(kept, job, cache_dir)
                tell(job)

    if elsewhere:
        render_elsewhere(missing, begun, elsewhere, keep_leaflet, settle)
        return
    left = first(missing, settle)
    while left:
        # A process was ended, by the system for want of memory or by a page that no library
        # survives, and its companions with it. One at a time, the first left is to blame.
        still = _render_in_pool(left, begun, 1, cache_dir, settle)
        if still:
            settle(still[0], _ended(begun[still[0]][0]))
        left = still[1:]


def _effort(job: LeafletJob) -> float:
    """About how long it takes, beside others: by how much there is to set, and the form."""
    if job.variant is LeafletVariant.BOOK:
        return len(job.chapters) * _EFFORT_OF_CHAPTER
    with suppress(OSError):
        return job.page_path.stat().st_size * _EFFORTS.get(job.variant, 1.0)
    return 0.0


def begin_press(
    press: Press, *, cache_dir: Path, theme_dir: Path, ahead: Sequence[LeafletJob] = ()
) -> None:
    """Let processes load what leaflets are set with, before it is known what is in these.

    Args:
        press: the processes.
        cache_dir: folder of the cache, as for :func:`render_all`.
        theme_dir: folder of the theme, with fonts of the project's own.
        ahead: what is known before all pages are made; it is set at once, and whoever asks for it
            finds it in the cache.
    """
    press.begin(
        partial(_get_ready, cache_dir, theme_dir, tuple(ahead), press.size),
        partial(_render_to, cache_dir=cache_dir),
        # Pango survives it only where somebody has seen to that.
        forks="weasyprint" not in sys.modules or bool(_rehearsed),
    )


def keep_engine(jobs: Iterable[LeafletJob], cache_dir: Path) -> list[bytes]:
    """Load what leaflets are set with, and set some for nobody, before others are asked for.

    Copies of this process (``fork``) find it as it is: Pango has no thread then, which is for the
    caller to make sure of.

    Args:
        jobs: what to set.
        cache_dir: folder of the cache, as for :func:`render_all`.

    Returns:
        The PDFs among them.
    """
    made = [(job, _render(job, cache_dir)) for job in jobs]
    _rehearsed.append(True)
    return [each.data for job, each in made if not job.variant.is_picture]


def _render_at_press(
    press: Press,
    todo: Iterable[Path],
    jobs: Mapping[Path, list[LeafletJob]],
    composed: Mapping[Path, Leaflet],
    settle: Callable[[Path, PdfError | None], None],
) -> list[Path]:
    """Render in processes that are ready; gives back what a lost process left undone."""

    def tell(kept: Path, error: Exception | None) -> None:
        if isinstance(error, PipelineError) and not isinstance(error, PdfError):
            raise error
        fault = error if error is None or isinstance(error, PdfError) else None
        settle(kept, fault or (_unknown(error, jobs[kept][0]) if error else None))

    return press.work(todo, lambda kept: (jobs[kept][0], composed.get(kept)), tell)


def _render_in_pool(
    todo: Iterable[Path],
    jobs: Mapping[Path, list[LeafletJob]],
    workers: int,
    cache_dir: Path,
    settle: Callable[[Path, PdfError | None], None],
) -> list[Path]:
    """Render in processes of their own; gives back, in order, what a lost process left undone."""
    futures: dict[Future[None], Path] = {}
    left: list[Path] = []
    # Spawned, not forked: the caller may have threads, and Pango does not survive a fork. One
    # is started for each leaflet, as far as they may be so many and none is free.
    pool = ProcessPoolExecutor(
        max_workers=max(1, workers),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=end_with_parent,
    )
    try:
        for kept in todo:
            try:
                with deaf_children():
                    futures[pool.submit(_render_to, kept, (jobs[kept][0], None), cache_dir)] = kept
            except BrokenProcessPool:
                left.append(kept)
        lost = set(left)
        for future in as_completed(futures):
            kept = futures[future]
            try:
                settle(kept, _outcome(future, jobs[kept][0]))
            except BrokenProcessPool:
                lost.add(kept)
    finally:
        pool.shutdown(cancel_futures=True)
    return [kept for kept in (*futures.values(), *left) if kept in lost]


def _ended(job: LeafletJob) -> PdfError:
    return PdfError(
        "The process that made this leaflet was ended from outside, twice.",
        remedy="Give the machine more memory, or take out what was added last; build again.",
        path=job.page_path,
    )


def _outcome(future: Future[None], job: LeafletJob) -> PdfError | None:
    """What went wrong with a leaflet, in words; None where nothing did."""
    try:
        future.result()
    except PdfError as error:
        return error
    except PipelineError:
        raise
    except BrokenProcessPool:
        raise
    except Exception as error:  # noqa: BLE001 - whatever WeasyPrint raises, one page is at fault
        return _unknown(error, job)
    return None


def _unknown(error: Exception, job: LeafletJob) -> PdfError:
    return PdfError(
        f"WeasyPrint cannot set this page ({type(error).__name__}: {error}).",
        remedy="Take out what was added last and build again; then tell the maintainers.",
        path=job.page_path,
    )


def _kept_path(leaflet: Leaflet, job: LeafletJob, cache_dir: Path) -> Path:
    """Where the cache keeps a leaflet: named by the digest of everything that goes into it."""
    total = hashlib.sha256(digest_of_leaflets().encode())
    total.update(find_fonts(cache_dir, job.theme_dir).digest.encode())
    for part in (
        repr(job.locale).encode(),
        leaflet.html,
        *_styles(job),
        *(_read(path, job) for path in _inside(leaflet.pictures, job)),
    ):
        total.update(hashlib.sha256(part).digest())
    ending = ".png" if job.variant.is_picture else ".pdf"
    return cache_dir / "leaflets" / f"{total.hexdigest()}{ending}"


def _inside(paths: Iterable[Path], job: LeafletJob) -> list[Path]:
    """Pictures of the site; for any other the page fails when it is set."""
    root = job.site_root.resolve()
    return [path for path in paths if path.resolve().is_relative_to(root)]


@cache
def digest_of_leaflets() -> str:
    """Digest of what turns the same page into another leaflet: libraries and this package."""
    versions = " ".join(f"{package} {version(package)}" for package in _PACKAGES)
    total = hashlib.sha256(f"{versions} {library_versions()}".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


# --- In either ---------------------------------------------------------------------


def _compose(job: LeafletJob) -> Leaflet:
    if job.variant is LeafletVariant.BOOK:
        return compose_contents(job)
    beside = _read(job.beside.page_path, job) if job.beside else b""
    page = _read(job.page_path, job)
    return compose_campaign(page, job) if job.campaign else compose(page, job, beside)


def _styles(job: LeafletJob) -> tuple[bytes, ...]:
    return tuple(_read(path, job) for path in job.style_paths)


def _read(path: Path, job: LeafletJob) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PdfError(
            f"The leaflet needs {path.name}, which cannot be read ({error.strerror}).",
            remedy="Check its name on the page and that the file is there.",
            path=job.page_path,
        ) from error


@cache
def find_fonts(cache_dir: Path, theme_dir: Path) -> FontSet:
    """The fonts that leaflets are set in.

    Args:
        cache_dir: folder of the cache, as for :func:`render_all`.
        theme_dir: folder of the theme, with fonts of the project's own.

    Raises:
        MachineError: a font package is missing.
        PdfError: a font of the project's own cannot be read.
    """
    return prepare_fonts(cache_dir / "fonts", theme_dir / "fonts")


# --- In a worker -------------------------------------------------------------------


@cache
def _engine(cache_dir: Path, theme_dir: Path) -> "Engine":
    from pipeline.pdf.engine import Engine  # noqa: PLC0415 - loads WeasyPrint

    return Engine(find_fonts(cache_dir, theme_dir))


def _get_ready(
    cache_dir: Path, theme_dir: Path, ahead: Sequence[LeafletJob], hands: int, hand: int
) -> None:
    """Load what leaflets are set with, then set what this process is to set ahead, if it is new."""
    _engine(cache_dir, theme_dir)
    for job in ahead[hand::hands]:
        leaflet = _compose(job)
        kept = _kept_path(leaflet, job, cache_dir)
        if not kept.exists():
            keep_leaflet(kept, _render(job, cache_dir, leaflet))


def _render(job: LeafletJob, cache_dir: Path, leaflet: Leaflet | None = None) -> Rendered:
    engine = _engine(cache_dir, job.theme_dir)
    return engine.render(leaflet or _compose(job), _styles(job), job)


def _render_to(kept: Path, task: tuple[LeafletJob, Leaflet | None], cache_dir: Path) -> None:
    """Make a leaflet; with the job comes what was composed of it, where there is room for that."""
    job, leaflet = task
    keep_leaflet(kept, _render(job, cache_dir, leaflet))
