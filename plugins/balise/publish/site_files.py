"""The files of a site while it is built: those of the last build that still count, and new ones beside them."""

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from balise.base.digests import digest_of
from balise.base.paths import ignores_case
from balise.check.traces import ChangedReads
from balise.publish.file_records import Record, Records, Stat, stat_of


class SiteFiles:
    """The files of the site in `target`, of which new ones are written in the folder `staging`.

    `before` are those of the last build, by their paths from the site; `changes` is what has changed since.
    Those that are `given` are in the staging folder already. `records` are those of today, `made` the
    ones among them that are in the staging folder.
    """

    def __init__(self, target: Path, staging: Path, before: Records, changes: ChangedReads) -> None:
        self.target = target
        self.staging = staging
        self.before = before
        self.changes = changes
        self.fold = str.casefold if ignores_case(staging) else str
        self.given: AbstractSet[str] = frozenset()
        self.records = Records()
        self.made: set[str] = set()
        self._folders: set[str] = set()

    @property
    def kept(self) -> AbstractSet[str]:
        """The files that stay in the site as they are."""
        return self.records.keys() - self.made

    def taken(self) -> set[str]:
        """The files of today, as `fold` has them."""
        return {self.fold(target) for target in self.records}

    def stays(self, target: str, key: bytes) -> bool:
        """Whether a file of the last build is kept as it is."""
        record = self.before.get(target)
        if record is None or not self.counts(target, record, key):
            return False
        self.take({target: record})
        return True

    def all_stay(self) -> bool:
        """Whether all files of the last build, which are what would be made today, are still there: then they are kept."""
        for target, record in self.before.items():
            stat = record.stat
            if not self._is_there(target, record):
                return False
            if record.stat != stat:
                self.before[target] = record
        self.records = Records(self.before.encoded)
        self.made |= self.given & self.records.keys()
        return True

    def take(self, records: Mapping[str, Record]) -> None:
        """Let files of the last build be those of today."""
        self.records.update(records)
        self.made |= self.given & records.keys()

    def remove_unused(self) -> None:
        """Remove those of the files that were given which are none of today."""
        for target in self.given - self.made:
            (self.staging / target).unlink(missing_ok=True)

    def counts(self, target: str, record: Record, key: bytes) -> bool:
        """Whether a file of the last build is what would be made today, and is still there."""
        if record.trace.digest != key or any(record.trace.changed(self.changes)):
            return False
        return self._is_there(target, record)

    def _is_there(self, target: str, record: Record) -> bool:
        """Whether a file of the site is still what was made; its times do not count."""
        file = f"{self.staging if target in self.given else self.target}/{target}"
        found = stat_of(file)
        if found == record.stat:
            return True
        if found[0] != record.stat[0]:
            return False
        try:
            same = digest_of(Path(file).read_bytes()) == record.content
        except OSError:
            return False
        record.stat = found if same else record.stat
        return same

    def note_stat(self, target: str, stat: Stat) -> None:
        """Take note of how a file lies in the site."""
        record = self.records[target]
        record.stat = stat
        self.records[target] = record

    def keep(self, target: str, record: Record) -> None:
        """Take note of a file that was written."""
        self.records[target] = record
        self.made.add(target)

    def write(self, target: str, content: bytes) -> Stat:
        """Write a file; how it lies there. Raises OSError."""
        path = f"{self.staging}/{target}"
        self.make_folder(path.rpartition("/")[0])
        with open(path, "wb") as file:  # noqa: PTH123 - thousands of files
            file.write(content)
            file.flush()
            status = os.fstat(file.fileno())
        return status.st_size, status.st_mtime_ns

    def make_folder(self, folder: str) -> None:
        """Make a folder in the staging folder, if this process has not made it yet. Raises OSError."""
        if folder not in self._folders:
            try:
                os.mkdir(folder)  # noqa: PTH102 - thousands of folders
            except (FileExistsError, FileNotFoundError):
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            self._folders.add(folder)

    def put(self, target: str, record: Record, content: bytes) -> bool:
        """Write a file unless the same is in the site; whether it was written. Raises OSError."""
        before = self.before.get(target)
        if before and before.content == record.content and self._is_there(target, before):
            record.stat = before.stat
            return target in self.given
        record.stat = self.write(target, content)
        return True

    def is_below_a_file(self, target: str) -> bool:
        """Whether a file would have to be a folder for this one: an old address may say so."""
        parts = target.split("/")
        return any("/".join(parts[:end]) in self.records for end in range(1, len(parts)))

    def place_of(self, url: str) -> str:
        """Where a page lies that has been made, now or in an earlier build."""
        target = target_of(url)
        return f"{self.staging if target in self.made else self.target}/{target}"


def encoded(text: str) -> bytes:
    """The bytes of a file of the site."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


def target_of(url: str) -> str:
    """The file of a URL, from the site's root; empty parts, as of a page without a slug, are none."""
    path = "/".join(part for part in url.split("/") if part)
    if url.endswith("/") or not url:
        return f"{path}/index.html" if path else "index.html"
    return path
