"""Digests: 16 bytes that stand for some data. What has the same digest is the same."""

import hashlib


def digest(*parts: object) -> bytes:
    """Stands for values by their `repr`, which must tell all that matters of each."""
    return digest_of(repr(parts).encode("utf-8", "surrogatepass"))


def digest_of(data: bytes) -> bytes:
    """Stands for bytes, as those of a file."""
    return hashlib.blake2b(data, digest_size=16).digest()
