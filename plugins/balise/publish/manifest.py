"""What a site was made from, kept between builds: a file whose sources are the same is kept."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, file_state, refreshed
from balise.publish.file_records import Records
from balise.publish.picture_copies import Copies
from balise.workspace.store import Store


class Manifest(msgspec.Struct):
    """The files of a site by their paths from its folder, as in `Records`; `state` stands for all that pages share.

    `texts` has the digest of each page's text, `states` those of the files that pages show or
    include, by path. `copies` are those of pictures, by what stands for a picture and how it is copied.
    `inputs` stands for all that the files are made from, beside the texts.
    """

    state: bytes = b""
    texts: Mapping[str, bytes] = {}
    records: dict[str, msgspec.Raw] = {}
    states: dict[str, FileState] = {}
    copies: dict[bytes, Copies] = {}
    inputs: bytes = b""


def decode_manifest(data: bytes) -> Manifest:
    """A manifest from bytes. Raises msgspec.MsgspecError and ValueError where they are none."""
    found = msgspec.msgpack.decode(data, type=Manifest)
    Records(found.records).verify()
    return found


def read_manifest(store: Store, site: Path) -> Manifest:
    """The manifest of the site in a folder; an empty one where there is none that can be used."""
    try:
        return decode_manifest(store.read_file(_file_name(site)))
    except (msgspec.MsgspecError, ValueError):
        return Manifest()


def write_manifest(store: Store, site: Path, manifest: Manifest) -> None:
    """Keep a manifest; where that is not possible, the next build makes everything anew."""
    store.write_file(_file_name(site), msgspec.msgpack.encode(manifest))


def _file_name(site: Path) -> str:
    return f"site-{digest(str(site.absolute())).hex()[:12]}.msgpack"


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
