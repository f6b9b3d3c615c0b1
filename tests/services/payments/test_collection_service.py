"""Collections over HTTP on real Kafka and Postgres: charged once, told by webhooks twice and out of order; Stripe's
API as a process of its own would answer it; what the bank statement settles, and what goes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import msgspec
import pytest
import pytest_asyncio
from aiohttp import web

from services.payments.collection.api import CollectionPage, CollectionShape
from services.payments.gateways.calls.signatures import signed
from services.payments.refund.api import RefundShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.payments.statement_files import Line, camt
from tests.services.payments.test_service import balance, invoiced, payment
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers
WHSEC = "whsec-of-tests"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("collections")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        answer = await started.payments.put("/v1/gateways/test", json={"webhook_secret": WHSEC})
        assert answer.status_code == 200, answer.text
        yield started


async def with_card(services: Services, account: str, token: str, gateway: str = "test") -> str:
    """An account with an invoice of 36.04 and a card; the invoice's id."""
    invoice_id = await invoiced(services, account, "30.03")
    body = {"account_id": account, "kind": "card", "gateway": gateway, "token": token, "label": "Visa"}
    added = await services.payments.post("/v1/payment-methods", json=body)
    assert added.status_code == 201, added.text
    return invoice_id


async def collect(services: Services, account: str, invoice_id: str) -> dict[str, Any]:
    answer = await services.payments.post("/v1/collections", json={"account_id": account, "invoice_id": invoice_id})
    assert answer.status_code == 201, answer.text
    CollectionShape.model_validate(found := answer.json())
    return await settled(services, found["id"])


async def settled(services: Services, collection_id: str) -> dict[str, Any]:
    answer = await until(
        lambda: services.payments.get(f"/v1/collections/{collection_id}"),
        lambda answer: answer.json()["outcome"] != "" and answer.json()["status"] != "calling",
    )
    found: dict[str, Any] = answer.json()
    return found


async def notify(services: Services, intent_id: str, outcome: str, *, secret: str = WHSEC) -> int:
    body = msgspec.json.encode({"intent_id": intent_id, "answer": {"outcome": outcome, "reference": "r-1"}})
    headers = {"test-signature": signed(body, secret, datetime.now(UTC)), "Authorization": ""}
    answer = await services.payments.post("/v1/gateways/test/webhook", content=body, headers=headers)
    return answer.status_code


async def test_a_card_is_charged_and_the_invoice_paid_and_a_declined_one_leaves_it_open_r48(services: Services) -> None:
    paid = await collect(services, "col-ok", await with_card(services, "col-ok", "ok"))
    assert (paid["status"], paid["attempts"], paid["amount"]["amount"]) == ("succeeded", 1, "36.04")
    assert await balance(services, "col-ok") == ("0.00", "0.00", "0.00")
    declined = await collect(services, "col-no", await with_card(services, "col-no", "declined_stolen_card"))
    assert (declined["status"], declined["code"]) == ("failed", "stolen_card")
    assert await balance(services, "col-no") == ("36.04", "0.00", "36.04")
    waits = (await services.payments.get("/v1/collections?needs_attention=true&account_id=col-no")).json()
    assert [one["id"] for one in waits["items"]] == [declined["id"]], "nothing else was tried, and it is still owed"
    soft = await collect(services, "col-soft", await with_card(services, "col-soft", "soft_insufficient_funds"))
    assert (soft["status"], soft["attempts"]) == ("waiting", 1) and soft["due_at"] > datetime.now(UTC).isoformat()
    page = CollectionPage.model_validate((await services.payments.get("/v1/collections?status=waiting")).json())
    assert page.total == 1


async def test_a_webhook_twice_and_out_of_order_pays_once_and_one_that_is_not_signed_nothing_r52(
    services: Services,
) -> None:
    invoice_id = await with_card(services, "col-hook", "action")
    pending = await collect(services, "col-hook", invoice_id)
    assert (pending["status"], pending["outcome"]) == ("pending", "action_required")
    assert pending["action_url"] == "https://bank.example/confirm"
    twice = await services.payments.post("/v1/collections", json={"account_id": "col-hook", "invoice_id": invoice_id})
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "collecting_already")
    intent = f"{pending['id']}-1"
    assert await notify(services, intent, "succeeded", secret="another") == 401
    assert await balance(services, "col-hook") == ("36.04", "0.00", "36.04")
    told = await asyncio.gather(*(notify(services, intent, "succeeded") for _ in range(3)))
    assert told == [200, 200, 200]
    assert await notify(services, intent, "pending") == 200 and await notify(services, "nobody-1", "succeeded") == 200
    assert (await settled(services, pending["id"]))["status"] == "succeeded"
    assert await balance(services, "col-hook") == ("0.00", "0.00", "0.00")


