"""Alice pays before she uses, runs out, is blocked, and is back with her next payment; Bob may owe 10.00, then 50.00.

A minute of voice is 0.02 before tax, tax is 20 %, Home is 29.90 a month in arrears.

    Alice    1 Sep   prepaid: nothing is there, blocked       pays 12.00: open
            10 Sep   250 minutes  5.00 + tax   6.00 left      100 minutes  2.40   3.60 left: told at 5.00
                     200 minutes  4.80        -1.20 left: blocked             pays 20.00  18.80 left: open
                     a session holds 1.00 until it ends
    Bob     20 Sep   500 minutes 12.00 of 10.00: blocked      limit 50.00: open
    October          Alice's September is (29.90 + 11.00) + tax = 49.08; 32.00 of it is there: 17.08 are owed, blocked
                     the invoice is paid of the wallet, and what is left is what it was; 20.00 more: 2.92 left, open
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from meterlog.cli.keys import make_key
from meterlog.installation import spec_of
from services.payments.exposure.api import CreditAlertPage, ExposurePage
from services.payments.exposure.mode_api import ModePreviewShape
from services.payments.exposure.settings_api import CreditSettingsShape
from services.payments.exposure.shapes import ExposureShape
from shared.engine.rebuild.job import RebuildJob
from tests.kit.pdf_text import text_of
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import Operator, open_shop, record
from tests.stories.test_dunned import line, pays

pytestmark = pytest.mark.servers

EUR = "EUR"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("prepaid")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def stands(op: Operator, name: str, available: str, *, restricted: bool = False) -> dict[str, Any]:
    """The account's exposure, once so much is available to it."""
    found: dict[str, Any] = await until(
        lambda: op.get(f"/v1/accounts/{name}/exposure"),
        lambda one: (
            one["available"] is not None and (one["available"]["amount"], one["restricted"]) == (available, restricted)
        ),
    )
    ExposureShape.model_validate(found)
    assert (found["available"]["amount"], found["restricted"]) == (available, restricted), found
    return found


async def talks(op: Operator, n: int, name: str, minutes: int, day: int) -> None:
    await op.publish(record(n, f"mac:{name}", "voice.seconds", minutes * 60, day))


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": EUR}


async def refused(op: Operator, method: str, path: str, body: dict[str, Any]) -> tuple[int, str]:
    answer = await op.http.request(method, path, json=body)
    return answer.status_code, answer.json()["errors"][0]["code"]


async def start(op: Operator) -> None:
    await open_shop(op)
    await op.create("/v1/network-elements", {"id": "nas", "driver": "simulated", "address": "lose=1000"})
    await op.ask("PATCH", "/v1/accounts/alice/bill-profile", json={"delivery": {"print": True}})
    said = {"alerts": {EUR: ["5.00"]}, "earmarks": {EUR: "1.00"}, "write_to_customers": True}
    settings = await op.ask("PUT", "/v1/credit-settings", json=said)
    CreditSettingsShape.model_validate(settings)
    assert (settings["version"], settings["overdue_days_max"]) == (1, 0)


async def test_a_wallet_is_used_up_blocked_and_filled_again(operator: Operator) -> None:
    op = operator
    await start(op)
    await alice_pays_first(op)
    await op.advance("2026-09-10T13:00:00Z")
    await alice_runs_out(op)
    await alice_is_told_on_paper(op)
    await a_session_holds_something(op)
    await op.advance("2026-09-20T13:00:00Z")
    await bob_comes_to_his_limit(op)
    await op.advance("2026-09-30T23:30:00Z")
    await the_invoice_is_paid_of_the_wallet(op)
    # What is shown is what the log says, in every service that took part.
    for service in ("payments", "rating", "usage", "reporting"):
        proven = await RebuildJob(op.stack.settings, spec_of(service, op.stack.settings), processes=0).verify()
        assert proven.equal, (service, proven)


async def alice_pays_first(op: Operator) -> None:
    before = await op.get("/v1/accounts/alice/exposure")
    ExposureShape.model_validate(before)
    assert (before["mode"], before["watched"], before["unbilled"], before["available"]) == (
        *("postpaid", False),
        *(None, None),
    )
    preview = await op.ask("POST", "/v1/accounts/alice/payment-mode/preview", json={"mode": "prepaid"})
    ModePreviewShape.model_validate(preview)
    assert (preview["complete"], preview["refusals"], preview["would_restrict"]) == (True, [], True)
    assert (preview["before"]["available"], preview["after"]["available"]) == (None, money("0.00"))
    await op.ask("PUT", "/v1/accounts/alice/payment-mode", json={"mode": "prepaid", "reason": "wants to"})
    await stands(op, "alice", "0.00", restricted=True)
    await line(op, "alice", "blocked")
    await pays(op, "alice", "12.00", "2026-09-01")
    await stands(op, "alice", "12.00")
    await line(op, "alice", "open")


