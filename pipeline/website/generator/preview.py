"""A preview on this computer that follows each save."""

import os
import re
import socket
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from pipeline.errors import WebsiteError

_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")


class _Preview(LiveReloadServer):
    """MkDocs' own server, on pages whose policy would forbid its script."""

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        plain = _POLICY.sub(b"", content)
        return super()._inject_js_into_html(plain, epoch)  # type: ignore[no-any-return, no-untyped-call]


def make_server(
    site_dir: Path, *, rebuild: Callable[[], None], watched: Iterable[Path], port: int
) -> LiveReloadServer:
    """A server of a built website that builds again when something is saved.

    Args:
        site_dir: the website.
        rebuild: what brings it up to date; must not raise.
        watched: folders and files whose changes count.
        port: port on this computer; nobody else can see the preview.
    """
    server = _Preview(rebuild, "127.0.0.1", port, str(site_dir))
    not_found = site_dir / "404.html"
    server.error_handler = lambda code: (
        not_found.read_bytes() if code == HTTPStatus.NOT_FOUND and not_found.is_file() else None
    )
    for path in watched:
        server.watch(str(path))
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
    site_dir: Path, *, rebuild: Callable[[], None], watched: Iterable[Path], port: int
) -> None:
    """Serve a built website, and build again when something is saved, until Ctrl-C.

    Args:
        site_dir: the website.
        rebuild: what brings it up to date; must not raise.
        watched: folders and files whose changes count.
        port: port on this computer; nobody else can see the preview.

    Raises:
        WebsiteError: the port is taken.
    """
    server = make_server(site_dir, rebuild=rebuild, watched=watched, port=port)
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
