"""Every gateway reads its own examples; a new one is a new file. Webhooks are signed, calls carry their intent."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from services.payments.gateways import gateways
from services.payments.gateways.calls.signatures import signed
from services.payments.gateways.contract import (
    NOT_RECEIVED,
    Access,
    Answer,
    Call,
    Charge,
    Gateway,
    Notice,
    PayTo,
    Refund,
    Webhook,
    refund_of,
)
from shared.kernel.errors import Rejection

NOW = datetime(2026, 10, 9, 12, tzinfo=UTC)
ACCESS = Access(secret="sk", webhook_secret="whsec")
CHARGE = Charge(intent_id="col-1-1", amount=Decimal("36.04"), currency="EUR", token="pm_1", text="INV-000042", at=NOW)
SUCCEEDED = msgspec.json.encode(
    {
        "type": "payment_intent.succeeded",
        "data": {"object": {"id": "pi_1", "status": "succeeded", "metadata": {"intent_id": "col-1-1"}}},
    }
)


def called(charge: Charge, *, name: str = "stripe", access: Access = ACCESS) -> Call:
    call = gateways()[name].charge(charge, access)
    assert isinstance(call, Call), call
    return call


def told(
    body: bytes, signature: str, *, at: datetime = NOW, name: str = "stripe", access: Access = ACCESS
) -> Sequence[Notice]:
    headers = {"stripe-signature": signature, "test-signature": signature}
    return gateways()[name].notices(Webhook(headers=headers, body=body, at=at), access)


@pytest.mark.parametrize("gateway", gateways().values(), ids=lambda gateway: gateway.name)
def test_a_gateway_reads_its_examples_and_whatever_else_is_answered(gateway: Gateway) -> None:
    assert gateway.examples
    for example in gateway.examples:
        assert gateway.read(example.status, example.body) == example.answer
    for body in (b"", b"null", b"[]", b"\xff", b"{}", b'{"error": 1}', b'{"status": {"x": 1}}'):
        assert gateway.read(200, body).outcome in ("unknown", "pending", "failed")


def test_a_charge_carries_its_intent_as_the_key_of_idempotency_and_exact_cents() -> None:
    call = called(CHARGE)
    assert (call.headers["Idempotency-Key"], call.headers["Authorization"]) == ("col-1-1", "Bearer sk")
    fields = parse_qs(call.body.decode())
    assert (fields["amount"], fields["currency"], fields["payment_method"]) == (["3604"], ["eur"], ["pm_1"])
    yen = msgspec.structs.replace(CHARGE, amount=Decimal("500"), currency="JPY")
    assert parse_qs(called(yen).body.decode())["amount"] == ["500"]


def test_a_webhook_that_is_signed_tells_what_came_of_an_intent() -> None:
    found = told(SUCCEEDED, signed(SUCCEEDED, "whsec", NOW))
    assert list(found) == [Notice(intent_id="col-1-1", answer=Answer(outcome="succeeded", reference="pi_1"))]
    other = b'{"type": "customer.created", "data": {"object": {"id": "cus_1"}}}'
    assert list(told(other, signed(other, "whsec", NOW))) == []


@pytest.mark.parametrize("name", ["stripe", "test"])
@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("", NOW),
        ("t=1,v1=00", NOW),
        (signed(SUCCEEDED, "other", NOW), NOW),
        (signed(SUCCEEDED + b" ", "whsec", NOW), NOW),
        (signed(SUCCEEDED, "whsec", NOW), NOW + timedelta(minutes=6)),
        ("t=x,v1=y,,,", NOW),
    ],
)
def test_a_webhook_that_is_not_signed_or_was_kept_is_refused(name: str, header: str, at: datetime) -> None:
    with pytest.raises(Rejection) as refused:
        told(SUCCEEDED, header, at=at, name=name)
    assert (refused.value.code, refused.value.status) == ("bad_signature", 401)


def test_without_a_secret_nothing_is_signed() -> None:
    with pytest.raises(Rejection):
        told(SUCCEEDED, signed(SUCCEEDED, "", NOW), access=Access())


def test_a_customer_who_is_there_may_be_asked_and_one_who_is_not_may_not() -> None:
    absent, there = (
        parse_qs(called(CHARGE).body.decode()),
        msgspec.structs.replace(CHARGE, return_url="https://x.example"),
    )
    assert absent["off_session"] == ["true"] and "return_url" not in absent
    fields = parse_qs(called(there).body.decode())
    assert fields["return_url"] == ["https://x.example"] and "off_session" not in fields


SHORT: Final = Access(webhook_secret="passkey", merchant="174379", callback_url="https://b.example", session="s")
PUSH: Final = msgspec.structs.replace(
    CHARGE, amount=Decimal("1500.00"), currency="KES", token="254712345678", statement_key="MZQ22OWTPTZ2"
)


def test_mobile_money_is_asked_for_in_whole_units_at_the_phone_with_an_address_of_its_own() -> None:
    call = called(PUSH, name="mpesa", access=SHORT)
    body = msgspec.json.decode(call.body)
    assert (body["Amount"], body["PhoneNumber"], body["AccountReference"]) == (1500, "254712345678", "MZQ22OWTPTZ2")
    # Noon in UTC is three o'clock in Nairobi.
    assert body["Timestamp"] == "20261009150000"
    assert base64.b64decode(body["Password"]).decode() == "174379passkey20261009150000"
    url = urlsplit(body["CallBackURL"])
    assert (url.netloc, url.path) == ("b.example", "/v1/gateways/mpesa/webhook")
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    item = b'{"Name": "Amount", "Value": 1500.10}'
    said = (
        b'{"Body": {"stkCallback": {"CheckoutRequestID": "w", "ResultCode": 0, "CallbackMetadata": {"Item": [%s]}}}}'
        % item
    )
    [notice] = gateways()["mpesa"].notices(Webhook(headers={}, body=said, at=NOW, query=query), SHORT)
    paid = Answer(outcome="succeeded", reference="w", amount=Decimal("1500.10"))
    assert notice == Notice(intent_id="col-1-1", answer=paid)
    for forged in ({}, {**query, "intent": "col-1-2"}, {**query, "key": "0" * 32}, {"intent": "", "key": ""}):
        with pytest.raises(Rejection):
            gateways()["mpesa"].notices(Webhook(headers={}, body=said, at=NOW, query=forged), SHORT)
    with pytest.raises(Rejection):
        gateways()["mpesa"].notices(Webhook(headers={}, body=said, at=NOW, query=query), Access())


@pytest.mark.parametrize(
    ("merchant", "changes", "code"),
    [
        ("174379", {"currency": "EUR"}, "currency_not_supported"),
        ("174379:UGX", {"currency": "KES"}, "currency_not_supported"),
        ("174379", {"amount": Decimal("1500.10")}, "amount_not_whole"),
        ("174379", {"token": "pm_visa"}, "invalid_phone"),
    ],
)
def test_what_mobile_money_does_not_take_is_declined_without_a_call(
    merchant: str, changes: dict[str, Any], code: str
) -> None:
    access = msgspec.structs.replace(SHORT, merchant=merchant)
    answer = gateways()["mpesa"].charge(msgspec.structs.replace(PUSH, **changes), access)
    assert answer == Answer(outcome="failed", code=code, hard=True)


def test_a_currency_without_decimals_is_asked_for_by_a_short_code_of_its_own() -> None:
    access = msgspec.structs.replace(SHORT, merchant="600999:UGX")
    body = msgspec.json.decode(called(msgspec.structs.replace(PUSH, currency="UGX"), name="mpesa", access=access).body)
    assert (body["Amount"], body["BusinessShortCode"], body["PartyB"]) == (1500, "600999", "600999")


def test_an_answer_that_was_lost_with_its_reference_can_not_be_asked_for() -> None:
    assert gateways()["mpesa"].look_up("col-1-1", "", SHORT, NOW) is None
    call = gateways()["mpesa"].look_up("col-1-1", "ws_CO_1", SHORT, NOW)
    assert call is not None and msgspec.json.decode(call.body)["CheckoutRequestID"] == "ws_CO_1"


REFUND: Final = Refund(intent_id="refund/rf-1", charge="pi_1", amount=Decimal("20.00"), currency="EUR")


def test_stripe_pays_back_under_the_refunds_own_key_and_finds_it_among_those_of_the_charge() -> None:
    refunds = gateways()["stripe"].refund
    assert refunds is not None
    call = refunds.refund(REFUND, ACCESS)
    assert (call.url, call.headers["Idempotency-Key"]) == ("https://api.stripe.com/v1/refunds", "refund/rf-1")
    fields = parse_qs(call.body.decode())
    assert (fields["payment_intent"], fields["amount"]) == (["pi_1"], ["2000"])
    assert refunds.look_up(REFUND, ACCESS).url.endswith("/v1/refunds?payment_intent=pi_1&limit=100")
    known = msgspec.structs.replace(REFUND, reference="re_1")
    assert refunds.look_up(known, ACCESS).url.endswith("/v1/refunds/re_1")


@pytest.mark.parametrize(
    ("status", "body", "outcome", "code"),
    [
        (200, b'{"id": "re_1", "status": "succeeded"}', "succeeded", ""),
        (200, b'{"id": "re_1", "status": "pending"}', "pending", ""),
        (200, b'{"id": "re_1", "status": "failed", "failure_reason": "expired_or_canceled_card"}', "failed", None),
        (200, b'{"data": [{"metadata": {"intent_id": "refund/rf-1"}, "status": "succeeded"}]}', "succeeded", ""),
        (
            200,
            b'{"data": [{"metadata": {"intent_id": "refund/rf-2"}, "status": "succeeded"}]}',
            "unknown",
            NOT_RECEIVED,
        ),
        (200, b'{"data": [], "has_more": true}', "unknown", "not_listed"),
        (400, b'{"error": {"code": "charge_already_refunded"}}', "failed", "charge_already_refunded"),
        (401, b'{"error": {"type": "invalid_request_error"}}', "unknown", "invalid_request_error"),
        (503, b"", "unknown", "http_503"),
        (200, b"[]", "unknown", "http_200"),
    ],
)
def test_what_stripe_says_of_a_refund_is_read(status: int, body: bytes, outcome: str, code: str | None) -> None:
    refunds = gateways()["stripe"].refund
    assert refunds is not None
    answer = refunds.read(status, body, REFUND.intent_id)
    assert answer.outcome == outcome and code in (None, answer.code)


def test_a_refund_that_stripe_tells_of_by_itself_is_of_its_refund() -> None:
    refund = b'{"id": "re_1", "status": "failed", "metadata": {"intent_id": "refund/rf-1"}}'
    body = b'{"type": "refund.failed", "data": {"object": %s}}' % refund
    [notice] = told(body, signed(body, "whsec", NOW))
    assert (refund_of(notice.intent_id), notice.answer.outcome) == ("rf-1", "failed")


def test_who_pays_by_himself_is_told_where_to_with_a_reference_that_banks_check() -> None:
    gateway = gateways()["bank_transfer"]
    assert gateway.local is not None
    charge = msgspec.structs.replace(CHARGE, token="", statement_key="MZQ22OWTPTZ2")
    to = PayTo(name="Northwind", iban="DE89370400440532013000")
    answer = gateway.local(charge, Access(pay_to=to))
    assert (answer.outcome, answer.reference, answer.pay_to) == ("action_required", "RF04MZQ22OWTPTZ2", to)
    # Nobody has said who is paid: another day somebody may have.
    nobody = gateway.local(charge, Access())
    assert (nobody.outcome, nobody.hard) == ("failed", False)
    with pytest.raises(Rejection):
        gateway.notices(Webhook(headers={}, body=b"{}", at=NOW), Access())