class FakeStripe:
    """Answers as Stripe does, and remembers intents by their keys of idempotency."""

    def __init__(self) -> None:
        self.intents: dict[str, dict[str, Any]] = {}
        self.calls = 0

    async def create(self, request: web.Request) -> web.Response:
        self.calls += 1
        fields = parse_qs(await request.text())
        key = request.headers["Idempotency-Key"]
        intent = self.intents.setdefault(key, {"id": f"pi_{len(self.intents)}", "status": "succeeded"})
        if fields["payment_method"] == ["pm_lost"]:
            # The charge is made, and the answer is lost.
            assert request.transport is not None
            request.transport.close()
        return web.json_response(intent)

    async def search(self, request: web.Request) -> web.Response:
        found = [intent for key, intent in self.intents.items() if key in request.query["query"]]
        return web.json_response({"data": found})


async def test_stripe_is_called_once_for_an_intent_and_an_answer_that_is_lost_is_a_state(services: Services) -> None:
    fake, app = FakeStripe(), web.Application()
    app.router.add_post("/v1/payment_intents", fake.create)
    app.router.add_get("/v1/payment_intents/search", fake.search)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        body = {"secret": "sk_test", "webhook_secret": WHSEC, "base_url": f"http://127.0.0.1:{port}"}
        assert (await services.payments.put("/v1/gateways/stripe", json=body)).status_code == 200
        assert "sk_test" not in (await services.payments.get("/v1/gateways")).text
        paid = await collect(services, "str-1", await with_card(services, "str-1", "pm_ok", "stripe"))
        assert (paid["status"], paid["reference"]) == ("succeeded", "pi_0")
        lost = await collect(services, "str-2", await with_card(services, "str-2", "pm_lost", "stripe"))
        assert (lost["status"], lost["outcome"]) == ("pending", "unknown")
        intent = {"id": "pi_1", "status": "succeeded", "metadata": {"intent_id": f"{lost['id']}-1"}}
        hook = msgspec.json.encode({"type": "payment_intent.succeeded", "data": {"object": intent}})
        headers = {"stripe-signature": signed(hook, WHSEC, datetime.now(UTC)), "Authorization": ""}
        told = await services.payments.post("/v1/gateways/stripe/webhook", content=hook, headers=headers)
        assert told.json() == {"taken": 1}, told.text
        assert await balance(services, "str-2") == ("0.00", "0.00", "0.00")
        assert fake.calls == 2
    finally:
        await runner.cleanup()


async def processed(services: Services, *lines: Line) -> None:
    """A bank statement that is sent and processed."""
    sent = await services.payments.post("/v1/bank-statements", content=camt(lines))
    path = f"/v1/bank-statements/{sent.json()['id']}"
    for verb in ("", "/process"):
        if verb:
            assert (await services.payments.post(f"{path}{verb}")).status_code == 200
        wanted = ("matched", "processed") if not verb else ("processed",)

        def is_so(answer: httpx.Response, wanted: tuple[str, ...] = wanted) -> bool:
            return answer.json()["status"] in wanted and not answer.json()["counts"]["booking"]

        await until(lambda: services.payments.get(path), is_so)


async def refund(services: Services, payment_id: str, amount: str, **said: Any) -> Any:
    body = {"amount": {"amount": amount, "currency": "EUR"}, "reason": "left", **said}
    return await services.payments.post(f"/v1/payments/{payment_id}/refunds", json=body)


async def refund_is(services: Services, refund_id: str, status: str, outcome: str | None = None) -> dict[str, Any]:
    answer = await until(
        lambda: services.payments.get(f"/v1/refunds/{refund_id}"),
        lambda answer: answer.json()["status"] == status and outcome in (None, answer.json()["outcome"]),
    )
    RefundShape.model_validate(found := answer.json())
    shown: dict[str, Any] = found
    assert shown["status"] == status, shown
    return shown


