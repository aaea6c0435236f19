"""SSH signatures of ledger lines, made and checked by ``ssh-keygen``.

The signer's key stays where it is, in a file, an agent or on a token; who may sign as what
stands in an allowed-signers file of the repository (ssh-keygen(1), ALLOWED SIGNERS). A
signature is made for one namespace, which names the role and the locale, so that a key can be
allowed for these alone.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pipeline.errors import ConfigError, MachineError, PipelineError
from pipeline.files import write_atomic
from pipeline.ledger.digests import digest
from pipeline.ledger.lines import render_line, signed_bytes
from pipeline.workflow import Event, Line, Role, SignOff

_ARMOUR = re.compile(
    r"\s*-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*"
)
#: Seconds in which a signature is checked; a person with a token needs longer to make one.
_CHECK_SECONDS, _SIGN_SECONDS = 20, 180
#: Characters of a line of an armoured signature (RFC 7468 has 64, ssh-keygen 70).
_WIDTH = 70
#: Another one when a change of ours makes former results worthless.
_CACHE_VERSION = 1
_Some = TypeVar("_Some", SignOff, Event)


def namespace(line: Line) -> str:
    """What a line's signature is for: ``health-pipeline.<role>.<locale>``.

    Events that open the gate are the publisher's.
    """
    role = line.role if isinstance(line, SignOff) else Role.PUBLISHER
    return f"health-pipeline.{role}.{line.locale}"


def sign_line(line: _Some, key: Path) -> _Some:
    """The line with a signature.

    Args:
        line: a sign-off or event; a signature that it has is replaced.
        key: a private key, or the public half of one that an agent holds.

    Raises:
        MachineError: there is no ``ssh-keygen``, or it does not answer.
        PipelineError: the key cannot be used.
    """
    command = ("-Y", "sign", "-q", "-f", os.fspath(key.absolute()), "-n", namespace(line))
    ran = _run(command, signed_bytes(line), seconds=_SIGN_SECONDS)
    found = _ARMOUR.fullmatch(ran.stdout.decode("ascii", "replace"))
    if ran.returncode or not found:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PipelineError(
            f"The line cannot be signed: {said[-1] if said else 'no reason given'}.",
            remedy="Name a key of yours, or load it with ssh-add and name its public half.",
            path=key,
        )
    return replace(line, signature="".join(found[1].split()))


class Verifier:
    """Checks the signatures of lines; what it has once checked it remembers.

    Args:
        allowed_signers: who may sign as what.
        revoked_signers: keys that are worth nothing any more, or None.
        cache: a file of former results, which may be deleted; None for none. Whoever can write
            to it can make any line count, as can whoever can write to the program.

    Raises:
        ConfigError: one of the two files cannot be read.
    """

    def __init__(
        self, allowed_signers: Path, revoked_signers: Path | None = None, cache: Path | None = None
    ) -> None:
        self._allowed = _read(allowed_signers, "allowed_signers")
        self._revoked = _read(revoked_signers, "revoked_signers") if revoked_signers else None
        self._cache = cache
        revoked = b"-" if self._revoked is None else digest(self._revoked).encode()
        self._base = f"{_CACHE_VERSION}{digest(self._allowed)}{revoked.decode()}"
        self._known = _read_cache(cache)
        self._is_changed = False

    def is_valid(self, line: Line) -> bool:
        """Whether a line has a signature of somebody who may sign it, good at the line's time.

        Raises:
            MachineError: there is no ``ssh-keygen``, or it does not answer.
        """
        if not line.signature:
            return False
        key = digest(f"{self._base}{render_line(line)}".encode())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._check(line)
            self._is_changed = True
        return known

    def save(self) -> None:
        """Write what was found good to the cache; where that is not possible there is none.

        What was not is looked at again: an old or broken ssh-keygen refuses everything.
        """
        if self._cache is not None and self._is_changed:
            # Other processes may have kept theirs meanwhile.
            known = {**_read_cache(self._cache), **self._known}
            good = {key: True for key, is_good in sorted(known.items()) if is_good}
            with suppress(OSError):
                write_atomic(self._cache, json.dumps(good).encode())
            self._is_changed = False

    def _check(self, line: Line) -> bool:
        # The bytes that the cache speaks of are those that are looked at, whatever becomes of
        # the files meanwhile.
        with tempfile.TemporaryDirectory(prefix="signature-") as name:
            folder = Path(name)
            (folder / "allowed").write_bytes(self._allowed)
            (folder / "signature").write_text(_armour(line.signature), "ascii")
            options = ["-f", str(folder / "allowed"), "-s", str(folder / "signature")]
            if self._revoked is not None:
                (folder / "revoked").write_bytes(self._revoked)
                options += ["-r", str(folder / "revoked")]
            options += ["-I", line.handle, "-n", namespace(line)]
            time = re.sub(r"\D", "", line.time)
            command = ("-Y", "verify", "-q", f"-Overify-time={time}", *options)
            return _run(command, signed_bytes(line), seconds=_CHECK_SECONDS).returncode == 0


def _run(
    options: Sequence[str], data: bytes, *, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise MachineError(
            "There is no ssh-keygen on this machine, and signatures are asked for.",
            remedy="Install OpenSSH 8.9 or later: apt-get install openssh-client.",
        )
    # Times of the allowed-signers file without a zone are UTC, on every machine.
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC0"}
    try:
        return subprocess.run(  # noqa: S603  # no shell; options are ours, a handle and a tag
            (program, *options),
            input=data,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MachineError(
            f"ssh-keygen has not answered for {seconds:.0f} seconds.",
            remedy="Does it wait for a passphrase or a token? Run the command again.",
        ) from None


def _armour(body: str) -> str:
    rows = [body[start : start + _WIDTH] for start in range(0, len(body), _WIDTH)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----", ""))


def _read(path: Path, key: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"The file of `{key}` cannot be read: {error.strerror}.",
            remedy="Put it there: docs/reference/ledger.md says what is in it.",
            path=path,
        ) from None


def _read_cache(path: Path | None) -> dict[str, bool]:
    """Former results; none where there is no file, or a damaged one."""
    try:
        found = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not all(isinstance(good, bool) for good in found.values()):
        return {}
    return found
