"""Usage that should not have been billed, as an operator undoes it: before the close, a whole file, after the invoice.

Alice has plan Home: 29.90 a month, 10 GB free and then 0.50 a started GB, calls 0.02 a started minute.

    September   12 GB are reported, 3 of them twice under another id: 15 GB, 5 over; without them 2 over
                a file brings 20 GB that a vendor made up: undone, restored, undone
    October     1 GB of September turns out to be a test: 11 GB, 1 over, so 0.50 are credited with that close
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import GB, Operator, open_shop, record

pytestmark = pytest.mark.servers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("retracted")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def usage_lines(op: Operator) -> list[tuple[str, str]]:
    unbilled = await op.get("/v1/accounts/alice/unbilled")
    return [(line["description"], line["amount"]["amount"]) for line in unbilled["lines"] if line["kind"] == "usage"]


async def billed(op: Operator, expected: list[tuple[str, str]]) -> None:
    """Rating shows what it has done a moment after usage has been told of it."""
    await until(lambda: usage_lines(op), lambda lines: lines == expected)


async def report(op: Operator, *records: dict[str, Any]) -> str:
    taken = await op.ask("POST", "/v1/usage/records", status=202, json=list(records))
    path = f"/v1/usage/batches/{taken['batch_id']}"
    await until(lambda: op.get(path), lambda found: found["status"] == "done")
    batch_id: str = taken["batch_id"]
    return batch_id


async def cited(op: Operator, record_id: str, **query: Any) -> str:
    """Where the record that counts was recorded."""
    (item,) = await op.until("/v1/usage/records", 1, id=record_id, source="olt-1", **query)
    citation: str = item["citation"]
    return citation


async def retract(op: Operator, **body: Any) -> Any:
    made = await op.ask("POST", "/v1/usage/retractions", json={"reason": "other", **body})
    return await until(lambda: op.get(f"/v1/usage/retractions/{made['id']}"), lambda found: found["status"] == "done")


async def nothing_parked(op: Operator, source: str) -> None:
    await until(lambda: op.get("/v1/usage/quarantine", source=source), lambda found: found["total"] == 0)


async def restore(op: Operator, retraction_id: str) -> Any:
    path = f"/v1/usage/retractions/{retraction_id}"
    await op.ask("POST", f"{path}/restore", json={})
    return await until(lambda: op.get(path), lambda found: found["status"] == "done")


async def test_what_is_retracted_is_billed_to_nobody_and_credited_where_it_was(op: Operator) -> None:
    await open_shop(op)
    await op.advance("2026-09-20T20:00:00Z")
    await report(op, record(1, "mac:alice", "data.octets", 8 * GB, 3), record(2, "mac:alice", "data.octets", GB, 4))
    await report(op, record(3, "mac:alice", "data.octets", 3 * GB, 5))
    await report(op, {**record(3, "mac:alice", "data.octets", 3 * GB, 5), "id": "r3-again"})
    await op.until("/v1/usage/records", 4, state="rated")
    await billed(op, [("Home: Data volume", "2.50")])

    # One record, that came twice.
    again = await cited(op, "r3-again")
    gone = await retract(op, records=[again], reason="duplicate", note="the exporter was restarted")
    assert (gone["retracted"], gone["pending"], gone["refused"]) == (1, 0, {})
    await billed(op, [("Home: Data volume", "1.00")])
    await op.until("/v1/usage/records", 1, state="retracted")
    shown = await op.get("/v1/usage/records/olt-1/r3-again")
    assert (shown["state"], shown["reason"], shown["charges"]) == ("retracted", "duplicate", [])
    assert (shown["retraction"]["status"], shown["retraction"]["note"]) == ("retracted", "the exporter was restarted")
    assert {a["action"]: a["allowed"] for a in shown["allowed_actions"]} == {
        **{"retract": False, "correct": False},
        "restore": True,
    }
    # Sent once more it is a duplicate still.
    await report(op, {**record(3, "mac:alice", "data.octets", 3 * GB, 5), "id": "r3-again"})
    await op.until("/v1/usage/records", 1, state="duplicate")

    # A whole batch, and back, and away again.
    bad = await report(op, *[{**record(n, "mac:alice", "data.octets", GB, 6), "source": "bad"} for n in range(20)])
    await op.until("/v1/usage/records", 20, source="bad", state="rated")
    await billed(op, [("Home: Data volume", "11.00")])
    undone = await retract(op, batch_id=bad, reason="bad_file")
    assert (undone["retracted"], undone["batch_id"]) == (20, bad)
    await billed(op, [("Home: Data volume", "1.00")])
    assert (await restore(op, undone["id"]))["restored"] == 20
    await billed(op, [("Home: Data volume", "11.00")])
    assert (await retract(op, batch_id=bad, reason="bad_file"))["retracted"] == 20
    assert (await retract(op, batch_id=bad, reason="bad_file"))["records"] == 0

    # A correction counts in its place.
    corrected = await op.ask(
        "POST",
        "/v1/usage/corrections",
        json={"record": await cited(op, "r1"), "quantity": str(9 * GB), "reason": "wrong_quantity"},
    )
    await billed(op, [("Home: Data volume", "1.50")])
    shown = await until(
        lambda: op.get("/v1/usage/records/olt-1/r1"), lambda found: found["citation"] == corrected["record"]
    )
    assert (shown["quantity"], [copy["state"] for copy in shown["copies"]]) == (str(9 * GB), ["corrected"])
    await op.ask(
        "POST",
        "/v1/usage/corrections",
        json={"record": corrected["record"], "quantity": str(8 * GB), "reason": "wrong_quantity"},
    )
    await billed(op, [("Home: Data volume", "1.00")])

    # After the invoice: what was billed is credited with the next close.
    await op.advance("2026-09-30T23:30:00Z")
    charges = await op.get("/v1/charges", account_id="alice", kind="usage")
    assert [charge["amount"]["amount"] for charge in charges["items"]] == ["1.00"]
    assert (await retract(op, records=[await cited(op, "r2")], reason="test_data"))["retracted"] == 1
    await billed(op, [("Home: Data volume, retracted usage", "-0.50")])
    proof = await op.settled()
    assert (proof["balanced"], proof["settled"], proof["retracted"], proof["disagreements"]) == (True, True, 24, [])
    await op.advance("2026-11-01T00:30:00Z")
    charges = await op.get("/v1/charges", account_id="alice", kind="usage", sort="-billing_period")
    assert sorted(charge["amount"]["amount"] for charge in charges["items"]) == ["-0.50", "1.00"]
    shown = await until(lambda: op.get("/v1/usage/records/olt-1/r2"), lambda found: len(found["charges"]) == 2)
    assert [charge["amount"]["amount"] for charge in shown["charges"]] == ["1.00", "-0.50"]
    proof = await op.settled()
    assert (proof["balanced"], proof["settled"], proof["disagreements"]) == (True, True, [])


async def test_a_bad_file_is_undone_as_a_whole_with_what_of_it_is_parked(op: Operator) -> None:
    """In the middle of November: 3 records of Alice and 2 of a line that nobody registered."""
    lines = [
        f"f{n},olt-9,mac:{who},data.octets,{30 * GB},2026-10-30T12:00:00Z"
        for n, who in enumerate(["alice", "alice", "nobody", "alice", "nobody"])
    ]
    content = "\n".join(["id,source,resource,meter,quantity,started_at", *lines])
    how = {"params": {"source": "olt-9", "format": "csv"}, "content": content.encode()}
    job = await op.ask("POST", "/v1/usage/files", status=202, **how)
    path = f"/v1/usage/batches/{job['batch_id']}"
    await until(lambda: op.get(path), lambda found: found["status"] == "done")
    await op.until("/v1/usage/records", 3, source="olt-9", state="rated")
    undone = await retract(op, batch_id=job["batch_id"], reason="bad_file")
    assert (undone["records"], undone["retracted"]) == (5, 5)
    await op.until("/v1/usage/records", 5, source="olt-9", state="retracted")
    await nothing_parked(op, "olt-9")
    assert (await restore(op, undone["id"]))["restored"] == 5
    await op.until("/v1/usage/records", 3, source="olt-9", state="rated")
    await op.until("/v1/usage/quarantine", 2, source="olt-9")
    assert (await op.settled())["balanced"] is True


async def test_what_a_backdated_end_took_back_is_retracted_and_restored_to_where_it_waits(op: Operator) -> None:
    """Bob moved out on 3 November, and says so on the 5th."""
    await op.advance("2026-11-05T12:00:00Z")
    lines = [{**record(n, "mac:bob", "data.octets", GB, 1), "source": "olt-7"} for n in (10, 11, 12)]
    for line, day in zip(lines, (2, 4, 4), strict=True):
        line |= {"started_at": f"2026-11-0{day}T12:00:00Z", "ended_at": f"2026-11-0{day}T12:05:00Z"}
    await report(op, *lines)
    await op.until("/v1/usage/records", 3, source="olt-7", state="rated")
    before = await retract(op, records=[await cited_of(op, "r12")], reason="test_data")
    assert before["retracted"] == 1
    await op.ask("POST", "/v1/subscriptions/bob-home/terminate", json={"effective_on": "2026-11-03"})
    (parked,) = await op.until("/v1/usage/quarantine", 1, source="olt-7")
    assert (parked["id"], parked["reason"]) == ("r11", "no_subscription")
    shown = await until(
        lambda: op.get("/v1/resources/mac:bob"), lambda found: found["assignments"][-1]["to"] is not None
    )
    assert shown["assignments"][-1]["to"] == "2026-11-02T23:00:00Z"
    listed = (await op.get("/v1/resources/mac:bob/assignments"))["items"]
    assert [one["to"] for one in listed] == [one["to"] for one in shown["assignments"]]

    # What is parked is retracted, and parked again.
    gone = await retract(op, records=[parked["record"]], reason="other")
    assert (gone["retracted"], gone["refused"]) == (1, {})
    await nothing_parked(op, "olt-7")
    assert (await restore(op, gone["id"]))["restored"] == 1
    await op.until("/v1/usage/quarantine", 1, source="olt-7")
    # What was retracted before the end belongs to nobody when it is restored.
    assert (await restore(op, before["id"]))["moved"] == 1
    waiting = await op.until("/v1/usage/quarantine", 2, source="olt-7")
    assert {(one["id"], one["reason"]) for one in waiting} == {("r11", "no_subscription"), ("r12", "no_subscription")}
    proof = await op.settled()
    assert (proof["balanced"], proof["disagreements"]) == (True, [])


async def cited_of(op: Operator, record_id: str) -> str:
    citation: str = (await op.get(f"/v1/usage/records/olt-7/{record_id}"))["citation"]
    return citation


async def test_who_may_retract_and_what_cannot_be(op: Operator) -> None:
    for path in ("/v1/usage/retractions", "/v1/usage/corrections"):
        refused = await op.http.post(path, json={})
        assert refused.status_code == 422
    unknown = {"records": ["usage/0/999999#0"], "reason": "other"}
    answer = await op.http.post("/v1/usage/retractions", json=unknown)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "usage_record_not_found")
    assert (
        await op.http.post("/v1/usage/retractions", json={"batch_id": "none", "reason": "other"})
    ).status_code == 404
    assert (await op.http.get("/v1/usage/retractions/none")).status_code == 404
    key = (await make_key(op.stack.settings.postgres_dsn_of("reporting"), "support", "story"))["key"]
    answer = await op.http.post("/v1/usage/retractions", json=unknown, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 403
