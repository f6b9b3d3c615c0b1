"""Webhooks against a real Postgres and real receivers, which check signatures with the library of the standard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio

from services.reporting.processes import webhooks as sending
from services.reporting.webhook import deliveries
from services.reporting.webhook.schedule import ATTEMPTS_MAX
from shared.http import outgoing
from tests.kit.waiting import until
from tests.services.invoicing.processes.receiver import Receiver, answers, never, receiver
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, cycle_defined, receivable
from tests.services.reporting.webhook.hooked import NETWORKS, Hooked

pytestmark = pytest.mark.servers

OPENED = "rating.AccountOpened.v1"


@pytest_asyncio.fixture(loop_scope="session")
async def hooked(stage: Stage) -> AsyncIterator[Hooked]:
    settings = stage.settings.model_copy(update={"webhook_networks": NETWORKS})
    await stage.pool.execute("delete from meterlog.checkpoint")
    yield Hooked(Stage(stage.pool, settings, stage.vault, api=stage.api))
    await stage.pool.execute("delete from meterlog.checkpoint")


@pytest_asyncio.fixture(loop_scope="session")
async def there() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


async def test_what_happens_is_sent_signed_and_without_names(hooked: Hooked, there: Receiver) -> None:
    await hooked.happen("rating.events", account_opened("acc-0"))
    await hooked.endpoint(there, "rating.Account*", "payments.*")
    await hooked.happen("rating.events", cycle_defined(), account_opened("acc-1"))
    await hooked.happen("payments.events", receivable(), partition=2)
    await hooked.sent(hooked.process(), 2)

    bodies = dict(there.calls)
    assert sorted(bodies) == ["payments/2/1", "rating/1/3"] and there.forged == 0
    assert there.headers[0]["content-type"] == "application/cloudevents+json"
    body = bodies["rating/1/3"]
    source = f"/{hooked.stage.settings.env}/rating/1"
    assert (body["specversion"], body["id"], body["source"], body["seq"]) == ("1.0", "3", source, "3")
    assert (body["type"], body["subject"], body["data"]["account_id"]) == (OPENED, "acc-1", "acc-1")
    assert "v1." not in str(body["data"]), "nothing sealed goes out"

    page = await hooked.get("webhook-deliveries", type=OPENED)
    assert [(one["status"], one["attempts"], one["code"], one["account_id"]) for one in page["items"]] == [
        ("delivered", 1, "200", "acc-1")
    ]
    one = await hooked.get(f"webhook-deliveries/{page['items'][0]['id']}")
    [attempt] = one["attempt_log"]
    assert (attempt["outcome"], attempt["code"]) == ("delivered", "200") and attempt["duration_ms"] >= 0


async def test_a_failure_is_tried_again_under_the_same_id(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    there.answer = answers(500, 400, 204)
    await hooked.happen("rating.events", account_opened())
    process = hooked.process()
    for n in (1, 2):
        await hooked.sent(process, 2)
        one = await hooked.one()
        assert (one["status"], one["attempts"], len(there.calls)) == ("waiting", n, n)
        assert one["due_at"] > one["attempt_log"][0]["finished_at"]
        await hooked.hurry()
    await hooked.sent(process)
    one = await hooked.one()
    assert (one["status"], [a["code"] for a in one["attempt_log"]]) == ("delivered", ["204", "400", "500"])
    assert {call for call, _ in there.calls} == {"rating/1/1"}


async def test_after_the_last_attempt_it_has_failed_and_is_sent_when_a_person_says_so(
    hooked: Hooked, there: Receiver
) -> None:
    await hooked.endpoint(there)
    there.answer = answers(*[500] * ATTEMPTS_MAX, 200)
    await hooked.happen("rating.events", account_opened())
    process = hooked.process()
    for _ in range(ATTEMPTS_MAX):
        await hooked.sent(process)
        await hooked.hurry()
    one = await hooked.one()
    assert (one["status"], one["attempts"], one["due_at"]) == ("failed", ATTEMPTS_MAX, None)
    await hooked.sent(process)
    assert len(there.calls) == ATTEMPTS_MAX

    assert (await hooked.ask("POST", f"webhook-deliveries/{one['id']}/replay")).status_code == 200
    await hooked.sent(process)
    assert ((await hooked.one())["status"], len(there.calls)) == ("delivered", ATTEMPTS_MAX + 1)


async def test_a_process_killed_during_a_call_leaves_it_to_the_next_under_the_same_id(
    hooked: Hooked, there: Receiver
) -> None:
    await hooked.endpoint(there)
    await hooked.happen("rating.events", account_opened())
    there.answer = never
    killed = hooked.process()
    await killed.look()
    await until(lambda: there.calls)
    [under_way] = (await hooked.one())["attempt_log"]
    assert (under_way["outcome"], under_way["finished_at"]) == (None, None), "written down before the call"

    there.answer = answers(200)
    second = hooked.process()
    await hooked.hurry()
    await hooked.sent(second)
    assert len(there.calls) == 1, "while the first may live, nobody else calls"
    for task in killed._serving.values():
        task.cancel()
    await hooked.lose()
    await hooked.sent(hooked.process())
    one = await hooked.one()
    assert [a["outcome"] for a in one["attempt_log"]] == ["delivered", "unknown"]
    assert [call for call, _ in there.calls] == ["rating/1/1", "rating/1/1"]


async def test_several_processes_send_each_event_once(hooked: Hooked, there: Receiver) -> None:
    processes = [hooked.process() for _ in range(3)]
    async with AsyncExitStack() as stack:
        others = [await stack.enter_async_context(receiver()) for _ in range(3)]
        for n, one in enumerate(others):
            await hooked.endpoint(one, endpoint_id=f"e{n}")
        await hooked.happen("rating.events", *(account_opened(f"acc-{n}") for n in range(40)))
        for _ in range(3):
            await asyncio.gather(*(hooked.sent(process) for process in processes))
        for one in others:
            assert sorted(call for call, _ in one.calls) == sorted(f"rating/1/{n}" for n in range(1, 41))


async def test_a_receiver_that_hangs_holds_up_no_other(hooked: Hooked, there: Receiver) -> None:
    async with receiver() as slow:
        await hooked.endpoint(slow, endpoint_id="slow")
        await hooked.endpoint(there, endpoint_id="fast")
        slow.answer = never
        await hooked.happen("rating.events", *(account_opened(f"acc-{n}") for n in range(100)))
        process = hooked.process()
        await process.look()
        await process.look()
        await until(lambda: len(there.calls) == 100)
        assert len(slow.calls) <= sending.AT_ONCE
        for task in process._serving.values():
            task.cancel()


async def test_one_that_fails_and_fails_is_called_less_and_less(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    there.answer = answers(503)
    await hooked.happen("rating.events", *(account_opened(f"acc-{n}") for n in range(50)))
    await hooked.sent(hooked.process(at_once=1), 3)
    assert len(there.calls) == 5
    [shown] = (await hooked.get("webhook-endpoints"))["items"]
    assert (shown["status"], shown["failures"], shown["waiting"]) == ("resting", 5, 50)


async def test_a_receiver_is_left_alone_for_as_long_as_it_asks(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    there.answer = answers(429)
    there.more = "retry-after: 1800\r\ncontent-length: 9\r\n\r\nslow down"
    await hooked.happen("rating.events", account_opened("acc-1"), account_opened("acc-2"))
    await hooked.sent(hooked.process(at_once=1), 2)
    assert len(there.calls) == 1
    [(rests, due)] = await hooked.pool.fetch(
        """select extract(epoch from rest_until - now())::int, extract(epoch from max(due_at) - now())::int
             from durable.webhook_endpoint join durable.webhook_delivery using (endpoint_id) group by 1"""
    )
    assert 1700 < rests <= 1800 and 1700 < due <= 1800
    tried = (await hooked.get("webhook-deliveries", code="429"))["items"][0]
    assert (await hooked.get(f"webhook-deliveries/{tried['id']}"))["attempt_log"][0]["answer"] == "slow down"


async def test_410_switches_an_endpoint_off_and_the_overview_says_so(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    there.answer = answers(410)
    await hooked.happen("rating.events", account_opened("acc-1"), account_opened("acc-2"))
    process = hooked.process()
    await hooked.sent(process, 2)
    [shown] = (await hooked.get("webhook-endpoints"))["items"]
    assert (shown["status"], shown["disabled_because"], shown["waiting"]) == ("disabled", "gone", 2)
    assert [one.endpoint_id for one in hooked.disabled] == ["erp"], "told once"
    [notice] = [n for n in (await hooked.get("overview/attention"))["items"] if n["kind"] == "webhooks_disabled"]
    assert (notice["count"], notice["severity"]) == (1, "error")
    [trail] = (await hooked.get("events", type="identity.WebhookEndpointDisabled.v1"))["items"]
    assert (trail["actor"], trail["aggregate_id"]) == ("webhooks", "erp")

    calls, there.answer = len(there.calls), answers(200)
    await hooked.hurry()
    await hooked.sent(process, 2)
    assert len(there.calls) == calls, "nothing is sent to it"
    await hooked.happen("rating.events", account_opened("acc-3"))
    await hooked.ask("POST", "webhook-endpoints/erp/enable", {})
    await hooked.hurry()
    await hooked.sent(process, 2)
    assert {call for call, _ in there.calls} == {"rating/1/1", "rating/1/2", "rating/1/3"}, "and nothing is lost"


async def test_one_that_was_enabled_again_can_leave_out_what_it_missed(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    await hooked.ask("POST", "webhook-endpoints/erp/disable")
    await hooked.happen("rating.events", account_opened("acc-1"))
    await hooked.ask("POST", "webhook-endpoints/erp/enable", {"skip_missed": True})
    await hooked.happen("rating.events", account_opened("acc-2"))
    await hooked.sent(hooked.process(), 2)
    assert [call for call, _ in there.calls] == ["rating/1/2"]
    assert await hooked.pool.fetchval("select count(*) from durable.access_event") == 3


async def test_three_days_of_nothing_but_failures_switch_it_off(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    there.answer = answers(500)
    await hooked.happen("rating.events", account_opened())
    process = hooked.process()
    await hooked.sent(process)
    await hooked.pool.execute("update durable.webhook_endpoint set failing_since = now() - interval '73 hours'")
    await hooked.hurry()
    await hooked.sent(process)
    [shown] = (await hooked.get("webhook-endpoints"))["items"]
    assert (shown["status"], shown["disabled_because"]) == ("disabled", "failing")


async def test_a_full_queue_lets_the_logs_wait_and_loses_nothing(
    hooked: Hooked, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "WAITING_MAX", 2)
    await hooked.endpoint(there)
    there.answer = answers(500)
    process = hooked.process()
    for n in range(6):
        await hooked.happen("rating.events", account_opened(f"acc-{n}"))
        await hooked.sent(process)
    assert await hooked.pool.fetchval("select count(*) from durable.webhook_delivery") == 2
    refused = await hooked.ask(
        "POST", "webhook-endpoints/erp/replay", {"from": "2026-10-01T00:00:00Z", "to": "2026-10-20T00:00:00Z"}
    )
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "queue_full")
    monkeypatch.setattr(deliveries, "WAITING_MAX", 10)
    there.answer = answers(200)
    await hooked.hurry()
    await hooked.sent(process, 3)
    assert {call for call, _ in there.calls} == {f"rating/1/{n}" for n in range(1, 7)}


async def test_a_rebuild_repeats_nothing(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    await hooked.happen("rating.events", account_opened("acc-1"), account_opened("acc-2"))
    process = hooked.process()
    await hooked.sent(process, 2)
    assert len(there.calls) == 2
    told = [applied for _, _, applied in hooked.stage.told]
    await hooked.pool.execute("truncate audit_event, account_row; update meterlog.checkpoint set next_seq = 1")
    await hooked.sent(process)
    await hooked.stage.apply("rating.events", 1, told)
    await hooked.pool.execute("update meterlog.checkpoint set next_seq = 3")
    await hooked.sent(process, 2)
    assert len(there.calls) == 2
    await hooked.happen("rating.events", account_opened("acc-3"))
    await hooked.sent(process, 2)
    assert len(there.calls) == 3


async def test_deliveries_of_a_filter_and_events_of_a_while_are_sent_again(hooked: Hooked, there: Receiver) -> None:
    await hooked.happen("rating.events", account_opened("acc-0"), cycle_defined())
    await hooked.endpoint(there, "rating.*")
    await hooked.happen("rating.events", account_opened("acc-1"))
    await hooked.happen("rating.events", cycle_defined(), partition=2)
    process = hooked.process()
    await hooked.sent(process, 2)
    there.calls.clear()

    async def again(path: str, body: Any) -> tuple[Any, list[str]]:
        answer = await hooked.ask("POST", path, body)
        assert answer.status_code == 200, answer.text
        await hooked.sent(process, 2)
        calls = sorted(call for call, _ in there.calls)
        there.calls.clear()
        return answer.json(), calls

    said, calls = await again("webhook-deliveries/replay", {"endpoint_id": "erp", "types": [OPENED]})
    assert (said, calls) == ({"deliveries": 1, "left": 0}, ["rating/1/3"])
    assert (await again("webhook-deliveries/replay", {"endpoint_id": "erp", "status": ["failed"]}))[1] == []
    assert (await again("webhook-deliveries/replay", {"endpoint_id": "erp", "from": "2999-01-01T00:00:00Z"}))[1] == []
    span = {"from": "2026-10-12T00:00:00Z", "to": "2026-10-13T00:00:00Z"}
    said, calls = await again("webhook-endpoints/erp/replay", span | {"types": ["rating.AccountOpened.*"]})
    assert (said, calls) == ({"deliveries": 2, "left": 0}, ["rating/1/1", "rating/1/3"]), "those from before it, too"
    assert (await again("webhook-endpoints/erp/replay", span | {"to": "2026-10-12T00:00:01Z"}))[1] == []


async def test_while_secrets_change_both_verify(hooked: Hooked, there: Receiver) -> None:
    first = (await hooked.endpoint(there))["secret"]
    second = (await hooked.ask("POST", "webhook-endpoints/erp/rotate", {"overlap_hours": 1})).json()["secret"]
    process = hooked.process()
    for n, secret in enumerate((first, second)):
        there.secret = secret
        await hooked.happen("rating.events", account_opened(f"acc-{n}"))
        await hooked.sent(process, 2)
    assert (len(there.calls), there.forged) == (2, 0)
    await hooked.pool.execute("update durable.webhook_endpoint set previous_until = now()")
    there.secret = first
    await hooked.happen("rating.events", account_opened("acc-9"))
    await hooked.sent(process, 2)
    assert (len(there.calls), there.forged) == (2, 1)


async def test_a_sample_goes_out_once_to_a_disabled_endpoint_too(hooked: Hooked, there: Receiver) -> None:
    await hooked.happen("rating.events", account_opened())
    await hooked.endpoint(there)
    await hooked.ask("POST", "webhook-endpoints/erp/disable")
    process = hooked.process()
    plain = (await hooked.ask("POST", "webhook-endpoints/erp/test", {}, **{"Idempotency-Key": "s1"})).json()
    await hooked.ask("POST", "webhook-endpoints/erp/test", {}, **{"Idempotency-Key": "s1"})
    await hooked.sent(process)
    [(message_id, body)] = there.calls
    assert (message_id, body["id"], body["type"]) == (plain["id"], plain["id"], "meterlog.WebhookSample.v1")

    there.answer = answers(500)
    real = (await hooked.ask("POST", "webhook-endpoints/erp/test", {"type": OPENED})).json()
    await hooked.sent(process)
    assert (there.calls[1][0], there.calls[1][1]["data"]["account_id"]) == (real["id"], "acc-1")
    shown = await hooked.get(f"webhook-deliveries/{real['id']}")
    assert (shown["status"], shown["attempts"], shown["sample"]) == ("failed", 1, True)
    assert (await hooked.get("webhook-endpoints/erp"))["failures"] == 0
    none = await hooked.ask("POST", "webhook-endpoints/erp/test", {"type": "payments.ReceivableOpened.v1"})
    assert (none.status_code, none.json()["errors"][0]["code"]) == (422, "no_such_event")


async def test_what_is_private_is_called_only_where_it_is_allowed(hooked: Hooked, there: Receiver) -> None:
    await hooked.endpoint(there)
    hooked.stage.settings = hooked.stage.settings.model_copy(update={"webhook_networks": "10.0.0.0/8"})
    await hooked.happen("rating.events", account_opened())
    await hooked.sent(hooked.process(), 2)
    one = await hooked.one()
    assert (there.calls, one["status"], one["code"]) == ([], "waiting", "address_refused")
    assert "127.0.0.1 is in a private network" in one["attempt_log"][0]["answer"]


async def test_a_bug_is_isolated_to_its_delivery(
    hooked: Hooked, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hooked.endpoint(there)
    await hooked.happen("rating.events", account_opened())
    process = hooked.process()

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(outgoing, "post", broken)
    await hooked.sent(process, 2)
    assert (await hooked.one())["code"] == "bug"
    assert (await hooked.get("webhook-endpoints/erp"))["failures"] == 0, "it is not the receiver's fault"


def test_an_attempt_ends_before_anybody_else_may_begin_one() -> None:
    assert deliveries.CALL_S + sending.CALLED_WITHIN_S < sending.LEASE_S - sending.RENEW_EVERY_S
    assert deliveries.CALL_S + sending.CALLED_WITHIN_S < deliveries.CLAIM_S
