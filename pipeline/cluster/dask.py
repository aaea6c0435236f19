"""The few calls of Dask that a build makes. Nothing else of the program knows it.

``distributed`` is an extra, so it is imported where it is used.
"""

import logging
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ClusterError, MachineError

#: Seconds in which a scheduler has to answer, at first and later.
_CONNECT = 5.0
_ANSWER = 30.0
_SETTINGS = {
    "distributed.comm.timeouts.connect": f"{_CONNECT:g}s",
    # A language's pages travel with their task; Dask would advise against it.
    "distributed.admin.large-graph-warning-threshold": "100 GB",
}


class SchedulerLostError(Exception):
    """The scheduler does not answer any more."""


@dataclass(frozen=True, kw_only=True)
class Dask:
    """A connection to a scheduler.

    Attributes:
        address: of the scheduler.
        client: Dask's own.
    """

    address: str
    client: Any

    def list_workers(self) -> dict[str, tuple[str, bool]]:
        """The workers by address: their names, and whether they have a nanny.

        Raises:
            SchedulerLostError: it does not answer.
        """
        self.check()
        try:
            found = self.client.sync(
                self.client.scheduler.identity, n_workers=-1, callback_timeout=_ANSWER
            )
            return {
                str(key): (str(each["name"]), bool(each.get("nanny")))
                for key, each in found["workers"].items()
            }
        except Exception as error:
            raise SchedulerLostError(f"{type(error).__name__}: {error}".rstrip(": ")) from error

    def check(self) -> None:
        """See whether it is still there.

        Raises:
            SchedulerLostError: it is not.
        """
        if self.client.status != "running" or self.client.scheduler is None:
            raise SchedulerLostError("the connection has ended")

    def submit(
        self, work: Callable[..., object], given: tuple[object, ...], *, worker: str, key: str
    ) -> Any:  # noqa: ANN401  Dask's future
        """Have something done by one worker.

        Raises:
            SchedulerLostError: the connection has ended.
        """
        self.check()
        try:
            return self.client.submit(
                work, *given, workers=[worker], allow_other_workers=False, key=key, pure=False
            )
        except Exception as error:
            raise SchedulerLostError(f"{type(error).__name__}: {error}") from error

    def take(self, future: Any) -> object:  # noqa: ANN401
        """What came of it; the exception where that is one. It is let go of at once.

        Raises:
            SchedulerLostError: it is the connection that has ended.
        """
        if future.status in {"cancelled", "lost"}:
            raise SchedulerLostError("it has forgotten what it was given")
        try:
            return future.result(timeout=_ANSWER)
        except Exception as error:  # noqa: BLE001  whatever a worker raises
            self.check()
            return error
        finally:
            future.release()

    def drop(self, future: Any) -> None:  # noqa: ANN401
        """Let go of something that nobody waits for any more."""
        with suppress(Exception):
            self.client.cancel([future], force=True)
        future.release()

    def restart(self, address: str) -> None:
        """End a worker and begin another in its place, if it has a nanny."""
        with suppress(Exception):
            self.client.restart_workers([address], timeout=_ANSWER, raise_for_error=False)

    def close(self) -> None:
        """Leave the cluster as it is."""
        with suppress(Exception):
            self.client.close(timeout=_CONNECT)


def connect(address: str) -> Dask:
    """Find a scheduler.

    Args:
        address: such as ``tcp://10.0.0.5:8786``, or ``tls://…`` with what Dask's own settings say
            of certificates.

    Raises:
        MachineError: the extra is not installed.
        ClusterError: there is no scheduler at that address, or there are no certificates for it.
    """
    try:
        import dask  # noqa: PLC0415  an extra
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise MachineError(
            "Builds on many machines need Dask, which is not installed.",
            remedy="Type: make cluster (or: pip install 'health-translation-pipeline[cluster]')",
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it in our own words
    if address.startswith("tls:"):
        _refuse_without_certificates()
    try:
        with dask.config.set(_SETTINGS), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions: we look at them ourselves
            made: Any = Client
            client = made(address, timeout=_CONNECT, set_as_default=False)
    except Exception as error:
        raise ClusterError(
            f"No scheduler answers at {address} ({error or type(error).__name__}).",
            remedy="Start one (dask scheduler) and give the address that it prints;"
            " for tls:// see docs/reference/cluster.md.",
        ) from error
    return Dask(address=address, client=client)


def _refuse_without_certificates() -> None:
    """Say what is missing: Dask would say that a type is another, and wait for 10 s at the end."""
    from distributed.security import Security  # noqa: PLC0415  an extra

    made: Any = Security
    try:
        found = made().get_connection_args("client").get("ssl_context")
        why = "Dask's settings name none"
    except Exception as error:  # noqa: BLE001  whatever is wrong with the files
        found, why = None, str(error) or type(error).__name__
    if found is None:
        raise ClusterError(
            f"There are no certificates for tls:// that can be used ({why}).",
            remedy="Name them in ~/.config/dask/tls.yaml, or in the folder that DASK_CONFIG names:"
            " docs/reference/cluster.md has the lines.",
        )
