"""What becomes of payments over HTTP on real servers: moved, refunded, charged back; what is adjusted, written off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.payments.adjustment.api import AdjustmentPage, AdjustmentShape
from services.payments.chargeback.api import ChargebackPage, ChargebackShape
from services.payments.dispute.api import DisputePage, DisputeShape
from services.payments.ledger.api import StatementPage
from services.payments.payment.api import PaymentPage, PaymentShape
from services.payments.refund.api import RefundPage, RefundShape
from services.payments.settings.api import AllocationChoiceShape, SettingsShape
from services.payments.write_off.api import WriteOffPage, WriteOffsShape
from tests.kit.servers import Servers, fresh_environment
from tests.services.payments.test_service import balance, invoiced, payment
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("life")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


async def post(services: Services, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = await services.payments.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def get(services: Services, path: str) -> dict[str, Any]:
    answer = await services.payments.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_pending_payment_pays_when_it_succeeds_and_never_when_it_fails(services: Services) -> None:
    await invoiced(services, "wait-1", "30.03")
    await post(services, "/v1/payments", payment("wait-1", "36.04", id="w-1", status="pending"), 201)
    assert await balance(services, "wait-1") == ("36.04", "0.00", "36.04")
    failed = await post(services, "/v1/payments/w-1/fail", {"reason_code": "insufficient_funds", "hard": False})
    assert (failed["status"], failed["failure_code"], failed["hard_failure"]) == (
        "failed",
        "insufficient_funds",
        False,
    )
    again = await services.payments.post("/v1/payments/w-1/succeed", json={})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "payment_not_pending")
    await post(services, "/v1/payments", payment("wait-1", "36.04", id="w-2", status="authorised"), 201)
    done = await post(services, "/v1/payments/w-2/succeed", {})
    PaymentShape.model_validate(done)
    assert (done["status"], done["allocated"]) == ("succeeded", euros("36.04"))
    page = await get(services, "/v1/payments?account_id=wait-1&status=failed&status=succeeded")
    assert {item["id"] for item in PaymentPage.model_validate(page).model_dump()["items"]} == {"w-1", "w-2"}
    attention = await get(services, "/v1/payments?account_id=wait-1&needs_attention=true")
    assert [item["id"] for item in attention["items"]] == ["w-1"]


async def test_a_refund_takes_back_first_what_pays_nothing_and_never_more_than_is_left_r51(services: Services) -> None:
    invoice_id = await invoiced(services, "back-1", "30.03")
    await post(services, "/v1/payments", payment("back-1", "50.00", id="b-1"), 201)
    path = "/v1/payments/b-1/refunds"
    first = await post(services, path, {"amount": euros("20.00"), "reason": "left", "external_key": "R-1"}, 201)
    RefundShape.model_validate(first)
    assert await balance(services, "back-1") == ("6.04", "0.00", "6.04")
    again = await services.payments.post(path, json={"amount": euros("1.00"), "reason": "left", "external_key": "R-1"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "duplicate_external_key")
    adjusted = await post(services, path, {"amount": euros("10.00"), "reason": "sorry", "adjust_invoice": True}, 201)
    assert adjusted["adjusts"] and await balance(services, "back-1") == ("6.04", "0.00", "6.04")
    too_much = await services.payments.post(path, json={"amount": euros("20.01"), "reason": "left"})
    assert (too_much.status_code, too_much.json()["errors"][0]["code"]) == (409, "over_refund")
    refunds = RefundPage.model_validate(await get(services, path))
    assert [str(one.model_dump()["amount"]["amount"]) for one in refunds.items] == ["20.00", "10.00"]
    now = await get(services, "/v1/payments/b-1")
    assert (now["status"], now["refunded"]["amount"], now["allocated"]["amount"]) == (
        "partially_refunded",
        "30.00",
        "20.00",
    )
    assert now["allocations"] == [{"invoice_id": invoice_id, "amount": euros("20.00")}]


async def test_two_refunds_at_the_same_moment_give_back_no_more_than_there_is(services: Services) -> None:
    await invoiced(services, "twice-1", "30.03")
    await post(services, "/v1/payments", payment("twice-1", "36.04", id="t-1"), 201)
    body = {"amount": euros("30.00"), "reason": "left"}
    answers = await asyncio.gather(*(services.payments.post("/v1/payments/t-1/refunds", json=body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert await balance(services, "twice-1") == ("30.00", "0.00", "30.00")


async def test_a_chargeback_opens_the_invoice_again_and_its_reversal_pays_it_r50(services: Services) -> None:
    await invoiced(services, "cb-1", "30.03")
    await post(services, "/v1/payments", payment("cb-1", "36.04", id="c-1", method="card"), 201)
    path = "/v1/payments/c-1/chargebacks"
    made = await post(services, path, {"id": "chb-1", "reason": "fraud", "received_on": "2026-10-20"}, 201)
    ChargebackShape.model_validate(made)
    assert await balance(services, "cb-1") == ("36.04", "0.00", "36.04")
    assert (await get(services, "/v1/payments/c-1"))["status"] == "charged_back"
    reversed_ = await post(services, f"{path}/chb-1/reverse", {"reason": "won"})
    assert reversed_["status"] == "reversed" and await balance(services, "cb-1") == ("0.00", "0.00", "0.00")
    assert ChargebackPage.model_validate(await get(services, path)).total == 1


async def test_a_payment_is_moved_by_hand_and_taken_back_as_a_mistake_r49(services: Services) -> None:
    invoice_id = await invoiced(services, "move-1", "30.03")
    await post(services, "/v1/payments", payment("move-1", "30.00", id="m-1"), 201)
    path, over = "/v1/payments/m-1/allocations", {"invoice_id": invoice_id, "amount": euros("30.01")}
    refused = await services.payments.post(path, json={"allocations": [over]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "over_allocated")
    less = await post(services, path, {"allocations": [{"invoice_id": invoice_id, "amount": euros("10.00")}]})
    assert (less["allocated"]["amount"], less["unallocated"]["amount"]) == ("10.00", "20.00")
    gone = await post(services, "/v1/payments/m-1/reverse", {"reason": "booked twice"})
    assert (gone["status"], gone["allocations"], gone["unallocated"]["amount"]) == ("reversed", [], "0.00")
    assert await balance(services, "move-1") == ("36.04", "0.00", "36.04")


async def test_an_adjustment_needs_a_role_that_may_adjust_so_much(services: Services) -> None:
    await invoiced(services, "adj-1", "30.03")
    path, support = "/v1/accounts/adj-1/adjustments", services.token("support")
    body = {"direction": "credit", "amount": euros("5.00"), "reason_code": "goodwill"}
    refused = await services.payments.post(path, json=body, headers=support)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "above_approval_limit")
    limits = {"adjustment_limits": {"support": {"EUR": "5.00"}}, "tolerances": {"EUR": "0.05"}}
    settings = await services.payments.put("/v1/payment-settings", json=limits)
    assert settings.status_code == 200, settings.text
    SettingsShape.model_validate(settings.json())
    allowed = await services.payments.post(path, json=body, headers=support)
    assert allowed.status_code == 201, allowed.text
    AdjustmentShape.model_validate(allowed.json())
    debit = await post(services, path, {**body, "direction": "debit", "amount": euros("7.00")}, 201)
    assert await balance(services, "adj-1") == ("38.04", "0.00", "38.04")
    owed = await get(services, "/v1/accounts/adj-1/receivables?kind=adjustment")
    assert [item["invoice_id"] for item in owed["items"]] == [debit["id"]]
    assert AdjustmentPage.model_validate(await get(services, path)).total == 2
    chosen = await services.payments.put("/v1/accounts/adj-1/allocation", json={"allocation": "highest_first"})
    AllocationChoiceShape.model_validate(chosen.json())
    # Cents within the tolerance close the invoice.
    await post(services, "/v1/payments", payment("adj-1", "31.00"), 201)
    assert await balance(services, "adj-1") == ("7.00", "0.00", "7.00")


async def test_what_is_disputed_is_on_hold_and_what_is_written_off_may_come_after_all(services: Services) -> None:
    invoice_id = await invoiced(services, "dis-1", "30.03")
    path = f"/v1/receivables/{invoice_id}/dispute"
    opened = await post(services, path, {"amount": euros("16.04"), "reason": "not supplied"}, 201)
    DisputeShape.model_validate(opened)
    assert (await get(services, "/v1/accounts/dis-1/balance"))["disputed"] == euros("16.04")
    twice = await services.payments.post(path, json={"reason": "again"})
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "dispute_exists")
    resolved = await post(services, f"{path}/resolve", {"outcome": "accepted", "amount": euros("6.04")})
    assert (resolved["status"], resolved["accepted"]["amount"]) == ("accepted", "6.04")
    assert DisputePage.model_validate(await get(services, "/v1/disputes?account_id=dis-1")).total == 1
    assert await balance(services, "dis-1") == ("30.00", "0.00", "30.00")

    lost = WriteOffsShape.model_validate(
        await post(services, "/v1/write-offs", {"invoice_id": invoice_id, "reason_code": "uncollectable"}, 201)
    )
    assert await balance(services, "dis-1") == ("0.00", "0.00", "0.00")
    [receivable] = (await get(services, "/v1/accounts/dis-1/receivables"))["items"]
    assert (receivable["status"], receivable["written_off"]["amount"]) == ("written_off", "30.00")
    await post(services, "/v1/payments", payment("dis-1", "12.00"), 201)
    back = await post(services, f"/v1/write-offs/{lost.id}/recover", {"amount": euros("12.00")})
    assert back["items"][0]["left"]["amount"] == "18.00"
    assert await balance(services, "dis-1") == ("0.00", "0.00", "0.00")
    assert WriteOffPage.model_validate(await get(services, "/v1/write-offs?account_id=dis-1")).total == 1


async def test_a_statement_says_line_by_line_how_the_balance_came_about(services: Services) -> None:
    await invoiced(services, "say-1", "30.03")
    await post(services, "/v1/payments", payment("say-1", "50.00", id="s-1"), 201)
    await post(services, "/v1/payments/s-1/refunds", {"amount": euros("13.96"), "reason": "left"}, 201)
    statement = StatementPage.model_validate(await get(services, "/v1/accounts/say-1/statement"))
    kinds = {line.kind for line in statement.items}
    assert kinds == {"invoice", "payment", "refund"} and statement.items[-1].balance == statement.closing.balance
    assert statement.closing.words == "settled" and statement.opening.words == "settled"
    paged = await get(services, "/v1/accounts/say-1/statement?limit=2&sort=-booked_on")
    assert len(paged["items"]) == 2 and paged["next_cursor"] and paged["total"] == 3
    rest = await get(services, f"/v1/accounts/say-1/statement?limit=2&sort=-booked_on&cursor={paged['next_cursor']}")
    assert len(rest["items"]) == 1
    until = await get(services, "/v1/accounts/say-1/statement?to=2026-10-09")
    assert until["closing"]["words"] in ("you_owe", "in_your_favour", "settled")
