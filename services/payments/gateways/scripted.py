"""A gateway of tests and demos, which calls nobody: what comes of a charge its token says.

ok                 succeeded
declined_<code>    failed, hard: stolen_card
soft_<code>        failed, and another day it may work: insufficient_funds
soft_then_ok       failed the first time, then succeeded
action             the customer has to say yes
pending            a webhook says what came of it, signed as Stripe signs
lost               nobody knows; asked for, it is pending

What goes back of a charge is paid, but of 6.66, which is declined, and 7.77, of which nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.gateways.calls.signatures import check
from services.payments.gateways.contract import (
    Access,
    Answer,
    Call,
    Charge,
    Example,
    Gateway,
    Notice,
    Refund,
    Refunds,
    Webhook,
)
from shared.kernel.errors import Rejection


def answer(charge: Charge, access: Access) -> Answer:
    reference = f"test-{charge.intent_id}"
    kind, _, code = charge.token.partition("_")
    match kind:
        case "ok":
            return Answer(outcome="succeeded", reference=reference)
        case "declined":
            return Answer(outcome="failed", reference=reference, code=code or "declined", hard=True)
        case "soft" if code == "then_ok" and not charge.intent_id.endswith("-1"):
            return Answer(outcome="succeeded", reference=reference)
        case "soft":
            return Answer(outcome="failed", reference=reference, code=code or "declined")
        case "action":
            return Answer(outcome="action_required", reference=reference, action_url="https://bank.example/confirm")
        case "lost":
            return Answer(outcome="unknown", code="timeout")
        case _:
            return Answer(outcome="pending", reference=reference)


def charge(charge: Charge, access: Access) -> Call:
    return Call(method="POST", url="test:charge", headers={}, body=charge.token.encode())


def look_up(intent_id: str, reference: str, access: Access, now: datetime) -> Call:
    return Call(method="GET", url="test:look-up", headers={})


def read(status: int, body: bytes) -> Answer:
    """Whatever is looked up is still pending."""
    return Answer(outcome="pending")


def notices(webhook: Webhook, access: Access) -> Sequence[Notice]:
    check(webhook.headers.get("test-signature", ""), webhook.body, access.webhook_secret, webhook.at)
    try:
        return [msgspec.json.decode(webhook.body, type=Notice)]
    except (msgspec.DecodeError, RecursionError) as error:
        raise Rejection("malformed", f"this is no notice: {error}"[:200], status=400) from error


def refunded(refund: Refund) -> Answer:
    reference = f"test-{refund.intent_id}"
    if refund.amount == Decimal("6.66"):
        return Answer(outcome="failed", reference=reference, code="declined")
    if refund.amount == Decimal("7.77"):
        return Answer(outcome="unknown", code="timeout")
    return Answer(outcome="succeeded", reference=reference)


def refund(refund: Refund, access: Access) -> Call:
    return Call(method="POST", url="test:refund", headers={})


def look_up_refund(refund: Refund, access: Access) -> Call:
    return Call(method="GET", url="test:look-up", headers={})


def read_refund(status: int, body: bytes, intent_id: str) -> Answer:
    return Answer(outcome="pending")


EXAMPLES: Final = (Example(status=200, body=b"", answer=Answer(outcome="pending")),)
GATEWAY: Final = Gateway(
    name="test",
    charge=charge,
    look_up=look_up,
    read=read,
    notices=notices,
    examples=EXAMPLES,
    local=answer,
    repeatable=timedelta(days=365),
    refund=Refunds(refund=refund, look_up=look_up_refund, read=read_refund, local=refunded),
)
