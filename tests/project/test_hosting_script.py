"""scripts/hosting.py against small servers on this machine that keep issues as the hosts do."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "secret"  # noqa: S105 - of a server that lives for one test
SOMALI = "<!-- translation-status:so -->"


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def _answer(self) -> None:
        address = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(length)) if length else {}
        query = {key: values[0] for key, values in parse_qs(address.query).items()}
        status, answer = self.server.answer(self, address.path, query, data)
        body = json.dumps(answer).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", str(answer))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


class _Server(ThreadingHTTPServer):
    """Issues in memory, by number, and what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[dict[str, Any]] = []
        self.writes: list[str] = []
        self.seen: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def page(self, found: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
        size, number = int(query["per_page"]), int(query["page"])
        return found[(number - 1) * size : number * size]

    def answer(self, ask: _Handler, path: str, query: dict[str, str], data: Any) -> tuple[int, Any]:
        raise NotImplementedError


class GitHubServer(_Server):
    """As docs.github.com describes /repos/{owner}/{repo}/issues."""

    def answer(self, ask: _Handler, path: str, query: dict[str, str], data: Any) -> tuple[int, Any]:
        if ask.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}
        if ask.command == "GET":
            assert (query["labels"], query["state"]) == ("translation-status", "all")
            return 200, self.page(self.issues, query)
        self.writes.append(f"{ask.command} {path}")
        if ask.command == "POST":
            labels = data.pop("labels")
            assert labels == ["translation-status"]
            self.issues.append({**data, "number": len(self.issues) + 1, "state": "open"})
            return 201, self.issues[-1]
        issue = self.issues[int(path.rsplit("/", 1)[1]) - 1]
        issue.update(data)
        return 200, issue


class GitLabServer(_Server):
    """As docs.gitlab.com describes issues and notes of a project."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[dict[str, Any]] = []

    def answer(self, ask: _Handler, path: str, query: dict[str, str], data: Any) -> tuple[int, Any]:
        if ask.headers["PRIVATE-TOKEN"] != TOKEN:
            return 401, {"message": "401 Unauthorized"}
        if path == "/user":
            return 200, {"id": 7}
        is_note = path.startswith("/projects/group%2Fhealth/merge_requests/3/notes")
        assert is_note or path.startswith("/projects/group%2Fhealth/issues")
        kept = self.notes if is_note else self.issues
        if ask.command == "GET":
            if not is_note:
                assert (query["labels"], query["state"]) == ("translation-status", "all")
                kept = [item for item in kept if item["author"]["id"] == int(query["author_id"])]
            return 200, self.page(kept, query)
        self.writes.append(f"{ask.command} {path}")
        if ask.command == "POST":
            number = len(kept) + 1
            kept.append({**data, "id": number, "author": {"id": 7}})
            if not is_note:
                kept[-1].update(iid=number, state="opened")
            return 201, kept[-1]
        item = kept[int(path.rsplit("/", 1)[1]) - 1]
        event = data.pop("state_event", None)
        item.update(data)
        if event:
            item["state"] = {"close": "closed", "reopen": "opened"}[event]
        return 200, item


@pytest.fixture(params=[GitHubServer, GitLabServer], ids=["github", "gitlab"])
def server(request: pytest.FixtureRequest) -> Iterator[_Server]:
    yield from serve(request.param())


@pytest.fixture
def gitlab() -> Iterator[_Server]:
    yield from serve(GitLabServer())


@pytest.fixture
def github() -> Iterator[_Server]:
    yield from serve(GitHubServer())


def serve(server: _Server) -> Iterator[_Server]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def run(server: _Server, what: str, path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a workflow does, with what the host sets."""
    variables = {"GITHUB_API_URL": server.address, "GITHUB_REPOSITORY": "group/health"}
    variables["GH_TOKEN"] = TOKEN
    if isinstance(server, GitLabServer):
        variables = {"GITLAB_CI": "true", "CI_API_V4_URL": server.address}
        variables |= {"CI_PROJECT_ID": "group/health", "PIPELINE_TOKEN": TOKEN}
        variables["CI_MERGE_REQUEST_IID"] = "3"
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts/hosting.py"), what, str(path)],
        env={"PATH": os.environ["PATH"], **variables, **more},
        capture_output=True,
        text=True,
        check=False,
    )


