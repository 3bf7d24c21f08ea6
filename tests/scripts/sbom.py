"""The bill of materials of a wheel: what is installed with it, in the form of CycloneDX 1.6.

https://cyclonedx.org/docs/1.6/json/
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)['\"]")
NAMESPACE = uuid.UUID("6b1f6a58-3a8c-5d1c-9d0e-2f6a1f0c7b1e")


@dataclass(frozen=True)
class Package:
    """A package as it was chosen: its licence in its own words, or nothing, and the names that it needs."""

    name: str
    version: str
    licence: str
    needs: frozenset[str]

    @property
    def purl(self) -> str:
        """Its address as a package URL, which names no host."""
        return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"


def packages_of(report: Mapping[str, Any]) -> list[Package]:
    """The packages of a report of pip (`install --dry-run --report`), by name."""
    entries = report["install"]
    chosen = {normal(entry["metadata"]["name"]) for entry in entries}
    packages = []
    for entry in entries:
        metadata = entry["metadata"]
        needs = _needed(metadata.get("requires_dist", ()), entry.get("requested_extras", ()))
        packages.append(
            Package(
                metadata["name"], metadata["version"], _licence(metadata), frozenset(needs & chosen)
            )
        )
    return sorted(packages, key=lambda package: normal(package.name))


def bill(
    wheel: Path,
    packages: Sequence[Package],
    required: Iterable[str],
    hashes: Mapping[str, Sequence[str]],
    made: int,
) -> str:
    """The bill of a wheel as JSON.

    `packages` are the wheel's own and all that can be installed with it, `required` the names of
    those that always are. `hashes` are the SHA-256 of the files of each, as `click==8.5.1`;
    `made` is a time in seconds since 1970. Raises KeyError where there are none for a package.
    """
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    always = {normal(name) for name in required}
    own = next(package for package in packages if wheel.name.startswith(f"{package.name}-"))
    known = {_pinned(requirement): found for requirement, found in hashes.items()}
    refs = {normal(package.name): package.purl for package in packages}
    component = _component(own) | {"type": "application", "hashes": _hashes([digest])}
    content = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made, UTC).isoformat().replace("+00:00", "Z"),
            "component": component,
        },
        "components": [
            _component(package)
            | {
                "type": "library",
                "scope": "required" if normal(package.name) in always else "optional",
                "externalReferences": [
                    {
                        "type": "distribution",
                        "url": package.purl,
                        "comment": "each of these is the hash of a file for some platform",
                        "hashes": _hashes(known[normal(package.name), package.version]),
                    }
                ],
            }
            for package in packages
            if package is not own
        ],
        "dependencies": [
            {"ref": package.purl, "dependsOn": sorted(refs[name] for name in package.needs)}
            for package in packages
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def normal(name: str) -> str:
    """A name as packages are compared by."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _needed(requirements: Iterable[str], extras: Sequence[str]) -> set[str]:
    """The names of requirements, without those of extras that nobody asked for."""
    found = set()
    for requirement in requirements:
        extra = EXTRA.search(requirement)
        name = NAME.match(requirement)
        if name and (extra is None or extra[1] in extras):
            found.add(normal(name[0]))
    return found


def _licence(metadata: Mapping[str, Any]) -> str:
    """As an SPDX expression, or else what the package calls it; some have the whole text there."""
    named: str = metadata.get("license_expression") or metadata.get("license") or ""
    if named and "\n" not in named and named != "UNKNOWN":
        return named
    classifiers = metadata.get("classifier", ())
    named_there = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License :: ")]
    return named_there[0] if named_there else ""


def _pinned(requirement: str) -> tuple[str, str]:
    name, _, version = requirement.partition("==")
    return normal(name), version


def _component(package: Package) -> dict[str, Any]:
    licences = [{"license": {"name": package.licence}}] if package.licence else []
    return {
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        **({"licenses": licences} if licences else {}),
    }


def _hashes(digests: Iterable[str]) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest} for digest in sorted(digests)]
