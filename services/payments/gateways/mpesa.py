"""M-Pesa, by Safaricom's HTTP API (Daraja): a request appears on the customer's phone, who pays with a PIN.

    POST /mpesa/stkpush/v1/processrequest   PhoneNumber=254712345678 Amount=36 AccountReference=MZQ22OWTPTZ2
                                            CallBackURL=https://…/v1/gateways/mpesa/webhook?intent=col-1-1&key=9f2c…

`secret` is `consumer key:consumer secret`, `webhook_secret` the passkey, `merchant` the short code, with its currency
behind a colon where that is not KES (`174379:UGX`). M-Pesa takes whole units only.

Callbacks are not signed. Each charge is therefore given an address of its own, with a keyed hash of its intent: who
does not know it can tell us nothing. An answer that is lost can't be asked for, since only the answer has the gateway's
reference; the callback names our intent, and the statement our `AccountReference`. Until one of them comes it waits,
and nobody is asked to pay twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from services.payments.gateways.calls.json_objects import decoded, part
from services.payments.gateways.contract import (
    Access,
    Answer,
    Call,
    Charge,
    Example,
    Gateway,
    Notice,
    Session,
    Webhook,
)
from shared.kernel.errors import Rejection

_BASE: Final = "https://api.safaricom.co.ke"
_CURRENCY: Final = "KES"
_NAIROBI: Final = timezone(timedelta(hours=3))
_PENDING: Final = ("being processed", "under processing")
_CODES: Final = {
    "1": "insufficient_funds",
    "17": "limit_exceeded",
    "26": "busy",
    "1001": "busy",
    "1019": "expired",
    "1025": "not_reached",
    "1032": "declined_by_customer",
    "1037": "not_reached",
    "2001": "wrong_pin",
    "9999": "not_reached",
}
"""What became of a request, by its `ResultCode`; all of them may do another day."""
_PROCESSING: Final = "4999"


def charge(charge: Charge, access: Access) -> Call | Answer:
    shortcode, currency = _merchant(access)
    if charge.currency != currency:
        return Answer(outcome="failed", code="currency_not_supported", hard=True)
    whole = int(charge.amount)
    if whole != charge.amount:
        return Answer(outcome="failed", code="amount_not_whole", hard=True)
    if not charge.token.isdecimal():
        return Answer(outcome="failed", code="invalid_phone", hard=True)
    return _call(
        access,
        "/mpesa/stkpush/v1/processrequest",
        {
            **_signed(access, charge.at),
            "TransactionType": "CustomerPayBillOnline",
            "Amount": whole,
            "PartyA": charge.token,
            "PartyB": shortcode,
            "PhoneNumber": charge.token,
            "CallBackURL": callback_url(charge.intent_id, access),
            "AccountReference": charge.statement_key,
            "TransactionDesc": charge.text[:13],
        },
    )


def look_up(intent_id: str, reference: str, access: Access, now: datetime) -> Call | None:
    if not reference:
        return None
    return _call(access, "/mpesa/stkpushquery/v1/query", {**_signed(access, now), "CheckoutRequestID": reference})


def read(status: int, body: bytes) -> Answer:
    said = decoded(body)
    if said is None or status == 429:
        return Answer(outcome="unknown", code=f"http_{status}")
    if "errorCode" in said:
        return _error(said)
    if "ResultCode" in said:
        return _result(said)
    if str(said.get("ResponseCode")) == "0" and said.get("CheckoutRequestID"):
        return Answer(outcome="pending", reference=str(said["CheckoutRequestID"])[:100])
    return Answer(outcome="unknown", code=f"http_{status}")


def notices(webhook: Webhook, access: Access) -> Sequence[Notice]:
    intent_id = webhook.query.get("intent", "")
    if not access.webhook_secret or not hmac.compare_digest(webhook.query.get("key", ""), _key(intent_id, access)):
        raise Rejection("bad_signature", "this is not the address that was given to the gateway", status=401)
    said = decoded(webhook.body)
    if said is None:
        raise Rejection("malformed", "the body is not JSON", status=400)
    callback = part(part(said.get("Body")).get("stkCallback"))
    if "ResultCode" not in callback:
        return []
    return [Notice(intent_id=intent_id, answer=_result(callback))]


def sign_in(access: Access) -> Call:
    basic = base64.b64encode(access.secret.encode()).decode()
    url = f"{_base(access)}/oauth/v1/generate?grant_type=client_credentials"
    return Call(method="GET", url=url, headers={"Authorization": f"Basic {basic}"})


def signed_in(status: int, body: bytes) -> Session | None:
    said = decoded(body) or {}
    token, life = said.get("access_token"), str(said.get("expires_in", "0"))
    if status != 200 or not isinstance(token, str) or not life.isdecimal():
        return None
    return Session(token=token, life_s=min(int(life), 3_600))


def callback_url(intent_id: str, access: Access) -> str:
    """Where this charge's callback comes to, and no other."""
    query = urlencode({"intent": intent_id, "key": _key(intent_id, access)})
    return f"{access.callback_url}/v1/gateways/mpesa/webhook?{query}"