def wish(
    tag: str, *, is_open: bool = True, text: str = "3 of 12 cannot be read."
) -> dict[str, Any]:
    marker = f"<!-- translation-status:{tag} -->"
    return {
        "locale": tag,
        "marker": marker,
        "title": f"{tag}: missing or late",
        "open": is_open,
        "body": f"{marker}\n{text}",
    }


def keep(
    server: _Server, folder: Path, *wishes: dict[str, Any], complete: bool = True
) -> list[str]:
    """Have the issues kept; what the script said, a line each."""
    path = folder / "issues.json"
    data = {"version": 1, "label": "translation-status", "complete": complete, "issues": wishes}
    path.write_text(json.dumps(data), "utf-8")
    done = run(server, "issues", path)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def states(server: _Server) -> list[str]:
    return [issue["state"].removesuffix("ed") for issue in server.issues]


def bodies(server: _Server) -> list[str]:
    return [issue.get("body") or issue["description"] for issue in server.issues]


def test_an_issue_is_opened_once_updated_and_closed(server, tmp_path):
    assert keep(server, tmp_path, wish("so"), wish("ar", is_open=False)) == ["so: opened"]
    assert bodies(server) == [f"{SOMALI}\n3 of 12 cannot be read."]
    # Again: nothing is asked to be written.
    server.writes.clear()
    assert keep(server, tmp_path, wish("so")) == ["Nothing has changed."]
    assert server.writes == []
    assert keep(server, tmp_path, wish("so", text="1 of 12.")) == ["so: #1 updated"]
    assert bodies(server) == [f"{SOMALI}\n1 of 12."]
    assert keep(server, tmp_path, wish("so", is_open=False, text="All.")) == ["so: #1 closed"]
    assert bodies(server) == [f"{SOMALI}\nAll."]
    assert states(server) == ["clos"]
    assert keep(server, tmp_path, wish("so", is_open=False, text="All of it.")) == [
        "Nothing has changed."
    ]


def test_a_language_that_lacks_something_again_has_its_old_issue_opened(server, tmp_path):
    keep(server, tmp_path, wish("so"))
    keep(server, tmp_path, wish("so", is_open=False))
    assert keep(server, tmp_path, wish("so", text="1 of 13.")) == ["so: #1 opened again"]
    assert states(server) == ["open"]
    assert len(server.issues) == 1


def test_it_is_found_among_hundreds(server, tmp_path):
    for number in range(250):
        keep_one = wish("so", text=f"old {number}")
        _add(server, keep_one["body"] if number == 240 else "Something else.", state="open")
    assert keep(server, tmp_path, wish("so")) == ["so: #241 updated"]


def test_of_two_for_one_language_the_older_stays(server, tmp_path):
    for _ in range(3):
        _add(server, wish("so")["body"], state="open")
    assert keep(server, tmp_path, wish("so", text="New.")) == [
        "so: #1 updated",
        "so: #2 closed, it stood twice",
        "so: #3 closed, it stood twice",
    ]
    assert states(server) == ["open", "clos", "clos"]


def test_windows_line_ends_are_no_change(server, tmp_path):
    _add(server, wish("so")["body"].replace("\n", "\r\n") + "\r\n", state="open")
    assert keep(server, tmp_path, wish("so")) == ["Nothing has changed."]


def test_an_issue_that_only_quotes_the_marker_is_left_alone(server, tmp_path):
    _add(server, f"See {SOMALI}", state="open")
    assert keep(server, tmp_path, wish("so")) == ["so: opened"]
    assert bodies(server)[0] == f"See {SOMALI}"


def test_the_issue_of_a_language_that_is_gone_is_closed(server, tmp_path):
    keep(server, tmp_path, wish("so"), wish("ar"))
    assert keep(server, tmp_path, wish("ar"), complete=False) == ["Nothing has changed."]
    assert keep(server, tmp_path, wish("ar")) == ["#1 closed: its language is gone"]


