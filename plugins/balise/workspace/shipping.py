"""What is kept of pages, from the store of one job into an archive, and from there into that of another.

Parts: `records`, and in portions `facts/N` and `drafts/N`, each a table as the store has it.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.config import Urls
from balise.workspace.archive import Archive
from balise.workspace.page_facts import ENCODER
from balise.workspace.records import PageRecord, Records
from balise.workspace.store import Artifact, Rows, Store
from balise.workspace.workspace import Workspace

TABLES: tuple[Artifact, ...] = ("facts", "drafts")
"""What goes into archives as the store has it."""
AT_ONCE = 256
"""Pages in a portion."""
RECORDS_PART = "records"

RECORDS = msgspec.msgpack.Decoder(dict[str, PageRecord])
ROWS = msgspec.msgpack.Decoder(Rows)
"""Path of a page -> the digest of its text, and what is kept of it."""


def packed_pages(
    workspace: Workspace, store: Store, paths: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The parts that have what the `store` of a workspace keeps of some pages. Raises UserError."""
    records = {p: workspace.records[p] for p in paths if workspace.records[p].state.digest}
    yield RECORDS_PART, ENCODER.encode(records)
    for table in TABLES:
        for number, start in enumerate(range(0, len(records), AT_ONCE)):
            rows: dict[str, tuple[bytes, bytes]] = {}
            for path in list(records)[start : start + AT_ONCE]:
                digest = records[path].state.digest
                value = store.of_page(table, path, digest)
                if value is not None:
                    rows[path] = digest, value
                elif table == "facts":
                    raise unusable(store)
            if rows:
                yield f"{table}/{number:04}", ENCODER.encode(rows)


def take_pages(
    archive: Archive, store: Store, urls: Urls, drafts_of: AbstractSet[str] | None = None
) -> None:
    """Keep in a store what an archive has of pages, and drafts of all or of some. Raises UserError."""
    # That a file is the same is told by what is in it: times and inodes are those of another machine.
    records = {
        path: replace(record, state=replace(record.state, racy=True))
        for path, record in archive.decoded(RECORDS_PART, RECORDS.decode).items()
    }
    own = drafts_of is None or not drafts_of.isdisjoint(records)
    for table in TABLES if own else ("facts",):
        for name in archive.names:
            if name.startswith(f"{table}/"):
                rows = archive.decoded(name, ROWS.decode)
                if not store.save({}, {table: rows}):
                    raise unusable(store)
    encoded = {path: ENCODER.encode(record) for path, record in records.items()}
    if not store.save({}, {"records": Records(store, urls).rows(encoded)}):
        raise unusable(store)


def unusable(store: Store) -> UserError:
    """Says that a store keeps nothing, or not all, and that a shard needs it."""
    reason = store.refusal or store.trouble or f"{store.folder}: nothing can be kept in it"
    return UserError(f"{reason}; shards are made and merged by what is kept there")
