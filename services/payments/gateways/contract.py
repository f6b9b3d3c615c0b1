"""What a payment gateway is: calls as data and answers read, all pure; the process that calls is the same for all.

    GATEWAY = Gateway(name="stripe", charge=charge, look_up=look_up, read=read, notices=notices, examples=EXAMPLES)

A charge has an intent: an id of ours, which the gateway takes as its key of idempotency, or carries along. Whatever is
lost on the way, the intent is asked for afterwards (`look_up`) and never charged under another id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.payments.references import key_of

Outcome = Literal["succeeded", "pending", "action_required", "failed", "unknown"]


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """Money to be collected: `token` is what the gateway calls the card or wallet. `statement_key` is what its daily
    statement may call it by (`statement_key_of`). With `return_url` the customer is there and may be asked to say yes.
    `at` is the moment of the call."""

    intent_id: str
    amount: Decimal
    currency: str
    token: str
    text: str
    at: datetime
    statement_key: str = ""
    return_url: str = ""


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a charge that goes back. `charge` is what the gateway calls the charge, `reference` what it calls the
    refund, once it has said so."""

    intent_id: str
    charge: str
    amount: Decimal
    currency: str
    reference: str = ""


class PayTo(msgspec.Struct, frozen=True, kw_only=True):
    """The operator's bank account, which a customer pays to."""

    name: str
    iban: str
    bic: str = ""


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What the gateway has given the operator. Without `base_url` the gateway's own is called. `merchant` is what it
    calls the operator, `callback_url` where it reaches us, `session` what signing in has given, `pay_to` the operator's
    bank account where there is one."""

    secret: str = ""
    webhook_secret: str = ""
    base_url: str = ""
    merchant: str = ""
    callback_url: str = ""
    session: str = ""
    pay_to: PayTo | None = None


class Call(msgspec.Struct, frozen=True, kw_only=True):
    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a charge. `hard`: the same token will not do another time. `action_url`: where the customer has to
    say yes (3-D Secure). `unknown`: ask again. `amount` is what was taken, where the gateway says so. `pay_to`: the
    customer pays there, with the `reference`."""

    outcome: Outcome
    reference: str = ""
    code: str = ""
    hard: bool = False
    action_url: str = ""
    amount: Decimal | None = None
    pay_to: PayTo | None = None


NOT_RECEIVED: Final = "not_received"
"""The code of an answer `unknown` of a gateway that was asked and knows of no such intent: the call never came there,
or is not to be found yet."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway says by itself of an intent."""

    intent_id: str
    answer: Answer


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway sends by itself. `headers` have small letters, `query` is that of the address it was sent to."""

    headers: Mapping[str, str]
    body: bytes
    at: datetime
    query: Mapping[str, str] = {}


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What signing in has given, and for how long."""

    token: str
    life_s: int


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of the gateway and how it is read."""

    status: int
    body: bytes
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Refunds:
    """How a gateway pays back. `look_up` asks for one whose answer was lost; `read` reads either answer for the intent.
    `local` answers without a call."""

    refund: Callable[[Refund, Access], Call]
    look_up: Callable[[Refund, Access], Call]
    read: Callable[[int, bytes, str], Answer]
    local: Callable[[Refund], Answer] | None = None


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """`notices` reads a webhook and raises `Rejection` (`bad_signature`) unless it is signed and fresh.

    `charge` gives an answer in place of a call where it need not be asked: it takes no such currency. `look_up` is
    `None` for what can't be asked for: an answer that was lost together with the gateway's reference. `cancel` calls a
    charge off that waits for the customer; `None`: the gateway forgets it by itself. `sign_in` and `signed_in` are for
    gateways that want a token for each hour. `decimals` is how many the gateway takes of an amount, where it takes
    fewer than the currency has. `local` answers without any call. `needs_token`: it
    knows the customer by a token. `waits`: for so long the customer is waited for who has to do something, in place of
    what the settings say. `repeatable`: for so long a call
    that it may have had already may be made again under the same intent, and is answered as the first one; `None`:
    never. `refund`: how it pays back, `None` where it does not."""

    name: str
    charge: Callable[[Charge, Access], Call | Answer]
    look_up: Callable[[str, str, Access, datetime], Call | None]
    read: Callable[[int, bytes], Answer]
    notices: Callable[[Webhook, Access], Sequence[Notice]]
    examples: tuple[Example, ...]
    cancel: Callable[[str, Access], Call] | None = None
    sign_in: Callable[[Access], Call] | None = None
    signed_in: Callable[[int, bytes], Session | None] | None = None
    decimals: int | None = None
    local: Callable[[Charge, Access], Answer] | None = None
    needs_token: bool = True
    waits: timedelta | None = None
    repeatable: timedelta | None = None
    refund: Refunds | None = None


def statement_key_of(collection_id: str) -> str:
    """What a gateway's statement may call a collection by: twelve letters and digits, as the shortest field has.

    >>> statement_key_of("col-1")
    'MZQ22OWTPTZ2'
    """
    return key_of("collection", collection_id)


def refund_intent_of(refund_id: str) -> str:
    """Ours for a refund, and the gateway's key of idempotency; no id of a collection has such a sign in it.

    >>> refund_intent_of("rf-1"), refund_of("refund/rf-1"), refund_of("col-1-1")
    ('refund/rf-1', 'rf-1', None)
    """
    return f"refund/{refund_id}"


def refund_of(intent_id: str) -> str | None:
    """Which refund an intent is of; `None` of a collection."""
    kind, slash, refund_id = intent_id.partition("/")
    return refund_id if slash and kind == "refund" else None
