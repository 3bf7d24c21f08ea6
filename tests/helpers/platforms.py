"""What tests need of a system that not every system has."""

import os
import sys
import tempfile
from pathlib import Path

import pytest


def _makes_links() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            Path(folder, "link").symlink_to("nowhere")
        except OSError:
            return False
    return True


MAKES_LINKS = _makes_links()
"""Whether this process may make symbolic links."""

on_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such modes, signals, pipes or devices"
)
with_links = pytest.mark.skipif(
    not MAKES_LINKS, reason="to make a symbolic link takes a privilege here"
)
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root may give a file to others"
)
with_permissions = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may read and write every file"
)
with_any_name = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="every name is UTF-8 here"
)
