"""What is configured, and where: as TOML with comments, and as JSON."""

import json
from pathlib import Path
from typing import Any

from balise.config import Configuration, Place, RuleCatalog, dotted, settings_in_force


def config_text(configuration: Configuration, known: RuleCatalog) -> str:
    """The settings as they could stand in `balise.toml`, each with its place behind it."""
    files = ", ".join(_shown(file) for file in configuration.files)
    head = f"# from {files}" if files else "# no configuration was found: these are the defaults"
    lines = [
        f"{dotted(setting.key)} = {_toml(setting.value)}  # {_where(setting.place)}"
        for setting in settings_in_force(configuration, known)
    ]
    return "\n".join((head, *lines, ""))


def config_json(configuration: Configuration, known: RuleCatalog) -> str:
    """The same for programs."""
    settings = [
        {
            "key": list(setting.key),
            "value": setting.value,
            "file": _shown(setting.place.file) if setting.place else None,
            "line": (setting.place.line or None) if setting.place else None,
        }
        for setting in settings_in_force(configuration, known)
    ]
    files = [_shown(file) for file in configuration.files]
    made = {"folder": configuration.root.as_posix(), "files": files, "settings": settings}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _where(place: Place | None) -> str:
    if place is None:
        return "default"
    return f"{_shown(place.file)}:{place.line}" if place.line else _shown(place.file)


def _shown(file: Path) -> str:
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _toml(value: Any) -> str:
    """A value on one line of TOML. Its texts are those of JSON, but for one control character."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
