"""A preview on this computer that follows each save."""

import os
import re
import socket
import time
import traceback
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from pipeline.errors import WebsiteError
from pipeline.website.generator.watching import Watcher

_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")

#: To be called when all pages can be read, though not all is done; gives whether nothing was saved
#: since, for which the rest had better wait.
Shown = Callable[[], bool]
#: What brings a site up to date, told which files were saved; must not raise.
Rebuild = Callable[[frozenset[Path], Shown], None]
#: What shows saved files at once, without a build; False where it takes one.
Restyle = Callable[[frozenset[Path]], bool]


class _Preview(LiveReloadServer):
    """MkDocs' own server, on pages whose policy would forbid its script.

    What is saved is found by :class:`Watcher`: the server's own looks at all files twice a second,
    through objects for each of them, and gives up a folder that is gone for a moment.
    """

    def __init__(
        self, site_dir: Path, rebuild: Rebuild, restyle: Restyle, watched: Iterable[Path], port: int
    ) -> None:
        super().__init__(lambda: None, "127.0.0.1", port, str(site_dir))
        places = tuple(watched)
        self._rebuild, self._restyle = rebuild, restyle
        self._saved: frozenset[Path] = frozenset()
        self._is_quiet = True
        self._watched_paths = {str(place): 1 for place in places}
        self.observer = Watcher(places, self._hear)  # type: ignore[assignment]

    def _hear(self, saved: frozenset[Path]) -> None:
        is_shown = self._restyle(saved)
        if is_shown:
            self._reload()
        with self._rebuild_cond:
            self._saved |= saved
            self._is_quiet = self._is_quiet and is_shown
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _reload(self) -> None:
        """Let browsers ask again; where a build runs, its end does."""
        with self._epoch_cond:
            if self._visible_epoch == self._wanted_epoch:
                self._visible_epoch = self._wanted_epoch = self._next_epoch()
                self._epoch_cond.notify_all()

    def _next_epoch(self) -> int:
        return max(round(time.monotonic() * 1000), self._wanted_epoch + 1)

    def _build_loop(self) -> None:
        while (saved := self._wait()) is not None:
            try:
                self._rebuild(saved, self._show)
            except Exception:  # noqa: BLE001  a fault of ours; whoever asks for a page is not kept waiting
                traceback.print_exc()
            self._show()

    def _show(self) -> bool:
        """Let browsers have the pages as they are."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()
        with self._rebuild_cond:
            return not self._want_rebuild

    def _wait(self) -> frozenset[Path] | None:
        """What was saved, when something was; None when it is over."""
        with self._rebuild_cond:
            # A wait without end would not hear Ctrl-C on Windows.
            while not self._rebuild_cond.wait_for(
                lambda: self._want_rebuild or self._shutdown, timeout=self.shutdown_delay
            ):
                pass
            if self._shutdown:
                return None
            saved, self._saved = self._saved, frozenset()
            is_quiet, self._is_quiet = self._is_quiet, True
            self._want_rebuild = False
        if not is_quiet:  # pages are asked for meanwhile, and wait
            with self._epoch_cond:
                self._wanted_epoch = self._next_epoch()
        return saved

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        plain = _POLICY.sub(b"", content)
        return super()._inject_js_into_html(plain, epoch)  # type: ignore[no-any-return, no-untyped-call]


def make_server(
    site_dir: Path,
    *,
    rebuild: Rebuild,
    restyle: Restyle,
    watched: Iterable[Path],
    port: int,
) -> LiveReloadServer:
    """A server of a built website that builds again when something is saved.

    Args:
        site_dir: the website.
        rebuild: what brings it up to date, told which files were saved, and what to call when all
            pages can be read; must not raise.
        restyle: what shows saved files at once, without a build; False where it takes one. The
            build follows all the same, and nobody waits for it.
        watched: folders and files whose changes count; they need not be there.
        port: port on this computer; nobody else can see the preview.
    """
    server = _Preview(site_dir, rebuild, restyle, watched, port)
    not_found = site_dir / "404.html"
    server.error_handler = lambda code: (
        not_found.read_bytes() if code == HTTPStatus.NOT_FOUND and not_found.is_file() else None
    )
    return server


def refuse_taken(port: int) -> None:
    """Say at once that a port cannot be used, not when the site has been built.

    Args:
        port: port on this computer.

    Raises:
        WebsiteError: another program uses it, or nobody may.
    """
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise _taken(port, error) from error


def serve(
    site_dir: Path,
    *,
    rebuild: Rebuild,
    restyle: Restyle,
    watched: Iterable[Path],
    port: int,
) -> None:
    """Serve a built website, and build again when something is saved, until Ctrl-C.

    Args:
        site_dir: the website.
        rebuild: as for :func:`make_server`.
        restyle: likewise.
        watched: folders and files whose changes count.
        port: port on this computer; nobody else can see the preview.

    Raises:
        WebsiteError: the port is taken.
    """
    server = make_server(site_dir, rebuild=rebuild, restyle=restyle, watched=watched, port=port)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise _taken(port, error) from error
    finally:
        server.shutdown(wait=server.serve_thread.is_alive())


def _taken(port: int, error: OSError) -> WebsiteError:
    return WebsiteError(
        f"Port {port} of this computer cannot be used: {os.strerror(error.errno or 0)}.",
        remedy=f"Stop the other preview, or name another port: --port {port + 1}.",
    )