async def test_a_refund_goes_by_its_gateway_and_two_clerks_pay_back_no_more_than_there_is_r51(
    services: Services,
) -> None:
    await collect(services, "rf-card", await with_card(services, "rf-card", "ok"))
    [paid] = (await services.payments.get("/v1/payments?account_id=rf-card")).json()["items"]
    both = await asyncio.gather(*(refund(services, paid["id"], "20.00", id=f"rf-card-{n}") for n in (1, 2)))
    assert sorted(answer.status_code for answer in both) == [201, 409], [answer.text for answer in both]
    [made] = [answer.json() for answer in both if answer.status_code == 201]
    assert (made["way"], made["gateway"], made["transfer_reference"]) == ("gateway", "test", None)
    done = await refund_is(services, made["id"], "paid")
    assert done["reference"] == f"test-refund/{made['id']}"
    await refund(services, paid["id"], "6.66", id="rf-declined")
    declined = await refund_is(services, "rf-declined", "failed")
    assert declined["code"] == "declined"
    # Its money pays the invoice again that it had opened.
    assert await balance(services, "rf-card") == ("20.00", "0.00", "20.00")
    await refund(services, paid["id"], "7.77", id="rf-lost")
    lost = await refund_is(services, "rf-lost", "sent", "unknown")
    assert [one["action"] for one in lost["allowed_actions"] if one["allowed"]] == ["confirm", "fail"]
    waiting = (await services.payments.get("/v1/payments?account_id=rf-card&needs_attention=true")).json()
    assert [one["id"] for one in waiting["items"]] == [paid["id"]]
    answers = await asyncio.gather(*(services.payments.post("/v1/refunds/rf-lost/confirm") for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_transfer_back_is_found_on_the_statement_once_and_one_that_bounces_is_credit_again_r51(
    services: Services,
) -> None:
    await invoiced(services, "rf-bank", "30.03")
    assert (await services.payments.post("/v1/payments", json=payment("rf-bank", "50.00", id="rf-bank"))).is_success
    made = (await refund(services, "rf-bank", "13.96", id="rf-bank-1")).json()
    assert (made["status"], made["way"]) == ("requested", "transfer")
    listed = await services.payments.get("/v1/refunds?status=requested&way=transfer")
    assert [one["id"] for one in listed.json()["items"]] == ["rf-bank-1"]
    note = f"Erstattung {made['transfer_reference'][:8].lower()} {made['transfer_reference'][8:]}, danke"
    await processed(
        services, Line("-13.96", note, reference="OUT-1"), Line("-13.96", note, reference="OUT-2"), Line("-1.00", note)
    )
    done = await refund_is(services, "rf-bank-1", "paid")
    assert done["paid_on"] == "2026-10-09"
    again = await services.payments.post("/v1/refunds/rf-bank-1/confirm", json={"paid_on": "2026-10-12"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "refund_over")
    bounced = await services.payments.post("/v1/refunds/rf-bank-1/fail", json={"reason_code": "account_closed"})
    assert (bounced.status_code, bounced.json()["status"]) == (200, "failed")
    assert await balance(services, "rf-bank") == ("0.00", "13.96", "-13.96")
    cash = (await refund(services, "rf-bank", "13.96", way="cash")).json()
    assert (cash["status"], await balance(services, "rf-bank")) == ("paid", ("0.00", "0.00", "0.00"))


async def test_who_pays_by_himself_is_told_where_and_the_statement_settles_it_r48(services: Services) -> None:
    creditor = {"name": "Northwind Net", "iban": "DE89370400440532013000", "creditor_id": "DE98ZZZ09999999999"}
    assert (await services.payments.put("/v1/direct-debits/creditor", json=creditor)).is_success
    invoice_id = await invoiced(services, "by-self", "30.03")
    body = {"account_id": "by-self", "kind": "bank_transfer", "gateway": "bank_transfer"}
    wrong = await services.payments.post("/v1/payment-methods", json={**body, "gateway": "test"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/gateway")
    assert (await services.payments.post("/v1/payment-methods", json=body)).status_code == 201
    waits = await collect(services, "by-self", invoice_id)
    assert (waits["status"], waits["outcome"]) == ("pending", "action_required")
    assert waits["pay_to"] == {"name": "Northwind Net", "iban": creditor["iban"], "bic": ""}
    assert waits["reference"].startswith("RF")
    link = await services.payments.post(
        "/v1/accounts/by-self/top-up-link", json={"amount": {"amount": "20.00", "currency": "EUR"}}
    )
    assert link.status_code == 201, link.text
    code = await services.payments.get(f"{link.json()['path']}/code.svg", headers={"Authorization": ""})
    assert (code.status_code, code.headers["content-type"]) == (200, "image/svg+xml")
    await processed(
        services,
        Line("36.04", f"my bill {waits['reference']}", reference="IN-1"),
        Line("25.00", link.json()["reference"], reference="IN-2"),
    )
    assert (await settled(services, waits["id"]))["status"] == "succeeded"
    wanted = ("0.00", "25.00", "-25.00")
    assert await until(lambda: balance(services, "by-self"), lambda found: found == wanted) == wanted
    opened = (await services.payments.get(link.json()["path"], headers={"Authorization": ""})).json()
    assert (opened["purpose"], opened["status"], opened["amount_due"]["amount"]) == ("top_up", "paid", "0.00")
