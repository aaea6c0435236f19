"""Speaks to the host of the repository, GitHub or GitLab, for its workflows.

    pipeline status --format issues --output issues.json
    python3 scripts/hosting.py issues issues.json   # one issue a language: opened, updated, closed
    python3 scripts/hosting.py comment comment.md   # one comment of a merge request (GitLab)

What is to be said stands in the files; here is only who is asked to keep it. It needs nothing but
Python, so that the job that holds a token that writes runs no other code. Running it twice changes
nothing the second time.

From the environment, as the hosts set it:
    GitHub  GITHUB_API_URL, GITHUB_REPOSITORY, GH_TOKEN
    GitLab  CI_API_V4_URL, CI_PROJECT_ID, PIPELINE_TOKEN, CI_MERGE_REQUEST_IID (comment)
"""

import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

#: Hosts cut or refuse longer texts.
MOST_CHARACTERS = 60_000
COMMENT_MARKER = "<!-- translation-status:comment -->"
_PAGE = 100
_SECONDS = 60
_ARGUMENTS = 2


class HostError(Exception):
    """The host did not do what it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue of the host.

    Attributes:
        number: what the host calls it.
        title: its title.
        body: its text, with the line ends of Unix.
        is_open: it is not closed.
    """

    number: int
    title: str
    body: str
    is_open: bool


class Host(Protocol):
    """What the workflows need of a host."""

    def find_issues(self, label: str) -> list[Issue]:
        """All issues with the label, open and closed."""

    def open_issue(self, label: str, title: str, body: str) -> None:
        """Open one."""

    def change_issue(self, issue: Issue, *, title: str, body: str, is_open: bool) -> None:
        """Make one say this."""


