"""Every gateway reads its own examples; a new one is a new file. Webhooks are signed, calls carry their intent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import msgspec
import pytest

from services.payments.gateways import gateways
from services.payments.gateways.calls.signatures import signed
from services.payments.gateways.contract import Access, Answer, Charge, Gateway, Notice, Webhook
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
    call = gateways()["stripe"].charge(CHARGE, ACCESS)
    assert (call.headers["Idempotency-Key"], call.headers["Authorization"]) == ("col-1-1", "Bearer sk")
    fields = parse_qs(call.body.decode())
    assert (fields["amount"], fields["currency"], fields["payment_method"]) == (["3604"], ["eur"], ["pm_1"])
    yen = msgspec.structs.replace(CHARGE, amount=Decimal("500"), currency="JPY")
    assert parse_qs(gateways()["stripe"].charge(yen, ACCESS).body.decode())["amount"] == ["500"]


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
