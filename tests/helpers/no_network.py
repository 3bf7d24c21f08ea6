"""A guard that lets no Python process, nor those that it starts, speak to a network, and writes down who tries."""

import os
from collections.abc import Mapping
from pathlib import Path

LOG = "GUARD_LOG"
READY = "guarded"
GUARD = f"""
import os, sys

def write_down(line):
    with open(os.environ["{LOG}"], "a", encoding="utf-8") as file:
        file.write(line + "\\n")

def guard(event, values):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        if getattr(values[0].family, "name", "") == "AF_UNIX":
            return
        place = values[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        place = values[0]
    else:
        return
    write_down(f"{{event}} {{place}}")
    raise ConnectionRefusedError(f"guarded: {{event}} {{place}}")

sys.addaudithook(guard)
write_down("{READY}")
"""
"""Run by Python before anything else. Python itself tells of each call, so none goes past it."""


def guarded(folder: Path) -> Mapping[str, str]:
    """The environment of a command that is guarded; `folder` is one for the guard alone."""
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, LOG: str(folder / "log")}


def attempts(folder: Path) -> list[str]:
    """What guarded processes have tried. Raises AssertionError if there was none."""
    lines = (folder / "log").read_text(encoding="utf-8").splitlines()
    assert READY in lines
    return [line for line in lines if line != READY]
