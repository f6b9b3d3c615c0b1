"""What a payment gateway is: calls as data and answers read, all pure; the process that calls is the same for all.

    GATEWAY = Gateway(name="stripe", charge=charge, look_up=look_up, read=read, notices=notices, examples=EXAMPLES)

A charge has an intent: an id of ours, which the gateway takes as its key of idempotency. Whatever is lost on the way,
the intent is asked for afterwards (`look_up`) and never charged under another id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

Outcome = Literal["succeeded", "pending", "action_required", "failed", "unknown"]


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """Money to be collected: `token` is what the gateway calls the card or wallet."""

    intent_id: str
    amount: Decimal
    currency: str
    token: str
    text: str


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What the gateway has given the operator. Without `base_url` the gateway's own is called."""

    secret: str = ""
    webhook_secret: str = ""
    base_url: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a charge. `hard`: the same token will not do another time. `action_url`: where the customer has to
    say yes (3-D Secure). `unknown`: ask again."""

    outcome: Outcome
    reference: str = ""
    code: str = ""
    hard: bool = False
    action_url: str = ""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway says by itself of an intent."""

    intent_id: str
    answer: Answer


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of the gateway and how it is read."""

    status: int
    body: bytes
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """`notices` reads a webhook and raises `Rejection` (`bad_signature`) unless it is signed and fresh. `local` answers
    without any call: a gateway of tests."""

    name: str
    charge: Callable[[Charge, Access], Call]
    look_up: Callable[[str, str, Access], Call]
    read: Callable[[int, bytes], Answer]
    notices: Callable[[Mapping[str, str], bytes, Access, datetime], Sequence[Notice]]
    examples: tuple[Example, ...]
    local: Callable[[Charge], Answer] | None = None
