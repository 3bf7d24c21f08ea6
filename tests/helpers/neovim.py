"""Neovim without a screen, driven from outside as a user drives it: by keys, and by looking at what is there."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ, pathsep
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

NEOVIM = shutil.which("nvim")
in_neovim = pytest.mark.skipif(not NEOVIM, reason="there is no Neovim on this machine")
PATIENCE = 20
"""Seconds after which what is waited for does not come any more."""


class Neovim:
    """A running Neovim, spoken to over its socket."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def keys(self, keys: str) -> None:
        """Press keys, such as `ifoo<Esc>`."""
        self._run("--remote-send", keys)

    def lua(self, code: str) -> Any:
        """What Lua code returns."""
        quoted = f"vim.json.encode((function() {code} end)() or vim.NIL)".replace("'", "''")
        return json.loads(self._run("--remote-expr", f"luaeval('{quoted}')"))

    def wait(self, condition: str) -> None:
        """Wait until a Lua expression is true.

        Neovim is asked again and again: while it waits it takes no keys, and it may be asked in the
        middle of something that waits as well.
        """
        latest = monotonic() + PATIENCE
        while not self.lua(f"return vim.wait(50, function() return {condition} end, 5)"):
            assert monotonic() < latest, f"this never came true: {condition}"

    def open(self, path: Path) -> None:
        """Open a file, as `:edit` does."""
        self.lua(f"vim.cmd('edit ' .. vim.fn.fnameescape({json.dumps(str(path))}))")

    def line(self, number: int) -> str:
        """A line of the buffer, from 1."""
        return str(self.lua(f"return vim.fn.getline({number})"))

    def _run(self, option: str, argument: str) -> str:
        command = [str(NEOVIM), "--server", str(self._socket), option, argument]
        run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return run.stdout or run.stderr


@contextmanager
def neovim(folder: Path, init: str) -> Iterator[Neovim]:
    """Start Neovim in a folder with `init` as its `init.lua`, with this environment's `balise` on the `PATH`."""
    scripts = Path(sys.executable).parent
    with tempfile.TemporaryDirectory(prefix="nvim-") as work:
        socket, script = Path(work, "socket"), Path(work, "init.lua")
        script.write_text(init, encoding="utf-8")
        environment = {
            **environ,
            "PATH": f"{scripts}{pathsep}{environ['PATH']}",
            **{f"XDG_{kind}_HOME": work for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
        }
        command = [
            str(NEOVIM),
            "--clean",
            "-n",
            "--headless",
            "-u",
            str(script),
            "--listen",
            str(socket),
        ]
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                editor = Neovim(socket)
                _await_socket(socket, process)
                yield editor
                editor.keys("<C-\\><C-n>:qall!<CR>")
                process.wait(timeout=30)
            finally:
                process.kill()


def _await_socket(socket: Path, process: subprocess.Popen[str]) -> None:
    while not socket.exists():
        assert process.poll() is None, process.communicate()[1]
