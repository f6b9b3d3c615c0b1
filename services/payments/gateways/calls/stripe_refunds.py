"""What Stripe pays back of a charge.

    POST /v1/refunds   Idempotency-Key: refund/rf-1   payment_intent=pi_1 amount=2000 metadata[intent_id]=refund/rf-1
    GET  /v1/refunds?payment_intent=pi_1              where the answer was lost: those of the charge, ours among them

Most are paid at once; a bank may still send one back days later, which a webhook tells (`refund.failed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, urlencode

from services.payments.gateways.calls.json_objects import decoded, part
from services.payments.gateways.contract import NOT_RECEIVED, Access, Answer, Call, Refund
from shared.kernel.currency import minor_units

_BASE: Final = "https://api.stripe.com"
EVENTS: Final = frozenset({"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
_PAGE: Final = 100


def refund(refund: Refund, access: Access) -> Call:
    fields = {
        "payment_intent": refund.charge,
        "amount": str(int(refund.amount * Decimal(10) ** minor_units(refund.currency))),
        "metadata[intent_id]": refund.intent_id,
    }
    headers = {**headers_of(access), "Idempotency-Key": refund.intent_id}
    return Call(method="POST", url=f"{base_of(access)}/v1/refunds", headers=headers, body=urlencode(fields).encode())


def look_up_refund(refund: Refund, access: Access) -> Call:
    """By Stripe's own id where it is known, else among those of the charge."""
    query = f"?payment_intent={quote(refund.charge, safe='')}&limit={_PAGE}"
    which = f"/{quote(refund.reference, safe='')}" if refund.reference else query
    return Call(method="GET", url=f"{base_of(access)}/v1/refunds{which}", headers=headers_of(access))


def read_refund(status: int, body: bytes, intent_id: str) -> Answer:
    """What is said of this refund, alone or in a list."""
    said = decoded(body)
    if said is None or status in (409, 429) or status >= 500:
        return Answer(outcome="unknown", code=f"http_{status}")
    if isinstance(said.get("data"), list):
        ours = [one for one in said["data"] if part(part(one).get("metadata")).get("intent_id") == intent_id]
        if ours:
            return refund_answer(ours[0])
        return Answer(outcome="unknown", code="not_listed" if said.get("has_more") else NOT_RECEIVED)
    error = said.get("error")
    if isinstance(error, dict):
        if error.get("type") == "idempotency_error" or status in (401, 403):
            return Answer(outcome="unknown", code=str(error.get("type") or f"http_{status}")[:64])
        return Answer(outcome="failed", code=str(error.get("code") or "declined")[:64])
    return refund_answer(said)


def refund_answer(refund: Mapping[str, Any]) -> Answer:
    reference = str(refund.get("id", ""))
    match refund.get("status"):
        case "succeeded":
            return Answer(outcome="succeeded", reference=reference)
        case "pending" | "requires_action":
            return Answer(outcome="pending", reference=reference)
        case "failed" | "canceled":
            code = str(refund.get("failure_reason") or refund["status"])
            return Answer(outcome="failed", reference=reference, code=code[:64])
        case _:
            return Answer(outcome="unknown", reference=reference)


def headers_of(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.secret}", "Content-Type": "application/x-www-form-urlencoded"}


def base_of(access: Access) -> str:
    return (access.base_url or _BASE).rstrip("/")
