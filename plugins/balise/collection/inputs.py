"""What the structure of a collection is made of, at hand or as it is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import msgspec

from balise.base.digests import digest_of
from balise.base.packed import encoded
from balise.base.picture_faults import PictureFault
from balise.collection.layouts.tree import TreeLayout
from balise.collection.origins import Origin
from balise.collection.page import Page, References
from balise.config import Generated
from balise.document import Document


class Inputs(msgspec.Struct, frozen=True, array_like=True):
    """What a structure is made of; all that has to be kept to make it again.

    `pages` by path; `files` that exist beside what pages name, pages among them, sorted, with no
    symbolic link out of the folder; `data`, the data files by name; `references`, by page the
    addresses that may name files, as written; `origins`, by translation what it was made from;
    `broken`, by path what is wrong with those of the pictures that browsers do not show.
    """

    pages: Mapping[str, Page]
    files: Sequence[str] = ()
    data: Mapping[str, Document] = {}
    references: Mapping[str, References] = {}
    origins: Mapping[str, Origin] = {}
    broken: Mapping[str, PictureFault] = {}


class KeptInputs:
    """Inputs as they are kept: each is loaded, by its name, when it is asked for; `digests` stand for them."""

    def __init__(self, digests: Mapping[str, bytes], load: Callable[[str], Any]) -> None:
        self.digests = digests
        self._load = load

    def __getattr__(self, name: str) -> Any:
        if name not in Inputs.__struct_fields__:
            raise AttributeError(name)
        found = self.__dict__[name] = self._load(name)
        return found

    @classmethod
    def of(cls, digests: Mapping[str, bytes], load: Callable[[str], Any]) -> Inputs:
        """Such inputs, which are in nothing different from others."""
        return cast("Inputs", cls(digests, load))

    def replaced(self, name: str, value: Any) -> Inputs:
        """These inputs but one."""
        digests = {**self.digests, name: digest_of(encoded(value))}
        return KeptInputs.of(digests, lambda n: value if n == name else getattr(self, n))


def replaced(inputs: Inputs, name: str, value: Any) -> Inputs:
    """Inputs of which one is another."""
    known: object = inputs
    if isinstance(known, KeptInputs):
        return known.replaced(name, value)
    return msgspec.structs.replace(inputs, **{name: value})


class Reading(msgspec.Struct, frozen=True):
    """How the pages of a collection are read.

    One that is not `whole` is a part of a collection: what is not there may be elsewhere. A `plain`
    one is of plain Markdown, and not in the dialect. `generated` is what other tools add to it,
    `layout` the name of how it is laid out.
    """

    whole: bool = True
    plain: bool = False
    generated: Generated = Generated()
    layout: str = TreeLayout.name


WHOLE = Reading()
"""How one is read that is the whole of a collection in the layout that most have."""


def digests_of(inputs: Inputs) -> dict[str, bytes]:
    """What stands for each of the inputs, by name."""
    known: object = inputs
    if isinstance(known, KeptInputs):
        return dict(known.digests)
    return {name: digest_of(encoded(getattr(inputs, name))) for name in Inputs.__struct_fields__}


def changed_inputs(before: Inputs, now: Inputs) -> set[str]:
    """The names of the inputs that differ."""
    ours: object = before
    theirs: object = now
    if isinstance(ours, KeptInputs) and isinstance(theirs, KeptInputs):
        return {name for name, found in ours.digests.items() if theirs.digests[name] != found}
    pairs = ((n, getattr(before, n), getattr(now, n)) for n in Inputs.__struct_fields__)
    return {name for name, our, their in pairs if our is not their and our != their}
