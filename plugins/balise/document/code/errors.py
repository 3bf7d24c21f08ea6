"""What the parsers of languages find in code; what examples leave out is no mistake."""

from collections.abc import Callable

from balise.document.code.json_code import json_error
from balise.document.code.languages import MAX_CODE, canonical, is_numbered
from balise.document.code.python_code import python_error
from balise.document.code.toml_code import toml_error
from balise.document.code.xml_code import xml_error
from balise.document.code.yaml_code import yaml_error
from balise.document.model import CodeError

PARSERS: dict[str, Callable[[str], CodeError | None]] = {
    "json": json_error,
    "python": python_error,
    "toml": toml_error,
    "xml": xml_error,
    "yaml": yaml_error,
}
"""None of them opens a file, or expands what refers to something else."""


def code_error(name: str, code: str) -> CodeError | None:
    """What is wrong with code in the language of that name; None if nothing is, or none can tell."""
    read = PARSERS.get(canonical(name))
    if read is None or len(code) > MAX_CODE or is_numbered(code) or not code.strip():
        return None
    try:
        return read(code)
    except (RecursionError, MemoryError, ValueError):
        # It is nested too deep, has a number of thousands of digits, or bytes that are not UTF-8.
        return None
