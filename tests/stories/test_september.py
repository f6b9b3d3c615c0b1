"""September 2026 through all five services, on real Kafka and Postgres, every amount worked out by hand.

Alice has plan Home all month, Bob from the 16th (15 of 30 days). Home is 29.90 a month in arrears, data 10 GB free and
then 0.50 a started GB, calls 0.02 a started minute of the month's total. Tax is 20 %.

    Alice   flat 29.90; 12.3 GB: 2.3 over -> 3 blocks 1.50; 184 s -> 4 minutes 0.08     net 31.48  tax 6.30  total 37.78
    Bob     flat 29.90 x 15/30 = 14.95; 4 GB free                                       net 14.95  tax 2.99  total 17.94
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit.keys import make_key
from tests.kit.pdf_text import text_of
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.stories.operator import GB, Operator, open_shop, record

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("september")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def test_a_month_from_the_first_record_to_the_last_cent(operator: Operator) -> None:
    op = operator
    await open_shop(op)

    # The month. Records arrive out of order, one twice, one twice with another quantity, one of an unknown line.
    await op.advance("2026-09-30T20:00:00Z")
    twice = record(1, "mac:alice", "data.octets", 7 * GB, 20)
    await op.publish(
        twice,
        record(2, "mac:alice", "data.octets", 5_300_000_000, 3),
        record(3, "mac:alice", "voice.seconds", 125, 9),
        record(4, "mac:alice", "voice.seconds", 59, 8),
        record(5, "mac:bob", "data.octets", 4 * GB, 17),
        twice,
        {**record(5, "mac:bob", "data.octets", 4 * GB + 1, 17)},
        record(6, "mac:nobody", "data.octets", GB, 5),
    )

    # The close, an hour after midnight in Paris, and the billing run.
    await op.advance("2026-09-30T23:30:00Z")
    run = await op.run_over({"cycle_id": "monthly"}, "2026-10-01")
    assert (run["accounts"], run["invoices"], run["not_closed"], run["failed"]) == (2, 2, 0, 0)

    invoices = {i["account_id"]: i for i in await op.until("/v1/invoices", 2, status="issued")}
    money = {name: [i[m]["amount"] for m in ("net", "tax", "total", "due")] for name, i in invoices.items()}
    assert money == {
        "alice": ["31.48", "6.30", "37.78", "37.78"],
        "bob": ["14.95", "2.99", "17.94", "17.94"],
    }
    assert {i["number"] for i in invoices.values()} == {"INV-000001", "INV-000002"}
    assert {(i["issued_on"], i["due_on"]) for i in invoices.values()} == {("2026-10-01", "2026-10-15")}

    alice = await op.get(f"/v1/invoices/{invoices['alice']['id']}")
    assert [line["net"]["amount"] for line in alice["lines"]] == ["29.90", "1.50", "0.08"]
    document = await op.http.get(f"/v1/invoices/{alice['id']}/pdf")
    assert document.headers["content-type"] == "application/pdf"
    assert document.content.startswith(b"%PDF")
    if shutil.which("pdftotext"):
        told = text_of(document.content)
        for said in ("Alice", "Rue Haute 12", "1000 Brussels", "Belgium", "Please pay 37.78 EUR by 15 October 2026"):
            assert said in told

    await op.check_documents(2)

    # Every record is accounted for: five accepted and one parked; one duplicate, one conflict.
    proof = await op.get("/v1/proof/conservation", **{"from": "2026-08-31T22:00:00Z", "to": "2026-09-30T22:00:00Z"})
    assert proof["balanced"] is True
    assert (proof["records_in"], proof["accepted"], proof["duplicates"], proof["conflicts"]) == (8, 6, 1, 1)
    assert proof["quarantined"] == {"unknown_resource": 1}
    assert {term: (await op.ask("GET", link))["total"] for term, link in proof["links"].items()} == {
        **{"billed": 5, "parked": 1},
        **{"duplicates": 1, "conflicts": 1},
    }
    lines = [(line["account_id"], line["accepted"], line["billed"]) for line in proof["items"]]
    assert lines == [("alice", 4, 4), ("bob", 1, 1), (None, 1, 0)]

    # A record for the closed month waits for the close of October (R34).
    await op.publish(record(7, "mac:alice", "data.octets", GB, 29))
    await op.until("/v1/usage/records", 1, id="r7", state="rated")
    [expected] = [line for line in (await op.get("/v1/accounts/alice/unbilled"))["lines"] if line["kind"] == "usage"]
    assert (expected["description"], expected["amount"]["amount"]) == ("Home: Data volume, late usage", "0.50")

    # Payments: Alice pays all, Bob a part.
    for name, amount in (("alice", "37.78"), ("bob", "10.00")):
        payment = {
            "account_id": name,
            "amount": {"amount": amount, "currency": "EUR"},
            "method": "bank_transfer",
            "received_on": "2026-10-02",
        }
        paid = await op.create("/v1/payments", payment)
        assert paid["unallocated"]["amount"] == "0.00"
    assert (await op.get("/v1/accounts/bob/balance"))["open"] == {"amount": "7.94", "currency": "EUR"}
    assert (await op.get("/v1/accounts/alice/balance"))["open"] == {"amount": "0.00", "currency": "EUR"}

    # Five days after the due date: 7.94 is 1 to 30 days late (R53).
    await op.advance("2026-10-20T10:00:00Z")
    aging = (await op.get("/v1/reports/ar-aging"))["items"]
    assert [(row["currency"], row["1_30"], row["open"]) for row in aging] == [("EUR", "7.94", "7.94")]
    status = {i["account_id"]: i["payment_status"] for i in await op.until("/v1/invoices", 2, status="issued")}
    assert status == {"alice": "paid", "bob": "partially_paid"}

    # The trail leads from the account's opening to its payment.
    types = [event["type"] for event in (await op.get("/v1/events", account_id="alice", limit=100))["items"]]
    for expected in ("rating.AccountOpened.v1", "invoicing.InvoiceIssued.v1", "payments.PaymentAllocated.v1"):
        assert expected in types

    # Alice pays 20.00 ahead: October's invoice asks for the rest of 29.90 and 0.50, with 20 % tax. The 0.50 are
    # September's: 13.3 GB are 3.3 over, 4 blocks and not 3.
    ahead = {
        "account_id": "alice",
        "amount": {"amount": "20.00", "currency": "EUR"},
        "method": "bank_transfer",
        "received_on": "2026-10-20",
    }
    assert (await op.create("/v1/payments", ahead))["unallocated"]["amount"] == "20.00"
    await op.advance("2026-11-01T00:30:00Z")
    await op.create("/v1/billing-runs", {"scope": {"account_ids": ["alice"]}, "target_date": "2026-11-01"})
    # Payments hears of the invoice and reporting of both: the invoice may be shown before what credit paid of it.
    [october] = await op.until("/v1/invoices", 1, account_id="alice", payment_status="partially_paid")
    assert (october["total"]["amount"], october["due"]["amount"]) == ("36.48", "16.48")
    await op.until("/v1/usage/records", 1, id="r7", state="late_settled")
    way = await op.get("/v1/usage/records/olt-1/r7")
    assert [(line["invoice_id"], line["net"]["amount"]) for line in way["lines"]] == [(october["id"], "0.50")]
    charge = await op.get(f"/v1/charges/{way['charges'][0]['charge_id']}")
    september = {"start": "2026-09-01", "end": "2026-10-01"}
    assert (charge["period"], charge["settles"], charge["lineage"]["total"]) == (september, september, 1)
    assert charge["lineage"]["items"] == [way["citation"]]
    proof = await op.get("/v1/proof/conservation", **{"from": "2026-08-31T22:00:00Z", "to": "2026-09-30T22:00:00Z"})
    assert (proof["balanced"], proof["billed"], proof["disagreements"]) == (True, 6, [])
    document = await op.http.get(f"/v1/invoices/{october['id']}/pdf")
    if shutil.which("pdftotext"):
        told = text_of(document.content)
        for said in ("Credit applied −20.00", "Amount due EUR 16.48", "Please pay 16.48 EUR by 15 November 2026"):
            assert said in told

    # A line of it is credited, and an amount: all documents keep the rules, those of credit notes among them.
    for what in ({"lines": [{"n": 2}]}, {"amount": {"amount": "1.20", "currency": "EUR"}}):
        note = await op.create(f"/v1/invoices/{october['id']}/credit-notes", {"reason": "goodwill", **what})
        assert note["number"].startswith("CN-")
    await op.check_documents(5)


async def test_bad_input_is_refused_by_name(operator: Operator) -> None:
    op = operator
    body = {"id": "x1", "account_id": "alice", "amount": {"amount": 5, "currency": "EUR"}, "method": "cash"}
    refused = await op.ask("POST", "/v1/payments", status=422, json={**body, "received_on": "2026-10-02"})
    assert "/amount/amount" in {error["pointer"] for error in refused["errors"]}
    stranger = {"id": "s9", "account_id": "nobody", "plan_id": "home", "start": "2026-10-01"}
    refused = await op.ask("POST", "/v1/subscriptions", status=422, json=stranger)
    assert refused["errors"][0]["pointer"] == "/account_id"
    await op.ask("GET", "/v1/accounts/nobody/balance", status=404)
    await op.ask("POST", "/v1/usage/records", status=400, content=b"{not json")


async def test_the_same_key_with_the_same_payload_is_one_payment(operator: Operator) -> None:
    op = operator
    payment = {
        "account_id": "bob",
        "amount": {"amount": "1.00", "currency": "EUR"},
        "method": "cash",
        "received_on": "2026-10-20",
    }
    headers = {"Idempotency-Key": "receipt-17"}
    first = await op.ask("POST", "/v1/payments", status=201, json=payment, headers=headers)
    again = await op.ask("POST", "/v1/payments", status=201, json=payment, headers=headers)
    assert first["id"] == again["id"]
    other = {**payment, "amount": {"amount": "2.00", "currency": "EUR"}}
    await op.ask("POST", "/v1/payments", status=422, json=other, headers=headers)


async def test_a_write_can_be_read_at_once_with_its_position(operator: Operator) -> None:
    op = operator
    payment = {
        "account_id": "bob",
        "amount": {"amount": "0.94", "currency": "EUR"},
        "method": "cash",
        "received_on": "2026-10-20",
    }
    answer = await op.http.post("/v1/payments", json=payment)
    invoices = await op.http.get("/v1/invoices?account_id=bob", headers={"Position": answer.headers["Position"]})
    assert invoices.json()["items"][0]["due"]["amount"] == "6.00"


@pytest.mark.parametrize(
    ("role", "method", "path", "status"),
    [
        ("auditor", "GET", "/v1/invoices", 200),
        ("auditor", "POST", "/v1/payments", 403),
        ("ingest", "GET", "/v1/invoices", 403),
        ("support", "POST", "/v1/billing-runs", 403),
        ("billing", "GET", "/v1/accounts", 200),
    ],
)
async def test_a_role_may_do_what_it_may(operator: Operator, role: str, method: str, path: str, status: int) -> None:
    made = await operator.create("/v1/api-keys", {"name": f"{role} key", "role": role})
    headers = {"Authorization": f"Bearer {made['key']}"}
    answer = await operator.http.request(method, path, headers=headers, json={} if method == "POST" else None)
    assert answer.status_code == status, answer.text


async def test_a_stranger_is_told_so(operator: Operator) -> None:
    answer = await operator.http.get("/v1/invoices", headers={"Authorization": "Bearer mk_no_such_key"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
