"""Ask Lighthouse about the built leaflets: `python scripts/lighthouse.py` after `make site`.

Needs Node.js: `npx` fetches Lighthouse (Apache-2.0) into its own cache; it is no dependency of the
project. The site is served as docs/guides/hosting.md says: compressed, what has a digest in its
name kept for ever. A phone is simulated on a slow network, as Lighthouse does by itself; the
figures for speed are worth what the machine is idle.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "site"
TAGS = ("so", "ar", "bn", "ti")
PAGE = "covid-19/when-to-get-help/"
COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as a host with gzip does."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        if kind.startswith(COMPRESSED):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Serve the site and print the four figures of each page, and what keeps one from 100."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(SITE))) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for tag in TAGS:
            report = Path(folder) / f"{tag}.json"
            address = f"http://127.0.0.1:{server.server_port}/{tag}/{PAGE}"
            command = ["npx", "--yes", "lighthouse", address, "--quiet", "--output=json",
                       f"--output-path={report}",
                       "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]  # fmt: skip
            subprocess.run(command, env=environment, check=True)
            _print(tag, json.loads(report.read_text("utf-8")))
        server.shutdown()
    return 0


def _print(tag: str, found: dict) -> None:
    categories = found["categories"].values()
    print(tag, ", ".join(f"{c['id']} {round(c['score'] * 100)}" for c in categories))
    for reference in (each for category in categories for each in category["auditRefs"]):
        audit = found["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            print(f"  {audit['id']}: {audit.get('displayValue') or audit['title']}")


if __name__ == "__main__":
    sys.exit(main())
