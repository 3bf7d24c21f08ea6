"""Mappings in bytes, of which no value is read before it is asked for."""

from array import array
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from itertools import accumulate
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec

Key = TypeVar("Key")
Value = TypeVar("Value")

ENCODER = msgspec.msgpack.Encoder()
ARRAY = b"\xdd"
"""Begins an array in MessagePack whose length stands in the next four bytes."""


def encoded(value: Any) -> bytes:
    """A value in bytes: a mapping entry by entry, all else as a whole."""
    return packed(value) if isinstance(value, Mapping) else ENCODER.encode(value)


def reader_of(kind: Any) -> Callable[[bytes], Any]:
    """What reads values of a type that were encoded so; it raises msgspec.MsgspecError and ValueError."""
    if get_origin(kind) == Mapping:
        form: Form[Any, Any] = Form(*get_args(kind))
        return form.read
    return msgspec.msgpack.Decoder(kind).decode


class _Parts(msgspec.Struct, array_like=True):
    """The keys, encoded; where each value ends, packed; the values, encoded one behind the other."""

    keys: msgspec.Raw
    ends: bytes
    values: bytes


PARTS = msgspec.msgpack.Decoder(_Parts)


class Form(Generic[Key, Value]):
    """What reads packed mappings whose keys and values are of some types."""

    def __init__(self, key: Any, value: Any) -> None:
        self.keys = msgspec.msgpack.Decoder(list[key])
        self.value = msgspec.msgpack.Decoder(value)
        self.values = msgspec.msgpack.Decoder(list[value])

    def read(self, packed: bytes) -> "Packed[Key, Value]":
        """A mapping that was packed. Raises msgspec.MsgspecError and ValueError where it is none."""
        return Packed(self, PARTS.decode(packed))


def packed(mapping: Mapping[Any, Any]) -> bytes:
    """A mapping in bytes."""
    values = [ENCODER.encode(value) for value in mapping.values()]
    keys = msgspec.Raw(ENCODER.encode([*mapping]))
    return ENCODER.encode(_Parts(keys, ends_of(values).tobytes(), b"".join(values)))


def ends_of(values: Iterable[bytes]) -> "array[int]":
    """Where each of some bytes ends when they stand one behind the other."""
    return array("Q", accumulate(map(len, values)))


class Packed(Mapping[Key, Value]):
    """A packed mapping: the keys are read with the first look-up, all values where all are asked for."""

    def __init__(self, form: Form[Key, Value], parts: _Parts) -> None:
        self._form = form
        self._parts = parts
        self._ends = array("Q", parts.ends)
        self._numbers: dict[Key, int] | None = None
        self._whole: dict[Key, Value] | None = None

    def whole(self) -> dict[Key, Value]:
        """All of it, for who asks for much of it: it is at hand from now on."""
        if self._whole is None:
            encoded = ARRAY + len(self._ends).to_bytes(4) + self._parts.values
            self._whole = dict(zip(self._keys, self._form.values.decode(encoded), strict=True))
        return self._whole

    @property
    def _keys(self) -> Mapping[Key, int]:
        if self._numbers is None:
            keys = self._form.keys.decode(self._parts.keys)
            self._numbers = dict(zip(keys, range(len(self._ends)), strict=True))
        return self._numbers

    def __getitem__(self, key: Key) -> Value:
        if self._whole is not None:
            return self._whole[key]
        number = self._keys[key]
        start = self._ends[number - 1] if number else 0
        value: Value = self._form.value.decode(self._parts.values[start : self._ends[number]])
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._ends)

    def items(self) -> ItemsView[Key, Value]:
        """As of any mapping."""
        return self.whole().items()

    def values(self) -> ValuesView[Value]:
        """As of any mapping."""
        return self.whole().values()

    def __eq__(self, other: object) -> bool:
        return self.whole() == other if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as of any mapping
