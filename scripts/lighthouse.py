"""Ask Lighthouse about the built leaflets: `make lighthouse` after `make site`.

Needs Node.js: `npx` fetches Lighthouse (Apache-2.0) into its own cache; it is no dependency of the
project. The site is served as docs/guides/hosting.md says: compressed, what has a digest in its
name kept for ever. A phone on a slow network is simulated from what is seen of an unhurried visit
(`--throttling-method=simulate`), three times; of each figure the median is told.

Two phones: one with letters for the language, as telephones have them, and one with only those of
this machine and fetches the site's spare font. The first is made by the fonts of the leaflets.
"""

import argparse
import gzip
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "site"
LIGHTHOUSE = "lighthouse@12.8"
PAGE = "covid-19/when-to-get-help/"
COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Audits that make the figure for speed, with what they are divided by to be told.
AUDITS = {
    "first-contentful-paint": 1000,
    "largest-contentful-paint": 1000,
    "speed-index": 1000,
    "cumulative-layout-shift": 1,
    "total-blocking-time": 1,
    "total-byte-weight": 1000,
}
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{}</dir><cachedir>{}</cachedir></fontconfig>
"""


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
    """Serve the site and print a line for each language and phone, and what keeps it from 100."""
    options = _options()
    print(
        "locale  letters  speed  access  practices  SEO   FCP s  LCP s  index s  shift  "
        "blocked ms  kB"
    )
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(SITE))) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/"
        for tag in options.languages.split(","):
            for letters in options.letters.split(","):
                environment = _phone(letters, Path(folder))
                address = f"{root}{tag}/{options.page}"
                found = [_ask(address, environment, Path(folder)) for _ in range(options.rounds)]
                _print(tag, letters, found)
        server.shutdown()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Lighthouse on a throttled phone")
    parser.add_argument("--languages", default="so,ar,bn,ti", help="their tags")
    parser.add_argument("--letters", default="phone,site", help="who has them: phone, site")
    parser.add_argument("--page", default=PAGE, help="below the language")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _phone(letters: str, folder: Path) -> dict[str, str]:
    """What a browser is started with: the fonts of this machine, or those of telephones too."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
    if letters == "phone":
        package = importlib.util.find_spec("manimgx_fonts")
        if package is None or package.origin is None:
            sys.exit("The font package is not there: make setup-dev")
        settings = folder / "fonts.conf"
        settings.write_text(FONTS.format(Path(package.origin).parent, folder / "fonts"))
        environment |= {"FONTCONFIG_FILE": str(settings)}
    return environment


def _ask(address: str, environment: dict[str, str], folder: Path) -> dict:
    report = folder / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json",
               f"--output-path={report}", "--throttling-method=simulate",
               "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]  # fmt: skip
    subprocess.run(command, env=environment, check=True)
    return json.loads(report.read_text("utf-8"))


def _print(tag: str, letters: str, found: list[dict]) -> None:
    scores = [
        round(statistics.median(each["categories"][name]["score"] * 100 for each in found))
        for name in CATEGORIES
    ]
    values = [
        statistics.median(each["audits"][name]["numericValue"] for each in found) / by
        for name, by in AUDITS.items()
    ]
    print(
        "{:7} {:8} {:5} {:7} {:10} {:4} {:7.2f} {:6.2f} {:8.2f} {:6.3f} {:11.0f} {:3.0f}".format(
            tag, letters, *scores, *values
        ),
        flush=True,
    )
    for name in sorted({audit for each in found for audit in _failed(each)}):
        print(f"        {name}")


def _failed(report: dict) -> list[str]:
    """What keeps a figure other than that for speed from 100."""
    return [
        reference["id"]
        for name in CATEGORIES[1:]
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and (report["audits"][reference["id"]]["score"] or 0) < 1
        and report["audits"][reference["id"]]["score"] is not None
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
