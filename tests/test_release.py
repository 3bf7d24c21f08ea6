"""What a release says of the files that it was tested with, and of what is in it."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.hash_constraints import CONSTRAINTS, HASHED, hashes_of, pinned
from tests.scripts.sbom import bill, packages_of

REPORT = {
    "install": [
        {
            "metadata": {
                "name": "balise",
                "version": "1.0",
                "license_expression": "MIT",
                "requires_dist": [
                    "click>=8",
                    "mkdocs<2; extra == 'site'",
                    "pytest; extra == 'dev'",
                    "gone; python_version < '3'",
                ],
            },
            "requested_extras": ["site"],
        },
        {
            "metadata": {
                "name": "mkdocs",
                "version": "1.6.1",
                "license": "All\nof the text",
                "classifier": ["License :: OSI Approved :: BSD License"],
                "requires_dist": ["Click (>=7)", "pyyaml_env_tag>=0.1"],
            }
        },
        {"metadata": {"name": "click", "version": "8.5.1", "license": "UNKNOWN"}},
        {"metadata": {"name": "pyyaml_env_tag", "version": "1.1", "license": "MIT"}},
    ]
}
HASHES = {"click==8.5.1": ["b", "a"], "mkdocs==1.6.1": ["c"], "pyyaml-env-tag==1.1": ["d"]}


def test_every_pinned_version_has_the_hashes_of_its_files() -> None:
    """`python -m tests.scripts.hash_constraints` makes them anew."""
    hashes = hashes_of(HASHED.read_text(encoding="utf-8"))
    assert list(hashes) == pinned(CONSTRAINTS.read_text(encoding="utf-8"))
    for requirement, found in hashes.items():
        assert found, requirement
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in found)


def materials(folder: Path, hashes: dict[str, list[str]]) -> dict[str, Any]:
    wheel = folder / "balise-1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    text = bill(wheel, packages_of(REPORT), ["balise", "click"], hashes, 0)
    read: dict[str, Any] = json.loads(text)
    assert text == bill(wheel, packages_of(REPORT), ["balise", "click"], hashes, 0)
    return read


def test_a_bill_of_materials_is_about_one_wheel(tmp_path: Path) -> None:
    made = materials(tmp_path, HASHES)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["timestamp"] == "1970-01-01T00:00:00Z"
    component = made["metadata"]["component"]
    assert component["purl"] == "pkg:pypi/balise@1.0"
    digest = hashlib.sha256(b"wheel").hexdigest()
    assert component["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_a_bill_of_materials_has_each_package_with_its_licence_and_hashes(tmp_path: Path) -> None:
    click, mkdocs, tag = materials(tmp_path, HASHES)["components"]
    assert [c["purl"] for c in (click, mkdocs, tag)] == [
        "pkg:pypi/click@8.5.1",
        "pkg:pypi/mkdocs@1.6.1",
        "pkg:pypi/pyyaml-env-tag@1.1",
    ]
    assert [c["scope"] for c in (click, mkdocs, tag)] == ["required", "optional", "optional"]
    assert "licenses" not in click
    assert mkdocs["licenses"] == [{"license": {"name": "BSD License"}}]
    assert [h["content"] for h in click["externalReferences"][0]["hashes"]] == ["a", "b"]


def test_a_bill_of_materials_says_what_needs_what(tmp_path: Path) -> None:
    depends = materials(tmp_path, HASHES)["dependencies"]
    assert {entry["ref"]: entry["dependsOn"] for entry in depends} == {
        "pkg:pypi/balise@1.0": ["pkg:pypi/click@8.5.1", "pkg:pypi/mkdocs@1.6.1"],
        "pkg:pypi/click@8.5.1": [],
        "pkg:pypi/mkdocs@1.6.1": ["pkg:pypi/click@8.5.1", "pkg:pypi/pyyaml-env-tag@1.1"],
        "pkg:pypi/pyyaml-env-tag@1.1": [],
    }


def test_a_version_that_is_not_pinned_is_in_no_bill_of_materials(tmp_path: Path) -> None:
    others = {name: found for name, found in HASHES.items() if name != "click==8.5.1"}
    with pytest.raises(KeyError, match=r"click.*8\.5\.1"):
        materials(tmp_path, others | {"click==8.5.0": ["a"]})
