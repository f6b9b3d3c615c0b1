"""Stripe, by its HTTP API: PaymentIntents that are confirmed at once.

    POST /v1/payment_intents   Idempotency-Key: col-1-1   amount=3604 currency=eur payment_method=pm_… confirm=true

Off session, unless the customer is there: then `return_url` goes along and Stripe may ask for 3-D Secure.

Its library would bring a client of its own for two calls; it signs, retries and connects in ways that the process that
calls already has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, urlencode

from services.payments.gateways.calls.json_objects import decoded, part
from services.payments.gateways.calls.signatures import check
from services.payments.gateways.calls.stripe_refunds import EVENTS as REFUND_EVENTS
from services.payments.gateways.calls.stripe_refunds import (
    base_of,
    headers_of,
    look_up_refund,
    read_refund,
    refund,
    refund_answer,
)
from services.payments.gateways.contract import (
    NOT_RECEIVED,
    Access,
    Answer,
    Call,
    Charge,
    Example,
    Gateway,
    Notice,
    Refunds,
    Webhook,
)
from shared.kernel.currency import UnknownCurrency, minor_units
from shared.kernel.errors import Rejection

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
        **({"return_url": charge.return_url} if charge.return_url else {"off_session": "true"}),
        "description": charge.text,
        "metadata[intent_id]": charge.intent_id,
    }
    headers = {**headers_of(access), "Idempotency-Key": charge.intent_id}
    body = urlencode(fields).encode()
    return Call(method="POST", url=f"{base_of(access)}/v1/payment_intents", headers=headers, body=body)


def look_up(intent_id: str, reference: str, access: Access, now: datetime) -> Call:
    """By Stripe's own id where it is known, else by ours."""
    found = f"/{quote(reference, safe='')}" if reference else ""
    query = "" if reference else "/search?query=" + quote(f"metadata['intent_id']:'{intent_id}'")
    url = f"{base_of(access)}/v1/payment_intents{found}{query}"
    return Call(method="GET", url=url, headers=headers_of(access))


def cancel(reference: str, access: Access) -> Call:
    headers = {**headers_of(access), "Idempotency-Key": f"cancel-{reference}"}
    url = f"{base_of(access)}/v1/payment_intents/{quote(reference, safe='')}/cancel"
    return Call(method="POST", url=url, headers=headers, body=b"cancellation_reason=abandoned")


def read(status: int, body: bytes) -> Answer:
    said = decoded(body)
    # 409: another request with the same key is still being worked on.
    if said is None or status in (409, 429) or status >= 500:
        return Answer(outcome="unknown", code=f"http_{status}")
    if isinstance(said.get("data"), list):
        # A search that finds nothing: the charge never arrived, or is not in Stripe's index yet.
        found = [one for one in said["data"] if isinstance(one, dict)]
        return _intent(found[0]) if found else Answer(outcome="unknown", code=NOT_RECEIVED)
    error = said.get("error")
    if isinstance(error, dict):
        return _refused(error, part(error.get("payment_intent")))
    return _intent(said)


def notices(webhook: Webhook, access: Access) -> Sequence[Notice]:
    check(webhook.headers.get("stripe-signature", ""), webhook.body, access.webhook_secret, webhook.at)
    said = decoded(webhook.body)
    if said is None:
        raise Rejection("malformed", "the body is no JSON object", status=400)
    intent = part(part(said.get("data")).get("object"))
    intent_id = part(intent.get("metadata")).get("intent_id")
    if not isinstance(intent_id, str):
        return []
    if said.get("type") in REFUND_EVENTS:
        return [Notice(intent_id=intent_id, answer=refund_answer(intent))]
    if said.get("type") not in _EVENTS:
        return []
    return [Notice(intent_id=intent_id, answer=_intent(intent))]


def _intent(intent: Mapping[str, Any]) -> Answer:
    reference = str(intent.get("id", ""))
    match intent.get("status"):
        case "succeeded":
            return Answer(outcome="succeeded", reference=reference, amount=_received(intent))
        case "processing":
            return Answer(outcome="pending", reference=reference)
        case "requires_action":
            action = part(part(intent.get("next_action")).get("redirect_to_url"))
            return Answer(outcome="action_required", reference=reference, action_url=str(action.get("url", "")))
        case "canceled":
            return Answer(outcome="failed", reference=reference, code="canceled", hard=True)
        case "requires_payment_method":
            return _declined(part(intent.get("last_payment_error")), intent)
        case _:
            return Answer(outcome="unknown", reference=reference)


def _refused(error: Mapping[str, Any], intent: Mapping[str, Any]) -> Answer:
    if error.get("type") == "idempotency_error":
        return Answer(outcome="unknown", code="idempotency_error")
    # A cancellation that came too late says how the intent stands.
    if error.get("code") == "payment_intent_unexpected_state" and intent:
        return _intent(intent)
    return _declined(error, intent)


def _declined(error: Mapping[str, Any], intent: Mapping[str, Any]) -> Answer:
    if error.get("code") == "authentication_required" or intent.get("status") == "requires_action":
        return Answer(outcome="failed", reference=str(intent.get("id", "")), code="authentication_required", hard=True)
    code = str(error.get("decline_code") or error.get("code") or "declined")
    return Answer(outcome="failed", reference=str(intent.get("id", "")), code=code[:64], hard=code in _HARD)


def _received(intent: Mapping[str, Any]) -> Decimal | None:
    """What it says it has taken, in units of the currency."""
    received, currency = intent.get("amount_received"), intent.get("currency")
    if not isinstance(received, int) or not isinstance(currency, str):
        return None
    try:
        return Decimal(received).scaleb(-minor_units(currency.upper()))
    except UnknownCurrency:
        return None


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
    Example(
        status=200,
        body=b'{"id": "pi_4", "status": "succeeded", "amount_received": 3604, "currency": "eur"}',
        answer=Answer(outcome="succeeded", reference="pi_4", amount=Decimal("36.04")),
    ),
    Example(
        status=400,
        body=b'{"error": {"code": "payment_intent_unexpected_state",'
        b'"payment_intent": {"id": "p", "status": "canceled"}}}',
        answer=Answer(outcome="failed", reference="p", code="canceled", hard=True),
    ),
    Example(
        status=409, body=b'{"error": {"type": "idempotency_error"}}', answer=Answer(outcome="unknown", code="http_409")
    ),
    Example(status=200, body=b'{"data": []}', answer=Answer(outcome="unknown", code=NOT_RECEIVED)),
    Example(status=503, body=b"", answer=Answer(outcome="unknown", code="http_503")),
)
GATEWAY: Final = Gateway(
    name="stripe",
    charge=charge,
    look_up=look_up,
    read=read,
    notices=notices,
    cancel=cancel,
    examples=EXAMPLES,
    # Stripe keeps keys of idempotency for 24 hours at least; an hour less, for a call that takes its time.
    repeatable=timedelta(hours=23),
    refund=Refunds(refund=refund, look_up=look_up_refund, read=read_refund),
)
