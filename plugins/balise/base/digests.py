"""Digests: 16 bytes that stand for some data. What has the same digest is the same."""

import hashlib
from typing import BinaryIO

AT_ONCE = 1 << 20
"""Bytes of a file that are in memory at a time."""


def digest(*parts: object) -> bytes:
    """Stands for values by their `repr`, which must tell all that matters of each."""
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))


def digest_of(data: bytes) -> bytes:
    """Stands for bytes, as those of a file."""
    return hashlib.blake2b(data, digest_size=16).digest()


def digest_of_file(file: BinaryIO) -> bytes:
    """As `digest_of`, for what is left to read of a file, however large."""
    found = hashlib.blake2b(digest_size=16)
    while data := file.read(AT_ONCE):
        found.update(data)
    return found.digest()
