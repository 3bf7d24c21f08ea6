"""What a site was made from, kept between builds: a file whose sources are the same is kept."""

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, file_state, refreshed
from balise.check.traces import Trace
from balise.publish.picture_copies import Copies
from balise.workspace.store import Store

Stat = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds; (-1, 0) of what is not there."""

GONE: Stat = (-1, 0)


class Record(msgspec.Struct, array_like=True):
    """A file of the site: the `trace` of how it was made, and how it lay on the disk (`stat`).

    The digest of the trace stands for all sources but the texts of other pages, which are its
    reads. `content` stands for the file's bytes, `text` for those of a page that can be searched.
    `shown` are the files that a page shows or links to, `included` those that are part of it.
    """

    trace: Trace
    stat: Stat
    content: bytes
    shown: list[str] = []
    included: list[str] = []
    text: bytes = b""


class Manifest(msgspec.Struct):
    """The files of a site by their paths from its folder; `state` stands for all that pages share.

    `texts` has the digest of each page's text, `states` those of the files that pages show or
    include, by path. `copies` are those of pictures, by what stands for a picture and how it is copied.
    `inputs` stands for all that the files are made from, beside the texts.
    """

    state: bytes = b""
    texts: Mapping[str, bytes] = {}
    records: dict[str, Record] = {}
    states: dict[str, FileState] = {}
    copies: dict[bytes, Copies] = {}
    inputs: bytes = b""


def read_manifest(store: Store, site: Path) -> Manifest:
    """The manifest of the site in a folder; an empty one where there is none that can be used."""
    try:
        return msgspec.msgpack.decode(store.read_file(_file_name(site)), type=Manifest)
    except msgspec.MsgspecError:
        return Manifest()


def write_manifest(store: Store, site: Path, manifest: Manifest) -> None:
    """Keep a manifest; where that is not possible, the next build makes everything anew."""
    store.write_file(_file_name(site), msgspec.msgpack.encode(manifest))


def _file_name(site: Path) -> str:
    return f"site-{digest(str(site.absolute())).hex()[:12]}.msgpack"


def stat_of(path: str | Path) -> Stat:
    """How a file lies on the disk."""
    try:
        found = os.stat(path)  # noqa: PTH116 - tens of thousands of files
    except (OSError, ValueError):
        return GONE
    return found.st_size, found.st_mtime_ns


def package_version(package: str) -> str:
    """The version of an installed package, as a part of such a key; empty if there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


class FileDigests:
    """The files that pages show or include, read again only where they may have changed.

    `states` are those of today, of all that were asked for.
    """

    def __init__(self, before: Mapping[str, FileState]) -> None:
        self.before = before
        self.states: dict[str, FileState] = {}

    def hash(self, path: str) -> bytes:
        """Stands for the bytes of a file; empty for one that cannot be read."""
        if path not in self.states:
            known = self.before.get(path)
            try:
                today = refreshed(path, known) if known else None
                self.states[path] = today or file_state(path)
            except OSError:
                return b""
        return self.states[path].digest
