"""What is installed by default: as a bill of materials, and with its licences.

    .venv/bin/python scripts/supply_chain.py sbom        build/sbom.cdx.json, CycloneDX 1.6
    .venv/bin/python scripts/supply_chain.py licences    docs/reference/licences.md

"By default" is what `requirements.lock` lists for this kind of machine. What the lock says is taken
from it (names, versions, digests), what only a package can say (licence, what it needs) from the
installed package. Two runs give the same bytes.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pipeline

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "build/sbom.cdx.json"
PAGE = ROOT / "docs/reference/licences.md"

#: Licences that let anybody use and change the project, without a duty for what it is linked with.
PERMISSIVE = frozenset(
    {
        *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "MIT", "MIT-0", "MIT-CMU"),
        *("OFL-1.1",),  # fonts alone: what is set in them is free
    }
)
#: What asks for more, each with the reason why it may be there. Never GPL, LGPL or AGPL alone.
EXCEPTIONS = {
    "certifi": ("MPL-2.0", "a list of certificates, unchanged; read by requests alone"),
    "pathspec": ("MPL-2.0", "used unchanged by MkDocs; the duty ends at its own files"),
    "pypdfium2": (
        "BSD-3-Clause AND Apache-2.0",
        "with PDFium inside, whose parts are permissive too; their licences are in the wheel",
    ),
    "pyphen": (
        "MPL-1.1",
        "offered under GPL, LGPL or MPL, of which we take the MPL; used unchanged by WeasyPrint",
    ),
}
#: How packages write what SPDX calls otherwise.
_SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
#: Packages whose metadata say nothing; read in the licence file that they bring.
_READ_IN_FILE = {"py-svg-hush": ("MIT", "licenses/LICENSE.txt")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A package that is installed by default.

    Attributes:
        name: its name.
        version: its version.
        hashes: SHA-256 of each file of it that may be installed.
        licence: SPDX expression, as far as it can be told.
        needs: names of the locked packages that it asks for.
        summary: what it says of itself.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]
    summary: str


def read_lock(path: Path = LOCK) -> dict[str, Locked]:
    """The packages of a lock file that this kind of machine installs, by name.

    Raises:
        PackageNotFoundError: one is not installed: `make setup-dev` first.
    """
    rows = dict(_rows(path.read_text(encoding="utf-8")))
    return {
        name: _locked(name, version, hashes, rows.keys())
        for name, (version, hashes) in rows.items()
    }


def _rows(text: str) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for row in re.split(r"\n(?=\S)", "\n".join(lines).replace("\\\n", " ")):
        said, *hashes = row.split("--hash=sha256:")
        requirement = Requirement(said)
        if not requirement.marker or requirement.marker.evaluate():
            version = str(requirement.specifier).removeprefix("==")
            yield requirement.name, (version, tuple(each.strip() for each in hashes))


def _locked(name: str, version: str, hashes: tuple[str, ...], locked: object) -> Locked:
    package = distribution(name)
    needs = {
        canonicalize_name(requirement.name)
        for requirement in map(Requirement, package.requires or ())
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }
    return Locked(
        name=name,
        version=version,
        hashes=hashes,
        licence=find_licence(package),
        needs=tuple(sorted(needs & set(locked))),
        summary=str(package.metadata.get("Summary") or ""),
    )


def find_licence(package: Distribution) -> str:
    """A package's licence as SPDX writes it; empty where it says none that is known.

    Args:
        package: an installed package. Its licence expression is asked first, then its
            classifiers, then what it calls its licence.
    """
    metadata = package.metadata
    name = canonicalize_name(metadata["Name"])
    if name in EXCEPTIONS:
        return EXCEPTIONS[name][0]
    if name in _READ_IN_FILE:
        licence, file = _READ_IN_FILE[name]
        found = [each for each in package.files or () if str(each).endswith(file)]
        return licence if found and f"{licence} License" in found[0].read_text() else ""
    if expression := metadata.get("License-Expression"):
        return str(expression)
    said = [
        each.rpartition(" :: ")[2]
        for each in metadata.get_all("Classifier") or ()
        if each.startswith("License ::")
    ]
    named = [_SPDX.get(each, each) for each in (*said, metadata.get("License") or "") if each]
    # A classifier says only "BSD"; where the package names which one, that says more.
    exact = [each for each in named if each != "BSD" and each in PERMISSIVE]
    return " OR ".join(dict.fromkeys(exact or named[:1]))


def find_refused(packages: Mapping[str, Locked]) -> list[str]:
    """What may not be installed by default, a line each.

    Args:
        packages: what is.
    """
    refused = []
    for package in packages.values():
        choices = {part.strip("() ") for part in re.split(r"\bOR\b", package.licence)}
        if package.name in EXCEPTIONS or choices & PERMISSIVE:
            continue
        refused.append(f"{package.name} {package.version}: {package.licence or 'no licence known'}")
    return refused


# --- The bill of materials --------------------------------------------------------------


def render_bill(packages: Mapping[str, Locked]) -> str:
    """The packages as a CycloneDX document, JSON, version 1.6. No date, no random number in it.

    Args:
        packages: what is installed by default.

    Raises:
        ValueError: the document is not what its schema asks for.
    """
    own = Component(
        type=ComponentType.APPLICATION,
        name="health-translation-pipeline",
        version=pipeline.__version__,
        bom_ref="health-translation-pipeline",
        licenses=[LicenseFactory().make_from_string("MIT")],
    )
    parts = {name: _component(package) for name, package in packages.items()}
    bill = Bom(components=parts.values())
    bill.metadata.component = own
    for name, package in packages.items():
        bill.register_dependency(parts[name], [parts[need] for need in package.needs])
    bill.register_dependency(own, [parts[name] for name in _direct() if name in parts])
    document = json.loads(JsonV1Dot6(bill).output_as_string())
    document["metadata"].pop("timestamp", None)
    content = json.dumps(document["components"], sort_keys=True)
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}"
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"The bill of materials is not valid: {problem}")
    return text


def _component(package: Locked) -> Component:
    return Component(
        name=package.name,
        version=package.version,
        description=package.summary,
        bom_ref=f"{package.name}=={package.version}",
        purl=PackageURL("pypi", name=package.name, version=package.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in package.hashes],
        licenses=[LicenseFactory().make_from_string(package.licence)] if package.licence else [],
    )


def _direct() -> Iterator[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for each in settings["project"]["dependencies"]:
        yield canonicalize_name(Requirement(each).name)


# --- The page of licences ----------------------------------------------------------------


def render_page(packages: Mapping[str, Locked]) -> str:
    """The page that lists them.

    Args:
        packages: what is installed by default.
    """
    rows = [
        f"| {package.name} | {package.version} | {package.licence} |"
        for package in packages.values()
        if package.name not in EXCEPTIONS
    ]
    special = [
        f"| {name} | {packages[name].version} | {licence} | {reason} |"
        for name, (licence, reason) in sorted(EXCEPTIONS.items())
        if name in packages
    ]
    return "\n".join(
        [
            "# Licences of what is installed",
            "",
            "Made by `make licences` from `requirements.lock` and what packages say of themselves:",
            "`make check` compares it, and refuses a package whose licence is not known or asks",
            "for more than to be named. `make sbom` writes the same, with digests and what needs",
            "what, as a bill of materials (CycloneDX 1.6, JSON) into `build/sbom.cdx.json`.",
            "",
            "Nothing under GPL, LGPL or AGPL alone is installed by default. The system's Pango,",
            "GLib and FriBidi, which WeasyPrint loads for leaflets, are LGPL and no part of it.",
            "Nor are [machine drafts](drafts.md), which bring a package under AGPL.",
            "",
            "## With a reason",
            "",
            "| package | version | licence | why it may be there |",
            "|---|---|---|---|",
            *special,
            "",
            "## Permissive",
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def main(arguments: Sequence[str]) -> int:
    """Do what was asked for."""
    match arguments:
        case ["sbom"]:
            packages = read_lock()
            BILL.parent.mkdir(exist_ok=True)
            BILL.write_text(render_bill(packages), encoding="utf-8")
            print(f"{len(packages)} packages written to {BILL.relative_to(ROOT)}.")
            return 0
        case ["licences"]:
            packages = read_lock()
            PAGE.write_text(render_page(packages), encoding="utf-8")
            refused = find_refused(packages)
            print("\n".join([*refused, f"{len(packages)} packages, {len(refused)} refused."]))
            return 1 if refused else 0
        case _:
            print("usage: supply_chain.py sbom|licences", file=sys.stderr)
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed: `make setup-dev` first.")
