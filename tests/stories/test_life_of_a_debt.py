"""One debt of Alice's, from its invoice to the day on which nobody owes anything: months of bank, network and clerk.

Home is 29.90 a month in arrears, tax is 20 %. September is 35.88, issued on 1 October and due on the 15th, in Paris.
Dunning as in test_dunned.py: 5 days reminder for 2.50, 10 days throttled, 15 days blocked.

    day      what happens                                                   invoice   debit    October   balance
     1 Oct   invoice of September                                             35.88                        35.88
    15 Oct   the bank books her direct debit                                   0.00                         0.00
    19 Oct   it comes back for lack of money; the clerk asks 3.00 for it      35.88     3.00               38.88
    20 Oct   reminded by letter, 2.50 on the next invoice                     35.88     3.00               38.88
    21 Oct   the debit is tried again, and fails before it is booked          35.88     3.00               38.88
    25 Oct   throttled, and the network says so                               35.88     3.00               38.88
    26 Oct   promises by the 28th: open                 29 Oct broken         35.88     3.00               38.88
    30 Oct   blocked, and the network says so                                 35.88     3.00               38.88
    31 Oct   promises by 4 November: open                                     35.88     3.00               38.88
     1 Nov   invoice of October, 29.90 at 20 % and 2.50 outside of tax        35.88     3.00     38.38     77.26
     2 Nov   38.88 by card: the promise is kept, and all is open               0.00     0.00     38.38     38.38
    10 Nov   38.38 by transfer                                                 0.00     0.00      0.00      0.00
     2 Dec   the card's issuer takes 38.88 back: dunned again, from the start 35.88     3.00      0.00     38.88
    11 Dec   it gives them back: nothing is owed                               0.00     0.00      0.00      0.00

The ledger at the end, debit above zero: billed -74.26 (35.88 + 38.38), adjustments -3.00; at the bank by direct debit
0.00 (35.88 came and went), by card 38.88 (came, went, came), by transfer 38.38; nothing is receivable or unapplied.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from meterlog.cli.keys import make_key
from meterlog.installation import spec_of
from services.payments.ledger.api import StatementPage
from shared.engine.rebuild.job import RebuildJob
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.services.payments.statement_files import Line, camt
from tests.stories.operator import Operator
from tests.stories.test_dunned import EUR, balance, case_of, line, start

pytestmark = pytest.mark.servers

LEDGER = """
select account, sum(amount) as amount from live.ledger_entry where account_id = 'alice'
 group by 1 having sum(amount) <> 0
