"""Stripe, by its HTTP API: PaymentIntents that are confirmed at once, off session.

    POST /v1/payment_intents   Idempotency-Key: col-1-1   amount=3604 currency=eur payment_method=pm_… confirm=true

Its library would bring a client of its own for two calls; it signs, retries and connects in ways that the process that
calls already has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from services.payments.gateways.calls.signatures import check
from services.payments.gateways.contract import Access, Answer, Call, Charge, Example, Gateway, Notice
from shared.kernel.currency import minor_units
from shared.kernel.errors import Rejection

_BASE: Final = "https://api.stripe.com"
_HARD: Final = frozenset(
    {
        *("expired_card", "incorrect_number", "invalid_account", "lost_card", "pickup_card", "stolen_card"),
        *("restricted_card", "revocation_of_authorization", "revocation_of_all_authorizations", "fraudulent"),
        *("stop_payment_order", "transaction_not_allowed", "currency_not_supported", "resource_missing"),
    }
)
"""Declines that another day does not mend."""
_EVENTS: Final = frozenset(
    {
        *("payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.processing"),
        *("payment_intent.requires_action", "payment_intent.canceled"),
    }
)


def charge(charge: Charge, access: Access) -> Call:
    fields = {
        "amount": str(int(charge.amount * Decimal(10) ** minor_units(charge.currency))),
        "currency": charge.currency.lower(),
        "payment_method": charge.token,
        "confirm": "true",
        "off_session": "true",
        "description": charge.text,
        "metadata[intent_id]": charge.intent_id,
    }
    headers = {**_headers(access), "Idempotency-Key": charge.intent_id}
    body = urlencode(fields).encode()
    return Call(method="POST", url=f"{_base(access)}/v1/payment_intents", headers=headers, body=body)


def look_up(intent_id: str, reference: str, access: Access) -> Call:
    """By Stripe's own id where it is known, else by ours."""
    found = f"/{quote(reference, safe='')}" if reference else ""
    query = "" if reference else "/search?query=" + quote(f"metadata['intent_id']:'{intent_id}'")
    url = f"{_base(access)}/v1/payment_intents{found}{query}"
    return Call(method="GET", url=url, headers=_headers(access))


def read(status: int, body: bytes) -> Answer:
    try:
        said = msgspec.json.decode(body)
    except msgspec.DecodeError:
        said = None
    if not isinstance(said, dict) or status == 429 or status >= 500:
        return Answer(outcome="unknown", code=f"http_{status}")
    if isinstance(said.get("data"), list):
        # A search that finds nothing: the charge never arrived, and may be made.
        found = [one for one in said["data"] if isinstance(one, dict)]
        return _intent(found[0]) if found else Answer(outcome="failed", code="not_received")
    error = said.get("error")
    if isinstance(error, dict):
        return _declined(error, _dict(error.get("payment_intent")))
    return _intent(said)


def notices(headers: Mapping[str, str], body: bytes, access: Access, now: datetime) -> Sequence[Notice]:
    check(headers.get("stripe-signature", ""), body, access.webhook_secret, now)
    try:
        said = _dict(msgspec.json.decode(body))
    except msgspec.DecodeError as error:
        raise Rejection("malformed", "the body is not JSON", status=400) from error
    intent = _dict(_dict(said.get("data")).get("object"))
    intent_id = _dict(intent.get("metadata")).get("intent_id")
    if said.get("type") not in _EVENTS or not isinstance(intent_id, str):
        return []
    return [Notice(intent_id=intent_id, answer=_intent(intent))]


def _intent(intent: Mapping[str, Any]) -> Answer:
    reference = str(intent.get("id", ""))
    match intent.get("status"):
        case "succeeded":
            return Answer(outcome="succeeded", reference=reference)
        case "processing":
            return Answer(outcome="pending", reference=reference)
        case "requires_action":
            action = _dict(_dict(intent.get("next_action")).get("redirect_to_url"))
            return Answer(outcome="action_required", reference=reference, action_url=str(action.get("url", "")))
        case "requires_payment_method" | "canceled":
            return _declined(_dict(intent.get("last_payment_error")), intent)
        case _:
            return Answer(outcome="unknown", reference=reference)


def _declined(error: Mapping[str, Any], intent: Mapping[str, Any]) -> Answer:
    if error.get("code") == "authentication_required" or intent.get("status") == "requires_action":
        return Answer(outcome="failed", reference=str(intent.get("id", "")), code="authentication_required", hard=True)
    code = str(error.get("decline_code") or error.get("code") or "declined")
    return Answer(outcome="failed", reference=str(intent.get("id", "")), code=code[:64], hard=code in _HARD)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.secret}", "Content-Type": "application/x-www-form-urlencoded"}


def _base(access: Access) -> str:
    return (access.base_url or _BASE).rstrip("/")


EXAMPLES: Final = (
    Example(
        status=200,
        body=b'{"id": "pi_1", "status": "succeeded"}',
        answer=Answer(outcome="succeeded", reference="pi_1"),
    ),
    Example(
        status=402,
        body=b'{"error": {"decline_code": "insufficient_funds", "payment_intent": {"id": "pi_2"}}}',
        answer=Answer(outcome="failed", reference="pi_2", code="insufficient_funds"),
    ),
    Example(
        status=402,
        body=b'{"error": {"code": "card_declined", "decline_code": "stolen_card"}}',
        answer=Answer(outcome="failed", code="stolen_card", hard=True),
    ),
    Example(
        status=200,
        body=b'{"id": "pi_3", "status": "requires_action", "next_action": {"redirect_to_url": {"url": "https://x.example"}}}',
        answer=Answer(outcome="action_required", reference="pi_3", action_url="https://x.example"),
    ),
    Example(status=200, body=b'{"data": []}', answer=Answer(outcome="failed", code="not_received")),
    Example(status=503, body=b"", answer=Answer(outcome="unknown", code="http_503")),
)
GATEWAY: Final = Gateway(name="stripe", charge=charge, look_up=look_up, read=read, notices=notices, examples=EXAMPLES)
