"""Collections through Stripe, whose stand-in is a program of its own, on real Kafka and Postgres: called once for each
intent, whatever is lost, late, twice or out of order.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio

from services.payments.collection.api import CollectionShape
from services.payments.collection.gateway_api import GatewayList
from services.payments.gateways.calls.signatures import signed
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import WITHIN_S, until
from tests.services.payments.stripe_program import StripeProgram, stripe_program
from tests.services.payments.test_service import balance, invoiced, payment
from tests.services.processes import Services, clock_is, running

pytestmark = pytest.mark.servers
WHSEC = "whsec_of_tests"
OWED, PAID = ("36.04", "0.00", "36.04"), ("0.00", "0.00", "0.00")


@dataclass
class Shop:
    """The services and the gateway that they collect through."""

    services: Services
    stripe: StripeProgram

    async def owes(self, account: str, *methods: str) -> str:
        """An account with an invoice of 36.04 and these payment methods; the invoice's id."""
        invoice_id = await invoiced(self.services, account, "30.03")
        for n, token in enumerate(methods, 1):
            body = {"id": f"{account}-{n}", "account_id": account, "kind": "card", "gateway": "stripe", "token": token}
            await ok(await self.services.payments.post("/v1/payment-methods", json=body), 201)
        return invoice_id

    async def collect(self, account: str, *methods: str, **said: Any) -> dict[str, Any]:
        """What came of the first attempt; the collection is called as the account is."""
        invoice_id = await self.owes(account, *methods)
        body = {"id": account, "account_id": account, "invoice_id": invoice_id, **said}
        await ok(await self.services.payments.post("/v1/collections", json=body), 201)
        return await self.until(account, lambda found: found["outcome"] != "" and found["status"] != "calling")

    async def until(self, collection: str, holds: Any, *, within_s: float = WITHIN_S) -> dict[str, Any]:
        async def read() -> dict[str, Any]:
            said: dict[str, Any] = await ok(await self.services.payments.get(f"/v1/collections/{collection}"))
            return said

        found: dict[str, Any] = await until(read, holds, within_s=within_s)
        CollectionShape.model_validate(found)
        return found

    async def says(self, collection: str, what: str, status: int = 200) -> dict[str, Any]:
        return await ok(await self.services.payments.post(f"/v1/collections/{collection}/{what}"), status)

    async def balance(self, account: str) -> tuple[str, str, str]:
        return await balance(self.services, account)

    async def tells(self, mode: str) -> None:
        await self.stripe.tells(str(self.services.payments.base_url), WHSEC, mode)

    async def nothing_twice(self) -> None:
        assert (await self.stripe.books())["twice"] == []


async def ok(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    said: dict[str, Any] = answer.json()
    return said


def over(found: dict[str, Any]) -> bool:
    return found["status"] in ("succeeded", "failed", "stopped")


async def set_up(services: Services, stripe: StripeProgram) -> Shop:
    body = {"secret": "sk_test_of_tests", "webhook_secret": WHSEC, "base_url": stripe.url}
    await ok(await services.payments.put("/v1/gateways/stripe", json=body))
    return Shop(services, stripe)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    directory: Path = tmp_path_factory.mktemp("stripe")
    async with (
        stripe_program() as stripe,
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as services,
    ):
        yield await set_up(services, stripe)


async def test_a_declined_card_is_never_asked_again_and_another_is_asked_at_once(shop: Shop) -> None:
    await shop.tells("twice")
    await shop.collect("hard", "pm_stolen_card", "pm_visa")
    paid = await shop.until("hard", over)
    assert (paid["status"], paid["attempts"], paid["payment_method_id"]) == ("succeeded", 2, "hard-2")
    assert await shop.balance("hard") == PAID
    page = await ok(await shop.services.payments.get("/v1/payment-methods?account_id=hard"))
    assert [one["declined"] for one in page["items"]] == ["stolen_card", ""]
    again = {"account_id": "hard", "payment_method_id": "hard-1", "amount": {"amount": "1.00", "currency": "EUR"}}
    refused = await shop.services.payments.post("/v1/collections", json=again)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "payment_method_declined")
    assert await shop.stripe.calls("hard") == [("hard-1", 1), ("hard-2", 1)]
    await shop.nothing_twice()


