"""Two modems were swapped, and somebody sees it weeks later: the usage follows the modem, before the bill and after it.

Alice has plan Home from the 1st, Bob from the 16th: 10 GB free and then 0.50 a started GB. `mac:alice` is Bob's from
the 17th on, in truth.

    September   mac:alice brings 8 GB on the 3rd and 4 GB on the 18th, mac:bob 9 GB on the 18th
                as it is assigned   Alice 12 GB, 2 over; Bob 9 GB
                as it was           Alice  8 GB;         Bob 13 GB, 3 over
    October     after the close it turns out to have been right at first
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
from tests.stories.test_retracted import report, retract

pytestmark = pytest.mark.servers

SEVENTEENTH = "2026-09-17T00:00:00Z"
PATH = "/v1/resources/mac:alice/reassignments"
TO_BOB = {"account_id": "bob", "subscription_id": "bob-home", "from": SEVENTEENTH}
TO_ALICE = {"account_id": "alice", "subscription_id": "alice-home", "from": SEVENTEENTH}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("reassigned")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


async def usage_of(op: Operator, account: str) -> list[str]:
    unbilled = await op.get(f"/v1/accounts/{account}/unbilled")
    return sorted(line["amount"]["amount"] for line in unbilled["lines"] if line["kind"] == "usage")


async def both(op: Operator, alice: list[str], bob: list[str]) -> None:
    async def owed() -> tuple[list[str], list[str]]:
        return await usage_of(op, "alice"), await usage_of(op, "bob")

    await until(owed, lambda found: found == (alice, bob))


async def reassign(op: Operator, body: dict[str, Any]) -> Any:
    made = await op.ask("POST", PATH, status=201, json=body)
    path = f"/v1/usage/retractions/{made['retraction']['id']}"
    return made, await until(lambda: op.get(path), lambda found: found["status"] == "done")


async def nothing_parked(op: Operator, resource: str) -> None:
    await until(lambda: op.get("/v1/usage/quarantine", resource=resource), lambda found: found["total"] == 0)


async def proven(op: Operator) -> None:
    proof = await op.settled()
    assert (proof["balanced"], proof["disagreements"]) == (True, [])


async def test_usage_follows_a_resource_to_whoever_had_it(op: Operator) -> None:
    await open_shop(op)
    await op.advance("2026-09-20T20:00:00Z")
    await report(
        op,
        record(1, "mac:alice", "data.octets", 8 * GB, 3),
        record(2, "mac:alice", "data.octets", 4 * GB, 18),
        record(3, "mac:bob", "data.octets", 9 * GB, 18),
    )
    await op.until("/v1/usage/records", 3, state="rated")
    await both(op, ["1.00"], ["0.00"])

    refused = await op.http.post("/v1/resources/mac:alice/assignments", json=TO_BOB)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "reassigned_in_past")
    preview = await op.ask("POST", PATH, status=200, json={**TO_BOB, "preview": True})
    holders = [{"account_id": name, "subscription_id": f"{name}-home"} for name in ("alice", "bob")]
    assert preview["moves"] == [{"from": holders[0], "to": holders[1], "records": 1, "may_be_too_late": 0}]
    assert (preview["records"], preview["retraction"], len(preview["assignments"])) == (1, None, 2)
    await both(op, ["1.00"], ["0.00"])

    made, done = await reassign(op, {**TO_BOB, "note": "swapped at the installation"})
    assert (made["moves"], made["assignments"]) == (preview["moves"], preview["assignments"])
    assert {name: done[name] for name in ("reason", "records", "retracted", "moved", "resource_id", "note")} == {
        **{"reason": "reassigned", "records": 1, "retracted": 1, "moved": 1, "resource_id": "mac:alice"},
        "note": "swapped at the installation",
    }
    await both(op, ["0.00"], ["1.50"])
    shown = await until(lambda: op.get("/v1/usage/records/olt-1/r2"), lambda found: found["state"] == "rated")
    assert (shown["account_id"], [copy["state"] for copy in shown["copies"]]) == ("bob", ["corrected"])
    await proven(op)

    # What comes now is guided by it, however late: the order of usage and reassignment changes no bill.
    await report(op, record(4, "mac:alice", "data.octets", GB, 19), record(5, "mac:alice", "data.octets", GB, 4))
    await both(op, ["0.00"], ["2.00"])
    # Asked for once more nothing happens.
    again = await op.ask("POST", PATH, status=201, json=TO_BOB)
    assert (again["records"], again["retraction"]) == (0, None)
    holder = await op.get("/v1/resource-holder", resource="mac:alice", at="2026-09-18")
    assert holder["account_id"] == "bob"


async def test_what_nobody_had_is_quarantined_and_comes_back_by_itself(op: Operator) -> None:
    hour = {"from": "2026-09-18T12:00:00Z", "to": "2026-09-18T13:00:00Z"}
    made, done = await reassign(op, hour)
    assert (made["moves"][0]["to"], done["moved"], len(made["assignments"])) == (None, 1, 3)
    await both(op, ["0.00"], ["0.00"])
    (parked,) = await op.until("/v1/usage/quarantine", 1, resource="mac:alice")
    assert parked["reason"] == "no_subscription"
    await proven(op)
    # A record that was retracted before is nobody's either: restored it is parked, not put back to where it was.
    taken = {"account_id": "bob", "subscription_id": "bob-home", **hour}
    await op.create("/v1/resources/mac:alice/assignments", taken)
    await nothing_parked(op, "mac:alice")
    await both(op, ["0.00"], ["2.00"])
    fourth = (await op.get("/v1/usage/records/olt-1/r4"))["citation"]
    gone = await retract(op, records=[fourth], reason="test_data")
    await both(op, ["0.00"], ["1.50"])
    nineteenth = {"from": "2026-09-19T00:00:00Z", "to": "2026-09-20T00:00:00Z"}
    _, done = await reassign(op, nineteenth)
    assert done["records"] == 0
    restored = await op.ask("POST", f"/v1/usage/retractions/{gone['id']}/restore", json={})
    assert (restored["restored"], restored["moved"]) == (0, 1)
    (parked,) = await op.until("/v1/usage/quarantine", 1, resource="mac:alice")
    assert parked["reason"] == "no_subscription"
    await proven(op)
    await op.create("/v1/resources/mac:alice/assignments", {**taken, **nineteenth})
    await both(op, ["0.00"], ["2.00"])
    await proven(op)


async def test_usage_that_was_parked_comes_back_to_who_had_the_resource_in_the_past(op: Operator) -> None:
    await report(op, record(6, "mac:new", "data.octets", 2 * GB, 18))
    await op.until("/v1/usage/quarantine", 1, resource="mac:new")
    await op.create("/v1/resources", {"id": "mac:new"})
    await op.ask("POST", "/v1/resources/mac:new/reassignments", status=201, json=TO_ALICE)
    await nothing_parked(op, "mac:new")
    await both(op, ["0.50"], ["2.00"])


async def test_after_the_close_what_was_billed_is_credited_and_charged_to_the_other_r34(op: Operator) -> None:
    await op.advance("2026-09-30T23:30:00Z")
    charges = await op.get("/v1/charges", kind="usage")
    assert sorted(charge["amount"]["amount"] for charge in charges["items"]) == ["0.50", "2.00"]
    _, done = await reassign(op, TO_ALICE)
    assert (done["records"], done["moved"]) == (2, 2)
    # Bob keeps 9 GB; Alice has 8 + 2 + 1 + 4 + 1.
    await both(op, ["2.50"], ["-2.00"])
    await op.advance("2026-11-01T00:30:00Z")
    charges = await op.get("/v1/charges", kind="usage")
    assert sorted(charge["amount"]["amount"] for charge in charges["items"]) == ["-2.00", "0.50", "2.00", "2.50"]
    await proven(op)
    # Long after that the bill stays, and it is said why.
    await op.advance("2026-12-10T00:00:00Z")
    _, done = await reassign(op, {**TO_BOB, "to": "2026-10-01T00:00:00Z"})
    assert (done["refused"], done["moved"]) == ({"too_late": 2}, 0)
    await proven(op)


async def test_retractions_are_listed_by_how_far_they_are_and_what_they_are_about(op: Operator) -> None:
    done = await op.get("/v1/usage/retractions", status="done")
    assert done["total"] == 7 and (await op.get("/v1/usage/retractions", status="pending"))["total"] == 0
    times = [item["created_at"] for item in done["items"]]
    assert times == sorted(times, reverse=True)
    first = await op.get("/v1/usage/retractions", limit=4)
    rest = await op.get("/v1/usage/retractions", limit=4, cursor=first["next_cursor"])
    assert [item["id"] for item in (*first["items"], *rest["items"])] == [item["id"] for item in done["items"]]
    assert done["items"][0] == await op.get(f"/v1/usage/retractions/{done['items'][0]['id']}")
    for query, total in (
        ({"resource_id": "mac:alice"}, 5),
        ({"reason": "test_data"}, 1),
        ({"source": "olt-1"}, 5),
        ({"source": "none"}, 0),
        ({"batch_id": "none"}, 0),
    ):
        assert (await op.get("/v1/usage/retractions", **query))["total"] == total, query


async def test_who_may_reassign_and_what_makes_no_sense_is_refused_by_name(op: Operator) -> None:
    for body, status, code in (
        ({}, 422, "required"),
        ({"from": SEVENTEENTH, "account_id": "bob"}, 422, "invalid"),
        ({"from": SEVENTEENTH, "to": SEVENTEENTH}, 422, "invalid_period"),
        ({**TO_BOB, "account_id": "alice"}, 422, "wrong_account"),
        ({**TO_BOB, "subscription_id": "none"}, 422, "unknown_aggregate"),
    ):
        answer = await op.http.post(PATH, json={**body, "preview": True})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code), answer.text
    answer = await op.http.post("/v1/resources/subscription:bob-home/reassignments", json=TO_ALICE)
    assert answer.json()["errors"][0]["code"] == "reserved"
    assert (await op.http.post("/v1/resources/mac:none/reassignments", json=TO_ALICE)).status_code in (404, 422)
    key = (await make_key(op.stack.settings.postgres_dsn_of("reporting"), "support", "story"))["key"]
    answer = await op.http.post(PATH, json=TO_BOB, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 403
