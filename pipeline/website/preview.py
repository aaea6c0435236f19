"""A preview on this computer that follows each save."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")


class _Preview(LiveReloadServer):
    """MkDocs' own server, on pages whose policy would forbid its script."""

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        plain = _POLICY.sub(b"", content)
        return super()._inject_js_into_html(plain, epoch)  # type: ignore[no-any-return, no-untyped-call]


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
        OSError: the port is taken.
    """
    server = _Preview(rebuild, "127.0.0.1", port, str(site_dir))
    not_found = site_dir / "404.html"
    server.error_handler = lambda code: (
        not_found.read_bytes() if code == 404 and not_found.is_file() else None  # noqa: PLR2004
    )
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown(wait=True)
