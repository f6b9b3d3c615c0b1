"""What came of asking a network element."""

from __future__ import annotations

from typing import Literal, NamedTuple

ANSWER_LENGTH_MAX = 200

Kind = Literal["acknowledged", "refused", "timed_out"]


class Outcome(NamedTuple):
    """`answer` is what the element said, or why there is nothing."""

    kind: Kind
    answer: str = ""


class Element(NamedTuple):
    """An element as it is called; the secret in the clear."""

    element_id: str
    driver: str
    address: str
    vendor: str = "generic"
    secret: str = ""
