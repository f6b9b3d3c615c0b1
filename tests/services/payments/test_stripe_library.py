"""Stripe's own library against our stand-in, and its signatures against ours: what it takes for Stripe will do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.payments.gateways.calls.signatures import check, signed
from shared.kernel.errors import Rejection
from tests.services.payments.stripe_program import StripeProgram, stripe_program

stripe: Any = pytest.importorskip("stripe", reason="Stripe's library comes with the development packages")
WHSEC = "whsec_of_the_library"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def program() -> AsyncIterator[StripeProgram]:
    async with stripe_program() as started:
        yield started


async def create(program: StripeProgram, method: str, key: str, **said: Any) -> Any:
    """As our gateway asks, by the library."""
    fields = {"amount": 3604, "currency": "eur", "payment_method": method, "confirm": True, **said}
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": program.url}, max_network_retries=0)
    fields["metadata"] = {"intent_id": key}
    call = client.v1.payment_intents.create
    return await asyncio.to_thread(call, params=fields, options={"idempotency_key": key})


async def test_a_charge_succeeds_and_the_same_key_is_answered_as_it_was(program: StripeProgram) -> None:
    first, again = [await create(program, "pm_visa", "lib-1") for _ in range(2)]
    assert (first.status, first.amount_received, first.id) == ("succeeded", 3604, again.id)
    assert (await program.books())["calls"]["lib-1"] == 2  # which our gateway must never bring about
    with pytest.raises(stripe.IdempotencyError):
        await create(program, "pm_visa", "lib-1", amount=1)


async def test_declines_and_3d_secure_are_what_the_library_knows(program: StripeProgram) -> None:
    with pytest.raises(stripe.CardError) as declined:
        await create(program, "pm_stolen_card", "lib-2")
    assert (declined.value.code, declined.value.error.decline_code) == ("card_declined", "stolen_card")
    with pytest.raises(stripe.CardError) as absent:
        await create(program, "pm_authenticate", "lib-3", off_session=True)
    assert absent.value.code == "authentication_required"
    asked = await create(program, "pm_authenticate", "lib-4", return_url="https://northwind.example/")
    assert asked.status == "requires_action" and asked.next_action.redirect_to_url.url


async def test_a_charge_whose_answer_is_lost_is_found_by_a_search(program: StripeProgram) -> None:
    with pytest.raises(stripe.APIConnectionError):
        await create(program, "pm_timeout", "lib-5")
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": program.url})
    query = {"query": "metadata['intent_id']:'lib-5'"}
    found = await asyncio.to_thread(client.v1.payment_intents.search, params=query)
    assert [one.status for one in found.data] == ["succeeded"]


async def test_what_is_paid_back_is_listed_with_its_charge_and_never_more_than_was_taken(
    program: StripeProgram,
) -> None:
    charge = await create(program, "pm_visa", "lib-6")
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": program.url}, max_network_retries=0)
    fields = {"payment_intent": charge.id, "amount": 2000, "metadata": {"intent_id": "refund/rf-1"}}

    async def refund(key: str) -> Any:
        return await asyncio.to_thread(client.v1.refunds.create, params=fields, options={"idempotency_key": key})

    first, again = [await refund("refund/rf-1") for _ in range(2)]
    assert (first.status, first.amount, first.id) == ("succeeded", 2000, again.id)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await refund("refund/rf-2")
    assert refused.value.code == "charge_already_refunded"
    found = await asyncio.to_thread(client.v1.refunds.list, params={"payment_intent": charge.id})
    assert [one.metadata["intent_id"] for one in found.data] == ["refund/rf-1"]


def test_what_we_sign_the_library_takes_and_what_it_refuses_we_refuse() -> None:
    body = json.dumps({"id": "evt_1", "object": "event", "type": "x", "data": {"object": {}}}).encode()
    now = datetime.now(UTC)
    header = signed(body, WHSEC, now)
    assert stripe.Webhook.construct_event(body, header, WHSEC).id == "evt_1"
    theirs = stripe.WebhookSignature._compute_signature(f"{int(time.time())}.{body.decode()}", WHSEC)
    check(f"t={int(time.time())},v0=old,v1={theirs}", body, WHSEC, now)
    for bad in (
        header.replace("v1=", "v1=0"),
        signed(body, "whsec_another", now),
        signed(body, WHSEC, now - timedelta(hours=1)),
        "",
    ):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body, bad, WHSEC)
        with pytest.raises(Rejection):
            check(bad, body, WHSEC, now)
