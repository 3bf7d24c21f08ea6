"""What a checker has found, read from its own report: SARIF, or an array of JSON."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from balise.base.errors import UserError
from balise.base.paths import path_here, resolved_path
from balise.check.causes import HERE_TOO

LINE_NUMBER = re.compile(r"\b(line|Line|ligne|Zeile)s? [0-9]+")
NO_RULE = "?"


class Found(msgspec.Struct, frozen=True):
    """A finding; `path` is from the folder of its round, or absolute where it is not in it."""

    path: str
    line: int
    rule: str
    message: str

    @property
    def message_without_lines(self) -> str:
        """What it says, wherever the lines of the page have moved."""
        return LINE_NUMBER.sub(r"\1", self.message)


def read_findings(file: Path, folder: Path) -> list[Found]:
    """The findings in a file, about the pages in a folder: where they count from as well.

    Raises UserError where the file cannot be read, or has no findings in a form that is known.
    """
    try:
        data = msgspec.json.decode(file.read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(
            f"{path_here(str(file))}: cannot be read: {reason}; "
            "run the checker in the folder of each round, and in `0`"
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError(f"{path_here(str(file))}: is no JSON") from error
    told = _of_sarif(data) if isinstance(data, dict) and "runs" in data else _of_array(data)
    root = resolved_path(folder)
    try:
        return [Found(_inside(root, path), line, *rest) for path, line, *rest in told]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UserError(
            f"{path_here(str(file))}: is neither SARIF nor an array of objects with "
            "`path`, `line`, `rule` and `message`"
        ) from error


def _of_sarif(data: Mapping[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """SARIF 2.1.0, sections 3.27.12 and 3.28."""
    for run in data["runs"]:
        for result in run.get("results") or []:
            rule = result.get("ruleId") or result.get("rule", {}).get("id") or NO_RULE
            message = result["message"].get("text") or result["message"].get("id", "")
            others = [
                other
                for other in result.get("relatedLocations") or []
                if _is_same(other.get("message", {}).get("text", ""))
            ]
            for location in [*(result.get("locations") or [])[:1], *others]:
                place = location["physicalLocation"]
                uri = place["artifactLocation"]["uri"]
                line = place.get("region", {}).get("startLine", 1)
                yield unquote(urlsplit(uri).path), int(line), str(rule), str(message)


def _of_array(data: Sequence[Any]) -> Iterator[tuple[str, int, str, str]]:
    """As `balise check --output-format json` writes it; `line` may stand by itself."""
    if not isinstance(data, list):
        raise TypeError
    for found in data:
        line = found["line"] if "line" in found else found["start"]["line"]
        rule = found.get("rule") or NO_RULE
        message = str(found.get("message", ""))
        yield found["path"], int(line), str(rule), message
        for other in found.get("related") or []:
            if _is_same(other["message"]):
                yield other["path"], int(other["start"]["line"]), str(rule), message


def _is_same(message: str) -> bool:
    """Whether a related place is one more of the same finding, which balise tells once for one cause."""
    return message.startswith(HERE_TOO)


def _inside(root: str, path: str) -> str:
    whole = os.path.normpath(os.path.join(root, path))  # noqa: PTH118 - thousands
    if whole.startswith(f"{root}/"):
        return whole.removeprefix(f"{root}/")
    return resolved_path(whole).removeprefix(f"{root}/")
