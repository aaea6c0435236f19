"""Argos's index of models, and fetching one: the only thing in this program that asks a network.

It is never asked unless somebody types ``pipeline models install`` with a language's tag. The index
has no digests: the one of what was fetched is shown, to be compared and kept.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from pipeline.draft.installing import MOST_BYTES
from pipeline.draft.models import codes_of
from pipeline.errors import ModelError

#: Says where the index is, for teams that keep their models on a server of their own.
VARIABLE = "PIPELINE_MODEL_INDEX"
INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
_MOST_INDEX = 20_000_000
_PIECE = 1 << 20
_SECONDS = 30
_BY_HAND = (
    "Where there is no network, fetch the .argosmodel file on another machine and install it: "
    "`pipeline models install FILE`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A model that the index offers.

    Attributes:
        source: code of the language that it translates from.
        target: code of the language that it translates to.
        version: version of the package.
        links: addresses from which it can be fetched.
    """

    source: str
    target: str
    version: str
    links: tuple[str, ...]


def fetch_index(environ: Mapping[str, str] = os.environ) -> tuple[Offer, ...]:
    """The models that the index offers.

    Args:
        environ: the environment, which may name another index.

    Raises:
        ModelError: it cannot be reached, or is no index.
    """
    address = environ.get(VARIABLE) or INDEX
    parts: list[bytes] = []
    _fetch(address, parts.append, most=_MOST_INDEX)
    try:
        rows = json.loads(b"".join(parts))
        return tuple(_offer(row) for row in rows if row.get("from_code") and row.get("to_code"))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ModelError(f"{address} is no index of models.", remedy=_BY_HAND) from None


def _offer(row: Mapping[str, object]) -> Offer:
    links = row.get("links")
    return Offer(
        source=str(row["from_code"]),
        target=str(row["to_code"]),
        version=str(row.get("package_version", "0")),
        links=tuple(map(str, links)) if isinstance(links, list) else (),
    )


def find_offer(offers: Iterable[Offer], source: str, target: str) -> Offer | None:
    """The newest model of a pair of languages that is offered; None where there is none.

    Args:
        offers: what the index offers.
        source: tag of the source language.
        target: tag of the target language.
    """
    fitting = [
        offer
        for offer in offers
        if offer.source.lower() in codes_of(source) and offer.target.lower() in codes_of(target)
    ]
    return max(fitting, key=lambda offer: _numbers(offer.version), default=None)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def fetch_package(
    offer: Offer, path: Path, *, on_bytes: Callable[[int], None] = lambda _: None
) -> None:
    """Fetch a model's package from the first address that gives it.

    Args:
        offer: the model.
        path: where to write it.
        on_bytes: told how many more bytes have come.

    Raises:
        ModelError: no address gives it.
    """
    problem = ModelError(
        f"The index names no address for {offer.source}_{offer.target}.", remedy=_BY_HAND
    )
    for link in offer.links:
        try:
            with path.open("wb") as file:

                def take(piece: bytes) -> None:
                    file.write(piece)
                    on_bytes(len(piece))

                _fetch(link, take, most=MOST_BYTES)
        except ModelError as error:
            problem = error
        else:
            return
    raise problem


def _fetch(address: str, take: Callable[[bytes], object], *, most: int) -> None:
    _refuse_unsafe(address)
    try:
        request = Request(address, headers={"User-Agent": "health-translation-pipeline"})  # noqa: S310
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - https, looked at above
            _refuse_unsafe(answer.url)  # where it was sent on to
            count = 0
            while piece := answer.read(_PIECE):
                count += len(piece)
                if count > most:
                    raise ModelError(f"{address} gives more than {most:,} bytes.", remedy=_BY_HAND)
                take(piece)
    except (URLError, HTTPException, OSError) as error:
        if isinstance(error, HTTPError):
            error.close()  # it holds the connection
        why = getattr(error, "reason", None) or error
        raise ModelError(f"{address} cannot be fetched: {why}.", remedy=_BY_HAND) from None


def _refuse_unsafe(address: str) -> None:
    """Somebody on the way could put another model in the place of this one."""
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not is_here:
        raise ModelError(f"{address} is no address that begins with https://.", remedy=_BY_HAND)