async def alice_runs_out(op: Operator) -> None:
    await talks(op, 1, "alice", 250, 9)
    await stands(op, "alice", "6.00")
    await talks(op, 2, "alice", 100, 9)
    assert (await stands(op, "alice", "3.60"))["standing"] == "low"
    alerts = await until(lambda: op.get("/v1/accounts/alice/credit-alerts"), lambda page: page["total"] == 3)
    CreditAlertPage.model_validate(alerts)
    assert [(one["kind"], one["available"]["amount"]) for one in alerts["items"]] == [
        ("low", "3.60"),
        ("reached", "0.00"),
        ("low", "0.00"),
    ]
    await talks(op, 3, "alice", 200, 10)
    await stands(op, "alice", "-1.20", restricted=True)
    await line(op, "alice", "blocked")
    notices = await until(
        lambda: op.get("/v1/overview/attention"),
        lambda found: any(item["kind"] == "credit_limits_reached" for item in found["items"]),
    )
    (notice,) = [item for item in notices["items"] if item["kind"] == "credit_limits_reached"]
    assert (notice["count"], notice["link"]) == (1, "/credit?status=over")
    await pays(op, "alice", "20.00", "2026-09-10")
    await stands(op, "alice", "18.80")
    await line(op, "alice", "open")


async def alice_is_told_on_paper(op: Operator) -> None:
    """Once for each crossing, and one print batch takes the letters; Bob, who has no way to be written to, is not."""
    told = await op.until("/v1/deliveries", 3, account_id="alice")
    assert {(one["document_kind"], one["channel"]) for one in told} == {("credit_notice", "print")}
    batch = await op.create("/v1/print-batches", {})
    assert (batch["documents"], batch["more"]) == (3, False)
    zipped = await op.http.get(f"/v1/print-batches/{batch['id']}/zip")
    with zipfile.ZipFile(io.BytesIO(zipped.content)) as found:
        rows = list(csv.DictReader(io.StringIO(found.read("manifest.csv").decode())))
        letters = [text_of(found.read(name)) for name in found.namelist() if name.endswith(".pdf")]
    assert len(rows) == len(letters) == 3 and all("alice" in letter for letter in letters)
    assert sum("3.60" in letter for letter in letters) == 1
    sent = await op.get("/v1/deliveries", account_id="alice")
    assert [(one["status"], one["batch_id"]) for one in sent["items"]] == [("sent", batch["id"])] * 3


async def a_session_holds_something(op: Operator) -> None:
    def report(status: str, minute: int) -> dict[str, Any]:
        return {
            **{"source": "bng-1", "resource": "mac:alice", "meter": "data.octets", "kind": "session"},
            **{"session_id": "S1", "status": status, "quantity": "0"},
            **{"started_at": "2026-09-10T12:00:00Z", "ended_at": f"2026-09-10T12:{minute:02d}:00Z"},
        }

    await op.publish(report("start", 0))
    held = await stands(op, "alice", "17.80")
    assert (held["sessions"], held["earmarked"]) == (1, money("1.00"))
    await op.publish(report("stop", 30))
    assert (await stands(op, "alice", "18.80"))["sessions"] == 0


async def bob_comes_to_his_limit(op: Operator) -> None:
    path = "/v1/accounts/bob/credit-terms"
    terms: dict[str, Any] = {"credit_limit": money("10.00"), "at_limit": "restrict"}
    assert await refused(op, "PUT", path, {"credit_limit": {"amount": "1", "currency": "CHF"}}) == (
        *(422, "currency_mismatch"),
    )
    await op.ask("PUT", path, json=terms)
    await stands(op, "bob", "10.00")
    await talks(op, 4, "bob", 500, 20)
    await stands(op, "bob", "-2.00", restricted=True)
    await line(op, "bob", "blocked")
    page = await op.get("/v1/exposures", standing="over")
    ExposurePage.model_validate(page)
    assert [(one["account_id"], one["available"]["amount"]) for one in page["items"]] == [("bob", "-2.00")]
    stale = await op.http.put(path, json=terms, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    await op.ask("PUT", path, json={**terms, "credit_limit": money("50.00")})
    await stands(op, "bob", "38.00")
    await line(op, "bob", "open")
    assert [one["account_id"] for one in (await op.get("/v1/exposures"))["items"]] == ["alice", "bob"]


async def the_invoice_is_paid_of_the_wallet(op: Operator) -> None:
    before = await stands(op, "alice", "-17.08", restricted=True)
    assert (before["credit"], before["owed"], before["unbilled"]) == (money("32.00"), money("0.00"), money("49.08"))
    run = await op.run_over({"cycle_id": "monthly"}, "2026-10-01")
    assert run["invoices"] == 2
    owed = await until(lambda: op.get("/v1/accounts/alice/exposure"), lambda one: one["owed"]["amount"] == "17.08")
    assert (owed["credit"], owed["unbilled"], owed["available"]) == (money("0.00"), money("0.00"), money("-17.08"))
    preview = await op.ask("POST", "/v1/accounts/alice/payment-mode/preview", json={"mode": "postpaid"})
    assert (preview["restricted"], preview["would_restrict"]) == (True, False)
    await pays(op, "alice", "20.00", "2026-10-01")
    await stands(op, "alice", "2.92")
    await line(op, "alice", "open")