async def test_what_was_paid_otherwise_meanwhile_is_not_charged_again(shop: Shop) -> None:
    await shop.tells("once")
    waiting = await shop.collect("else", "pm_insufficient_funds")
    assert (waiting["status"], waiting["code"], waiting["attempts"]) == ("waiting", "insufficient_funds", 1)
    await ok(await shop.services.payments.post("/v1/payments", json=payment("else", "36.04")), 201)
    await shop.says("else", "retry")
    stopped = await shop.until("else", over)
    assert (stopped["status"], stopped["stopping"]) == ("stopped", "paid_otherwise")
    assert await shop.balance("else") == PAID and await shop.stripe.calls("else") == [("else-1", 1)]


async def test_a_webhook_that_comes_before_the_answer_pays_once_r52(shop: Shop) -> None:
    await shop.tells("twice")
    paid = await shop.collect("first", "pm_hook_first")
    assert (paid["status"], paid["attempts"]) == ("succeeded", 1) and paid["told_at"] is not None
    assert await shop.balance("first") == PAID
    gateways = GatewayList.model_validate(await ok(await shop.services.payments.get("/v1/gateways")))
    stripe = next(one for one in gateways.items if one.name == "stripe")
    assert stripe.configured and stripe.succeeded >= 1 and stripe.told_at is not None


async def test_3d_secure_is_waited_for_and_webhooks_in_reverse_and_three_times_pay_once(shop: Shop) -> None:
    await shop.tells("held")
    asked = await shop.collect("secure", "pm_authenticate", return_url="https://northwind.example/paid")
    assert (asked["status"], asked["outcome"]) == ("pending", "action_required")
    assert asked["action_url"].startswith("https://hooks.stripe.example/3d_secure/")
    assert await shop.balance("secure") == OWED
    await shop.stripe.customer(asked["reference"], "succeeded")
    assert await shop.stripe.release(order="reversed", times=3) == [200] * 6
    assert (await shop.until("secure", over))["status"] == "succeeded"
    assert await shop.balance("secure") == PAID
    await shop.nothing_twice()


async def test_3d_secure_that_nobody_says_yes_to_is_called_off_at_the_gateway(shop: Shop) -> None:
    await shop.tells("off")
    asked = await shop.collect("silent", "pm_authenticate", return_url="https://northwind.example/paid")
    assert {one["action"]: one["allowed"] for one in asked["allowed_actions"]} == {"retry": False, "stop": True}
    await shop.says("silent", "stop")
    stopped = await shop.until("silent", over)
    assert (stopped["status"], stopped["stopping"]) == ("stopped", "stopped")
    assert (await shop.services.payments.get("/v1/payments/silent")).json()["status"] == "cancelled"
    books = await shop.stripe.books()
    assert [one["status"] for one in books["intents"] if one["id"] == asked["reference"]] == ["canceled"]
    await shop.says("silent", "stop", 409)
    # Another collection of the same invoice may begin, with the same card.
    invoice_id = stopped["invoice_id"]
    await ok(
        await shop.services.payments.post("/v1/collections", json={"account_id": "silent", "invoice_id": invoice_id}),
        201,
    )


async def test_money_that_comes_after_a_final_failure_is_booked_and_the_case_shown(shop: Shop) -> None:
    await shop.tells("twice")
    pending = await shop.collect("late", "pm_processing")
    assert (pending["status"], pending["outcome"]) == ("pending", "pending")
    await shop.stripe.customer(pending["reference"], "lost_card")
    failed = await shop.until("late", over)
    assert (failed["status"], failed["code"], failed["late"]) == ("failed", "lost_card", False)
    assert await shop.balance("late") == OWED
    await shop.stripe.customer(pending["reference"], "succeeded")
    paid = await shop.until("late", lambda found: found["status"] == "succeeded")
    assert paid["late"] and await shop.balance("late") == PAID
    shown = await ok(await shop.services.payments.get("/v1/collections?late=true"))
    assert [one["id"] for one in shown["items"]] == ["late"]
    assert (await shop.services.payments.get("/v1/payments/late")).json()["status"] == "succeeded"