def _result(said: Mapping[str, Any]) -> Answer:
    code, reference = str(said["ResultCode"]), str(said.get("CheckoutRequestID", ""))[:100]
    if code == "0":
        return Answer(outcome="succeeded", reference=reference, amount=_amount(said))
    if code == _PROCESSING:
        return Answer(outcome="pending", reference=reference)
    return Answer(outcome="failed", reference=reference, code=_CODES.get(code, f"mpesa_{code}"[:40]))


def _error(said: Mapping[str, Any]) -> Answer:
    """A request that was not accepted, or one that has no result yet."""
    text = str(said.get("errorMessage", "")).casefold()
    if any(words in text for words in _PENDING):
        return Answer(outcome="pending")
    if "phonenumber" in text or "phone number" in text:
        return Answer(outcome="failed", code="invalid_phone", hard=True)
    return Answer(outcome="failed", code=f"mpesa_{said['errorCode']}"[:40])


def _amount(said: Mapping[str, Any]) -> Decimal | None:
    items = part(said.get("CallbackMetadata")).get("Item")
    for item in items if isinstance(items, list) else ():
        if part(item).get("Name") == "Amount":
            try:
                return Decimal(str(item.get("Value")))
            except InvalidOperation:
                return None
    return None


def _merchant(access: Access) -> tuple[str, str]:
    shortcode, _, currency = access.merchant.partition(":")
    return shortcode, currency or _CURRENCY


def _signed(access: Access, at: datetime) -> dict[str, str]:
    shortcode, stamp = _merchant(access)[0], at.astimezone(_NAIROBI).strftime("%Y%m%d%H%M%S")
    password = base64.b64encode(f"{shortcode}{access.webhook_secret}{stamp}".encode()).decode()
    return {"BusinessShortCode": shortcode, "Password": password, "Timestamp": stamp}


def _key(intent_id: str, access: Access) -> str:
    return hmac.new(access.webhook_secret.encode(), f"callback/{intent_id}".encode(), hashlib.sha256).hexdigest()[:32]


def _call(access: Access, path: str, body: Mapping[str, Any]) -> Call:
    headers = {"Authorization": f"Bearer {access.session}", "Content-Type": "application/json"}
    return Call(method="POST", url=f"{_base(access)}{path}", headers=headers, body=msgspec.json.encode(body))


def _base(access: Access) -> str:
    return (access.base_url or _BASE).rstrip("/")


EXAMPLES: Final = (
    Example(
        status=200,
        body=b'{"MerchantRequestID": "29115-1", "CheckoutRequestID": "ws_CO_1", "ResponseCode": "0"}',
        answer=Answer(outcome="pending", reference="ws_CO_1"),
    ),
    Example(
        status=200,
        body=b'{"ResponseCode": "0", "CheckoutRequestID": "ws_CO_1", "ResultCode": "0"}',
        answer=Answer(outcome="succeeded", reference="ws_CO_1"),
    ),
    Example(
        status=200,
        body=b'{"ResponseCode": "0", "CheckoutRequestID": "ws_CO_1", "ResultCode": "1032"}',
        answer=Answer(outcome="failed", reference="ws_CO_1", code="declined_by_customer"),
    ),
    Example(
        status=500,
        body=b'{"requestId": "1", "errorCode": "500.001.1001", "errorMessage": "The transaction is being processed"}',
        answer=Answer(outcome="pending"),
    ),
    Example(
        status=400,
        body=b'{"requestId": "1", "errorCode": "400.002.02", "errorMessage": "Bad Request - Invalid PhoneNumber"}',
        answer=Answer(outcome="failed", code="invalid_phone", hard=True),
    ),
    Example(status=503, body=b"<html>", answer=Answer(outcome="unknown", code="http_503")),
)
GATEWAY: Final = Gateway(
    name="mpesa",
    charge=charge,
    look_up=look_up,
    read=read,
    notices=notices,
    sign_in=sign_in,
    signed_in=signed_in,
    decimals=0,
    examples=EXAMPLES,
)