"""
OF_CREDITOR = {"name": "Northwind", "iban": "DE89370400440532013000", "creditor_id": "DE98ZZZ09999999999"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("debt")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": EUR}


async def open_of(op: Operator) -> dict[str, str]:
    """What is open, by kind and month, once payments has it."""
    page = await op.get("/v1/accounts/alice/receivables")
    return {f"{one['kind']} {one['due_on'][5:]}": one["open"]["amount"] for one in page["items"]}


async def owes(op: Operator, in_all: str, **rows: str) -> None:
    """The balance, and what is open of September's invoice, the debit and October's."""
    days = {"september": "invoice 10-15", "debit": "adjustment 10-31", "october": "invoice 11-15"}
    expected = {days[name]: amount for name, amount in rows.items()}
    await until(lambda: open_of(op), lambda found: found == expected)
    assert await balance(op, "alice") == in_all


async def debited(op: Operator, run_id: str, day: str) -> str:
    """A run over Alice's open invoice; its debit's id."""
    asked = {"id": run_id, "collection_date": day, "account_ids": ["alice"], "dry_run": False, "notice_days": 1}
    await op.create("/v1/direct-debits", asked)
    path = f"/v1/direct-debits/{run_id}"
    await until(lambda: op.get(path), lambda run: run["counts"]["placed"] == 1)
    await op.ask("POST", f"{path}/submit")
    (debit,) = (await op.get(f"{path}/debits"))["items"]
    return str(debit["id"])


async def comes_back(op: Operator, debit_id: str, day: str) -> None:
    """A statement of the bank says that the debit was returned."""
    returned = Line("-35.88", "returned", end_to_end=debit_id, return_code="AM04", day=day)
    statement = await op.ask("POST", "/v1/bank-statements", status=201, content=camt([returned]))
    await until(
        lambda: op.http.post(f"/v1/bank-statements/{statement['id']}/process"), lambda answer: answer.status_code == 200
    )
    path = f"/v1/payments/{debit_id}"
    await until(lambda: op.get(path), lambda payment: payment["status"] in ("failed", "reversed"))


async def promises(op: Operator, by: str) -> None:
    promise = {"account_id": "alice", "pay_by": by, "restores": True}
    made = await op.create("/v1/promises", {**promise, "amount": euros("35.88")})
    assert made["status"] == "open"
    await case_of(op, "alice", status="promised", access="open")
    await line(op, "alice", "open")


async def test_a_debt_lives_through_bank_network_and_clerk_and_ends_settled_R50_R55_R58(operator: Operator) -> None:
    op = operator
    await start(op)
    said = {"account_id": "alice", "kind": "bank_account", "iban": "NL91 ABNA 0417 1643 00", "holder": "Alice"}
    method = await op.create("/v1/payment-methods", said)
    mandate = {"id": "M-alice", "account_id": "alice", "payment_method_id": method["id"], "signed_on": "2026-08-31"}
    await op.create("/v1/mandates", mandate)
    await op.ask("PUT", "/v1/direct-debits/creditor", json=OF_CREDITOR)
    await op.advance("2026-09-30T23:30:00Z")
    await op.run_over({"account_ids": ["alice"]}, "2026-10-01")
    await owes(op, "35.88", september="35.88")

    await debited_and_returned(op)
    await dunned_until_blocked(op)
    await promised_and_paid(op)
    await charged_back_and_settled(op)
    await all_is_explained(op)


async def debited_and_returned(op: Operator) -> None:
    debit = await debited(op, "run-1", "2026-10-15")
    assert await balance(op, "alice") == "35.88"
    await op.advance("2026-10-15T10:00:00Z")
    await op.ask("POST", "/v1/direct-debits/run-1/book", json={"booked_on": "2026-10-15"})
    await owes(op, "0.00", september="0.00")
    await op.advance("2026-10-19T10:00:00Z")
    assert (await op.get("/v1/dunning/cases", account_id="alice"))["total"] == 0
    await comes_back(op, debit, "2026-10-19")
    await owes(op, "35.88", september="35.88")
    fee = {"direction": "debit", "amount": euros("3.00"), "reason_code": "returned_debit", "due_on": "2026-10-31"}
    await op.create("/v1/accounts/alice/adjustments", fee)
    await owes(op, "38.88", september="35.88", debit="3.00")
    payment = await op.get(f"/v1/payments/{debit}")
    assert (payment["status"], payment["allocated"]["amount"]) == ("reversed", "0.00")


async def dunned_until_blocked(op: Operator) -> None:
    # Overdue since the 15th though it looked paid until the 19th: reminded on the fifth day all the same.
    await case_of(op, "alice", status="open", since="2026-10-15", step=0)
    await op.advance("2026-10-20T10:00:00Z")
    await case_of(op, "alice", step=1, step_name="Reminder", overdue=euros("35.88"))
    (letter,) = await op.until("/v1/deliveries", 1, account_id="alice")
    assert letter["document_kind"] == "dunning_letter"
    again = await debited(op, "run-2", "2026-10-22")
    refused = await op.http.post(f"/v1/payments/{again}/cancel", json={})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "payment_collected")
    await op.advance("2026-10-21T10:00:00Z")
    await comes_back(op, again, "2026-10-21")
    failed = await op.get(f"/v1/payments/{again}")
    assert (failed["status"], failed["failure_code"]) == ("failed", "AM04")
    await owes(op, "38.88", september="35.88", debit="3.00")
    await op.advance("2026-10-25T10:00:00Z")
    await case_of(op, "alice", step=2, access="throttled")
    assert (await line(op, "alice", "throttled"))["acknowledged_at"]
    await op.advance("2026-10-26T10:00:00Z")
    await promises(op, "2026-10-28")
    await op.advance("2026-10-29T10:00:00Z")
    await case_of(op, "alice", status="open", step=2, access="throttled")
    await op.advance("2026-10-30T10:00:00Z")
    await case_of(op, "alice", step=3, access="blocked")
    await line(op, "alice", "blocked")
    await owes(op, "38.88", september="35.88", debit="3.00")


async def promised_and_paid(op: Operator) -> None:
    await op.advance("2026-10-31T10:00:00Z")
    await promises(op, "2026-11-04")
    await op.advance("2026-11-01T00:30:00Z")
    await op.run_over({"account_ids": ["alice"]}, "2026-11-01")
    await owes(op, "77.26", september="35.88", debit="3.00", october="38.38")
    await op.advance("2026-11-02T10:00:00Z")
    await pays(op, "card-1", "38.88", "card", "2026-11-02")
    await owes(op, "38.38", september="0.00", debit="0.00", october="38.38")
    await case_of(op, "alice", status="cleared", cleared_for="paid", access="open")
    kept = await op.get("/v1/promises", account_id="alice", sort="pay_by")
    assert sorted(one["status"] for one in kept["items"]) == ["broken", "kept"]
    await line(op, "alice", "open")
    await op.advance("2026-11-10T10:00:00Z")
    await pays(op, "transfer-1", "38.38", "bank_transfer", "2026-11-10")
    await owes(op, "0.00", september="0.00", debit="0.00", october="0.00")


async def charged_back_and_settled(op: Operator) -> None:
    await op.advance("2026-12-02T10:00:00Z")
    path = "/v1/payments/card-1/chargebacks"
    taken = {"id": "cb-1", "reason": "fraud", "received_on": "2026-12-02"}
    made = await op.create(path, taken)
    assert (made["amount"], made["paid_back_before"]) == (euros("38.88"), euros("0.00"))
    await owes(op, "38.88", september="35.88", debit="3.00", october="0.00")
    # 48 days overdue, and warned before anything is taken: a new case, from its first step.
    case = await case_of(op, "alice", status="open", since="2026-10-15", overdue=euros("38.88"))
    assert (case["step"], case["access"]) == (1, "open")
    await op.advance("2026-12-11T10:00:00Z")
    later = await case_of(op, "alice", status="open", access="throttled")
    assert later["id"] == case["id"]
    await line(op, "alice", "throttled")
    await op.ask("POST", f"{path}/cb-1/reverse", json={"reason": "won"})
    await owes(op, "0.00", september="0.00", debit="0.00", october="0.00")
    await case_of(op, "alice", status="cleared", access="open")
    await line(op, "alice", "open")


async def pays(op: Operator, payment_id: str, amount: str, method: str, day: str) -> None:
    body = {"id": payment_id, "account_id": "alice", "amount": euros(amount), "method": method, "received_on": day}
    await op.create("/v1/payments", body)


async def all_is_explained(op: Operator) -> None:
    """The statement, the ledger, and every service's tables built again."""
    found = await op.get("/v1/accounts/alice/statement", limit=100)
    page = StatementPage.model_validate(found)
    lines = [
        (one["booked_on"], one["kind"], one["amount"]["amount"], one["balance"]["amount"]) for one in found["items"]
    ]
    assert lines == [
        ("2026-10-01", "invoice", "35.88", "35.88"),
        ("2026-10-15", "payment", "-35.88", "0.00"),
        ("2026-10-19", "payment_reversed", "35.88", "35.88"),
        ("2026-10-19", "adjustment", "3.00", "38.88"),
        ("2026-11-01", "invoice", "38.38", "77.26"),
        ("2026-11-02", "payment", "-38.88", "38.38"),
        ("2026-11-10", "payment", "-38.38", "0.00"),
        ("2026-12-02", "chargeback", "38.88", "38.88"),
        ("2026-12-11", "chargeback_reversed", "-38.88", "0.00"),
    ]
    assert page.closing.words == "settled"
    connection = await asyncpg.connect(op.stack.settings.postgres_dsn_of("payments"))
    ledger = {row["account"]: row["amount"] for row in await connection.fetch(LEDGER)}
    await connection.close()
    assert ledger == {
        "billed": Decimal("-74.26"),
        "adjustments": Decimal("-3.00"),
        "clearing:card": Decimal("38.88"),
        "clearing:bank_transfer": Decimal("38.38"),
    }
    for service in ("usage", "rating", "invoicing", "payments", "reporting"):
        proven: Any = await RebuildJob(op.stack.settings, spec_of(service, op.stack.settings), processes=0).verify()
        assert proven.equal, (service, proven)