async def test_an_answer_of_another_sum_is_nobodys_payment(shop: Shop) -> None:
    await shop.tells("off")
    pending = await shop.collect("odd", "pm_processing")
    intent = {"id": pending["reference"], "status": "succeeded", "amount_received": 1, "currency": "eur"}
    event = {"type": "payment_intent.succeeded", "data": {"object": {**intent, "metadata": {"intent_id": "odd-1"}}}}
    assert await post(shop, msgspec.json.encode(event)) == 200
    odd = await shop.until("odd", lambda found: found["outcome"] == "unknown")
    assert (odd["status"], odd["code"]) == ("pending", "amount_mismatch")
    assert await shop.balance("odd") == OWED


async def post(shop: Shop, body: bytes, *, at: datetime | None = None, secret: str = WHSEC) -> int:
    headers = {"stripe-signature": signed(body, secret, at or datetime.now(UTC)), "Authorization": ""}
    answer = await shop.services.payments.post("/v1/gateways/stripe/webhook", content=body, headers=headers)
    return answer.status_code


async def test_what_is_forged_kept_or_too_large_is_refused_and_moves_nothing(shop: Shop) -> None:
    await shop.tells("off")
    pending = await shop.collect("forged", "pm_processing")
    intent = {"id": pending["reference"], "status": "succeeded", "metadata": {"intent_id": "forged-1"}}
    body = msgspec.json.encode({"type": "payment_intent.succeeded", "data": {"object": intent}})
    assert await post(shop, body, secret="whsec_of_another") == 401
    assert await post(shop, body, at=datetime.now(UTC) - timedelta(minutes=6)) == 401
    assert await post(shop, body, at=datetime.now(UTC) + timedelta(minutes=6)) == 401
    assert await post(shop, body + b" " * 300_000) == 413
    assert await post(shop, b" " * 9_000_000) == 413
    assert await post(shop, b"[" * 200_000) == 400
    assert await shop.balance("forged") == OWED


@pytest.mark.slow
async def test_two_thousand_webhooks_of_one_payment_are_one_payment(shop: Shop) -> None:
    await shop.tells("off")
    paid = await shop.collect("flood", "pm_visa")
    intent = {"id": paid["reference"], "status": "succeeded", "metadata": {"intent_id": "flood-1"}}
    body = msgspec.json.encode({"type": "payment_intent.succeeded", "data": {"object": intent}})

    async def some() -> list[int]:
        return [await post(shop, body) for _ in range(100)]

    answers = await asyncio.gather(*(some() for _ in range(20)))
    assert {status for statuses in answers for status in statuses} == {200}
    assert await shop.until("flood", over) == paid
    assert await shop.balance("flood") == PAID


@pytest.mark.slow
async def test_what_was_lost_is_looked_for_and_never_charged_again(shop: Shop) -> None:
    """A gateway that hangs up after charging, one that breaks then, one that never got the call, and one whose caller
    is killed while it charges: without a webhook. Each is called once."""
    await shop.tells("off")
    lost = {"timeout": "pm_timeout", "broken": "pm_broken", "away": "pm_away"}
    found = await asyncio.gather(*(shop.collect(account, token) for account, token in lost.items()))
    assert {(one["status"], one["outcome"]) for one in found} == {("pending", "unknown")}
    invoice_id = await shop.owes("killed", "pm_slow")
    body = {"id": "killed", "account_id": "killed", "invoice_id": invoice_id}
    asking = asyncio.create_task(shop.services.payments.post("/v1/collections", json=body))
    await until(lambda: shop.stripe.calls("killed"), lambda calls: calls == [("killed-1", 1)])
    await shop.services.crash("payments")
    await asyncio.gather(asking, return_exceptions=True)
    for account in ("timeout", "broken", "killed"):
        assert (await shop.until(account, over))["status"] == "succeeded", account
        assert await shop.balance(account) == PAID
        assert await shop.stripe.calls(account) == [(f"{account}-1", 1)]
    # What never got there is asked for again under the same key, for as long as Stripe keeps keys.
    [(key, n)] = await until(lambda: shop.stripe.calls("away"), lambda calls: calls[0][1] > 1)
    away = await ok(await shop.services.payments.get("/v1/collections/away"))
    assert (key, away["status"], away["outcome"], away["attempts"]) == ("away-1", "pending", "unknown", 1) and n > 1
    await shop.nothing_twice()