class Client:
    """Sends JSON and reads JSON."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self._address = address.rstrip("/")
        self._headers = headers

    def send(self, method: str, path: str, data: object = None) -> Any:  # noqa: ANN401 - JSON
        """Ask the host for something.

        Raises:
            HostError: it refused, or cannot be reached.
        """
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(  # noqa: S310 - the host's own address
            f"{self._address}{path}", data=body, method=method
        )
        request.add_header("Content-Type", "application/json")
        request.add_header("User-Agent", "health-translation-pipeline")
        for name, value in self._headers.items():
            # A token follows no redirect to another host.
            request.add_unredirected_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            said = error.read(300).decode(errors="replace")
            raise HostError(f"{method} {path}: {error.code} {error.reason}: {said}") from None
        except (OSError, ValueError) as error:
            raise HostError(f"{method} {path}: {error}") from None

    def pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """All that a list holds, page by page."""
        number = 1
        while True:
            words = urlencode({**query, "per_page": _PAGE, "page": number})
            found = self.send("GET", f"{path}?{words}")
            yield from found
            if len(found) < _PAGE:
                return
            number += 1


class GitHub:
    """Issues of a repository on GitHub."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        token = environment["GH_TOKEN"]
        self._client = Client(
            environment["GITHUB_API_URL"],
            {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"},
        )
        self._path = f"/repos/{environment['GITHUB_REPOSITORY']}/issues"

    def find_issues(self, label: str) -> list[Issue]:
        """All issues with the label; only who may write to the repository can give it."""
        found = self._client.pages(self._path, {"labels": label, "state": "all"})
        return [
            _issue(item, "number", "body", opened="open")
            for item in found
            if "pull_request" not in item
        ]

    def open_issue(self, label: str, title: str, body: str) -> None:
        """Open one."""
        self._client.send("POST", self._path, {"title": title, "body": body, "labels": [label]})

    def change_issue(self, issue: Issue, *, title: str, body: str, is_open: bool) -> None:
        """Make one say this."""
        state = {"state": "open"} if is_open else {"state": "closed", "state_reason": "completed"}
        data = {"title": title, "body": body, **state}
        self._client.send("PATCH", f"{self._path}/{issue.number}", data)


class GitLab:
    """Issues and merge requests of a project on GitLab."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._client = Client(
            environment["CI_API_V4_URL"], {"PRIVATE-TOKEN": environment["PIPELINE_TOKEN"]}
        )
        self._project = f"/projects/{quote(environment['CI_PROJECT_ID'], safe='')}"
        self._environment = environment

    def find_issues(self, label: str) -> list[Issue]:
        """All issues with the label that the token's own user has opened.

        Anybody may give a new issue a label here.
        """
        query = {"labels": label, "state": "all", "author_id": str(self._own_id())}
        found = self._client.pages(f"{self._project}/issues", query)
        return [_issue(item, "iid", "description", opened="opened") for item in found]

    def open_issue(self, label: str, title: str, body: str) -> None:
        """Open one."""
        data = {"title": title, "description": body, "labels": label}
        self._client.send("POST", f"{self._project}/issues", data)

    def change_issue(self, issue: Issue, *, title: str, body: str, is_open: bool) -> None:
        """Make one say this."""
        data = {"title": title, "description": body}
        if is_open != issue.is_open:
            data["state_event"] = "reopen" if is_open else "close"
        self._client.send("PUT", f"{self._project}/issues/{issue.number}", data)

    def keep_comment(self, text: str) -> str:
        """One comment of the merge request says this; tell what was done."""
        number = quote(self._environment["CI_MERGE_REQUEST_IID"], safe="")
        path = f"{self._project}/merge_requests/{number}/notes"
        own, body = self._own_id(), f"{COMMENT_MARKER}\n{_harmless(text[:MOST_CHARACTERS])}"
        for note in self._client.pages(path, {"sort": "asc", "order_by": "created_at"}):
            if note["author"]["id"] == own and note["body"].startswith(COMMENT_MARKER):
                if _unix(note["body"]) == _unix(body):
                    return "unchanged"
                self._client.send("PUT", f"{path}/{note['id']}", {"body": body})
                return "updated"
        self._client.send("POST", path, {"body": body})
        return "posted"

    def _own_id(self) -> int:
        return int(self._client.send("GET", "/user")["id"])


def _issue(item: Mapping[str, Any], number: str, body: str, *, opened: str) -> Issue:
    return Issue(
        number=item[number],
        title=item["title"],
        body=_unix(item[body] or ""),
        is_open=item["state"] == opened,
    )


def _harmless(text: str) -> str:
    """Text without commands: a line that begins with a slash is one to GitLab."""
    return re.sub(r"^(\s*)/", r"\1\\/", text, flags=re.MULTILINE)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


# --- issues ----------------------------------------------------------------------


def keep_issues(host: Host, wanted: Mapping[str, Any]) -> list[str]:
    """One issue a language: opened where something is missing, closed where nothing is.

    Args:
        host: who keeps them.
        wanted: what ``pipeline status --format issues`` wrote.

    Returns:
        What was done, a line each.

    Raises:
        HostError: the host did not do it; another run does the rest.
    """
    label = wanted["label"]
    known = host.find_issues(label)
    done: list[str] = []
    for wish in wanted["issues"]:
        same = [issue for issue in known if issue.body.startswith(wish["marker"])]
        done += _keep(host, label, wish, sorted(same, key=lambda i: (not i.is_open, i.number)))
    if wanted["complete"]:
        done += _close_others(host, label, known, wanted["issues"])
    return done


def _keep(host: Host, label: str, wish: Mapping[str, Any], same: list[Issue]) -> Iterator[str]:
    """Make the first issue of a language say what it should; close what stands beside it."""
    tag, title, is_open = wish["locale"], wish["title"], wish["open"]
    body = _unix(wish["body"])[:MOST_CHARACTERS]
    if not same and is_open:
        host.open_issue(label, title, body)
        yield f"{tag}: opened"
    for issue in same[:1]:
        # What is closed and stays so is nobody's concern: its text may be old.
        is_right = (issue.title, issue.body, issue.is_open) == (title, body, is_open)
        if is_right or not (is_open or issue.is_open):
            continue
        host.change_issue(issue, title=title, body=body, is_open=is_open)
        turned = "updated" if issue.is_open else "opened again"
        yield f"{tag}: #{issue.number} {turned if is_open else 'closed'}"
    for issue in same[1:]:
        if issue.is_open:
            host.change_issue(issue, title=issue.title, body=issue.body, is_open=False)
            yield f"{tag}: #{issue.number} closed, it stood twice"


def _close_others(
    host: Host, label: str, known: list[Issue], wishes: list[Mapping[str, Any]]
) -> Iterator[str]:
    """Close the issues of languages that the project has no more."""
    markers = tuple(wish["marker"] for wish in wishes)
    for issue in known:
        is_ours = issue.body.startswith(f"<!-- {label}:")
        if issue.is_open and is_ours and not issue.body.startswith(markers):
            host.change_issue(issue, title=issue.title, body=issue.body, is_open=False)
            yield f"#{issue.number} closed: its language is gone"


# --- the command line ------------------------------------------------------------


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Do what the command line asks for; 0 where the host did it."""
    makers = {"issues": (GitLab if "GITLAB_CI" in environment else GitHub), "comment": GitLab}
    if len(arguments) != _ARGUMENTS or arguments[0] not in makers:
        print((__doc__ or "").partition("\n\n")[2].partition("\n\n")[0], file=sys.stderr)
        return 2
    what, name = arguments
    try:
        text = Path(name).read_text("utf-8")
        for line in _do(makers[what](environment), what, text):
            print(line)
    except KeyError as missing:
        print(f"{missing.args[0]} is not set; see docs/guides/hosting.md.", file=sys.stderr)
        return 2
    except (HostError, OSError) as error:
        print(f"Not done: {error}", file=sys.stderr)
        return 1
    return 0


def _do(host: GitHub | GitLab, what: str, text: str) -> list[str]:
    if what == "comment" and isinstance(host, GitLab):
        return [f"Comment {host.keep_comment(text)}."]
    return keep_issues(host, json.loads(text)) or ["Nothing has changed."]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
