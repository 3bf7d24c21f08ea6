"""All that is read in one page, and the form in which it is kept and sent."""

import msgspec

from balise.claims import Claims
from balise.document import Document


class Facts(msgspec.Struct, array_like=True):
    """All that is read in one page."""

    document: Document
    claims: Claims


ENCODER = msgspec.msgpack.Encoder()
FACTS = msgspec.msgpack.Decoder(Facts)
FACTS_OF_MANY = msgspec.msgpack.Decoder(list[Facts])