@pytest.mark.slow
async def test_soft_declines_are_tried_again_by_the_schedule_of_the_settings_and_then_given_up(
    servers: Servers, tmp_path: Path
) -> None:
    async with stripe_program() as stripe, fresh_environment(servers, tmp_path) as environment:
        settings, now = environment.settings.model_copy(update={"test_clock": True}), datetime.now(UTC)
        async with running(settings, "invoicing", "payments") as services:
            await clock_is(settings, now=now)
            shop = await set_up(services, stripe)
            terms = {"retry_days": [2, 4], "fallback": False, "abandon_hours": 5}
            await ok(await services.payments.put("/v1/payment-settings", json=terms))
            first = await shop.collect("soft", "pm_insufficient_funds", "pm_visa")
            asked = await shop.collect("gone", "pm_authenticate", return_url="https://northwind.example/")
            assert (first["status"], asked["outcome"]) == ("waiting", "action_required")
            for attempt, (days, hours) in enumerate([(2, 0), (6, 0)], 2):
                await clock_is(settings, now=now + timedelta(days=days, hours=hours, minutes=attempt))
                await shop.until("soft", lambda one, attempt=attempt: one["attempts"] == attempt and one["outcome"])
            failed = await shop.until("soft", over)
            assert (failed["status"], failed["attempts"]) == ("failed", 3)
            assert await stripe.calls("soft") == [("soft-1", 1), ("soft-2", 1), ("soft-3", 1)]
            gone = await shop.until("gone", over)
            assert (gone["status"], gone["code"]) == ("failed", "abandoned")
            assert await shop.balance("soft") == OWED and (await stripe.books())["twice"] == []
            await shop.owes("due", "pm_visa")
            await ok(await services.payments.put("/v1/payment-settings", json={"collect": "on_due"}))
            await asyncio.sleep(7)
            assert await collected(shop, "due") == []
            await clock_is(settings, now=now + timedelta(days=25))
            [paid] = await until(lambda: collected(shop, "due"), bool)
            assert (paid["status"], paid["attempts"]) == ("succeeded", 1) and await shop.balance("due") == PAID


async def test_an_invoice_is_collected_by_itself_once_when_the_settings_say(shop: Shop) -> None:
    await shop.tells("off")
    invoice_id = await shop.owes("au-1", "pm_visa")
    await shop.owes("au-2", "pm_lost_card")
    await shop.owes("au-3")
    settings = "/v1/payment-settings"
    try:
        await ok(await shop.services.payments.put(settings, json={"collect": "on_issue"}))
        [paid] = await until(lambda: collected(shop, "au-1"), bool)
        [declined] = await until(lambda: collected(shop, "au-2"), bool)
        assert (paid["status"], paid["invoice_id"], declined["code"]) == ("succeeded", invoice_id, "lost_card")
        assert await shop.balance("au-1") == PAID
        assert await shop.stripe.calls(paid["id"]) == [(f"{paid['id']}-1", 1)]
        assert await collected(shop, "au-3") == [] and len(await collected(shop, "au-2")) == 1
    finally:
        await ok(await shop.services.payments.put(settings, json={}))


async def collected(shop: Shop, account: str) -> list[dict[str, Any]]:
    """The account's collections that are over."""
    page = await ok(await shop.services.payments.get(f"/v1/collections?account_id={account}"))
    return [one for one in page["items"] if over(one)]