def _add(server: _Server, body: str, *, state: str) -> None:
    number, is_lab = len(server.issues) + 1, isinstance(server, GitLabServer)
    text = {"description": body, "iid": number, "author": {"id": 7}} if is_lab else {"body": body}
    state = f"{state}ed" if is_lab else state
    server.issues.append({"number": number, "title": "so: missing or late", "state": state, **text})


def test_what_somebody_else_opened_on_gitlab_is_not_taken_for_ours(gitlab, tmp_path):
    """There anybody may give a new issue a label, and could write into it later."""
    _add(gitlab, wish("so")["body"], state="open")
    gitlab.issues[0]["author"] = {"id": 8}
    assert keep(gitlab, tmp_path, wish("so", text="New.")) == ["so: opened"]
    assert bodies(gitlab) == [wish("so")["body"], f"{SOMALI}\nNew."]


def test_a_pull_request_is_no_issue(github, tmp_path):
    _add(github, wish("so")["body"], state="open")
    github.issues[0]["pull_request"] = {}
    assert keep(github, tmp_path, wish("so", text="New.")) == ["so: opened"]


def test_a_comment_is_posted_once_and_updated(gitlab, tmp_path):
    path = tmp_path / "comment.md"
    gitlab.notes.append(
        {"id": 1, "author": {"id": 8}, "body": "<!-- translation-status:comment -->"}
    )
    said = []
    for text in ("Somali: live.", "Somali: live.", "Somali: stale.\n/close\n  /label ~x\na/b"):
        path.write_text(text, "utf-8")
        said.append(run(gitlab, "comment", path).stdout)
    assert said == ["Comment posted.\n", "Comment unchanged.\n", "Comment updated.\n"]
    assert len(gitlab.notes) == 2
    # What GitLab would take for a command is text.
    assert gitlab.notes[1]["body"] == (
        "<!-- translation-status:comment -->\nSomali: stale.\n\\/close\n  \\/label ~x\na/b"
    )


def test_a_refusal_is_told_and_fails(server, tmp_path):
    path = tmp_path / "issues.json"
    path.write_text('{"label": "translation-status", "complete": true, "issues": []}', "utf-8")
    done = run(server, "issues", path, **dict.fromkeys(("GH_TOKEN", "PIPELINE_TOKEN"), "other"))
    assert done.returncode == 1
    assert done.stderr.startswith("Not done: GET /")
    assert ": 401 Unauthorized: " in done.stderr
    assert "other" not in done.stderr


def test_a_server_that_is_not_there_is_told(github, tmp_path):
    path = tmp_path / "issues.json"
    path.write_text('{"label": "translation-status", "complete": true, "issues": []}', "utf-8")
    done = run(github, "issues", path, GITHUB_API_URL="http://127.0.0.1:1")
    assert done.returncode == 1
    assert "Connection refused" in done.stderr


def test_a_token_does_not_follow_to_another_host(github, gitlab, tmp_path, monkeypatch):
    def lead_away(ask: _Handler, *_: object) -> tuple[int, Any]:
        github.seen.append(ask.headers["Authorization"])
        return 302, f"{gitlab.address}/elsewhere"

    def look(ask: _Handler, *_: object) -> tuple[int, Any]:
        gitlab.seen.append(ask.headers["Authorization"])
        return 200, []

    monkeypatch.setattr(github, "answer", lead_away)
    monkeypatch.setattr(gitlab, "answer", look)
    keep(github, tmp_path)
    assert github.seen == [f"Bearer {TOKEN}"]
    assert gitlab.seen == [None]


@pytest.mark.parametrize("words", [[], ["issues"], ["merge", "issues.json"]])
def test_it_says_how_it_is_used(words):
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/hosting.py"), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "python3 scripts/hosting.py issues issues.json" in done.stderr


def test_a_variable_that_is_not_set_is_named(tmp_path):
    (tmp_path / "x").write_text("{}", "utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/hosting.py"), "issues", str(tmp_path / "x")],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "GH_TOKEN is not set; see docs/guides/hosting.md.\n",
    )
