"""Ask what is known against the locked packages, where the network allows.

    .venv/bin/python scripts/audit.py [LOCK]

`pip-audit` asks OSV's advisories for each package of a lock file, all of it if none is named. Ends
with 1 where something is known, with 0 where nothing is, and with 0 within five seconds, saying so,
where nobody answers: `make check` must go on where there is no network.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
#: Of a network that swallows what it is sent, seconds until nobody is asked.
_PATIENCE = 4


def audit(lock: Path = LOCK, program: Sequence[str] = ()) -> tuple[str, bool]:
    """Ask what is known against the locked packages.

    Args:
        lock: the lock file.
        program: what to run instead of pip-audit.

    Returns:
        What to print, and whether something was found. Where nobody answers, nothing was.
    """
    ask = [*(program or (sys.executable, "-m", "pip_audit")), "--service", "osv", "--no-deps"]
    ask += ["--disable-pip", "--progress-spinner", "off", "--timeout", str(_PATIENCE)]
    ask += ["--format", "json", "--requirement"]
    if not _answers(ask):
        return "Advisories: not asked, no network to the advisory service.", False
    done = subprocess.run([*ask, lock], capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return f"Advisories: not asked, {_last_line(done.stderr)}", False
    found = list(_advisories(report))
    asked = sum(1 for each in report["dependencies"] if "skip_reason" not in each)
    return "\n".join([*found, f"Advisories: {asked} packages asked, {len(found)} known."]), bool(
        found
    )


def _answers(ask: Sequence[str]) -> bool:
    """Whether the service answers at all: asked once, for one package, and not for long."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.txt")
        one.write_text(f"pip==26.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
        try:
            done = subprocess.run([*ask, one], capture_output=True, check=False, timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            return False
    return bool(done.stdout.strip())


def _advisories(report: Mapping[str, Any]) -> Iterator[str]:
    for package in report["dependencies"]:
        for known in package.get("vulns", []):
            fixed = ", ".join(known["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {known['id']}, mended in {fixed}"


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["pip-audit said nothing"])[-1]


def main(arguments: Sequence[str]) -> int:
    """Ask, print, and say whether something is known."""
    said, is_found = audit(Path(arguments[0]) if arguments else LOCK)
    print(said)
    return 1 if is_found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
