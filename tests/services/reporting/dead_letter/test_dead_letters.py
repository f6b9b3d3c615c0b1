"""Dead letters as reporting lists and shows them, from the events of the services that put them aside."""

from __future__ import annotations

import base64

import pytest

from meterlog.installation import create_topics
from services.usage.undecodable.messages import UndecodableBytes, UndecodableReported, UndecodableResolved
from shared.engine.log import Log
from shared.kernel.dead_letters import as_text
from shared.kernel.envelope import to_headers
from shared.kernel.message import encode
from shared.kernel.outcome import CommandFaulted, InputCrashedAgain, InputDiscarded, InputParked, InputRequeued
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

LETTERS = "/v1/dead-letters"


def parked(n: int, *, account: str = "acc-1", payload: bytes = b'{"coins":7}', attempts: int = 1) -> InputParked:
    text, exact = as_text(payload)
    return InputParked(
        parking_key=account,
        n=n,
        topic="rating.events",
        type="rating.ChargeFixed.v1",
        offset=88 + n,
        headers={"ce_type": "rating.ChargeFixed.v1", "actor": "key:k7"},
        payload=text,
        payload_base64=exact,
        error="KeyError: 'tiers'",
        attempts=attempts,
        account_id=account,
    )


def faulted(command_id: str = "c1", previous: int | None = None) -> CommandFaulted:
    return CommandFaulted(
        command_type="invoicing.FinaliseInvoice.v1",
        subject="acc-2",
        error="ZeroDivisionError: division by zero",
        account_id="acc-2",
        topic="invoicing.commands",
        offset=17,
        headers={"commandid": command_id},
        payload="{}",
        attempts=1 if previous is None else 2,
        previous=previous,
    )


async def ids(stage: Stage, **query: str) -> list[str]:
    return [item["id"] for item in (await stage.read(LETTERS, sort="recorded_at", **query))["items"]]


async def attention(stage: Stage) -> dict[str, int]:
    return {item["kind"]: item["count"] for item in (await stage.read("/v1/overview/attention"))["items"]}


async def test_a_queue_is_listed_in_order_with_what_stands_before_each(stage: Stage) -> None:
    await stage.tell("invoicing.events", parked(1), parked(2, attempts=0), parked(1, account="acc-3"), faulted())
    page = await stage.read(LETTERS, sort="recorded_at", parking_key="acc-1")
    assert [(item["id"], item["stands_behind"], item["attempts"]) for item in page["items"]] == [
        ("invoicing-1-1", 0, 1),
        ("invoicing-1-2", 1, 0),
    ]
    first, second = page["items"]
    assert (first["kind"], first["status"], first["input"], first["actor"]) == (
        "parked",
        "open",
        "rating.events/1/89",
        "key:k7",
    )
    assert [(one["action"], one["allowed"], one["reason"]) for one in second["allowed_actions"]] == [
        ("requeue", True, None),
        ("discard", False, "1 inputs stand before it"),
    ]
    assert "payload" not in first


async def test_counts_fall_when_letters_are_resolved(stage: Stage) -> None:
    await stage.tell("invoicing.events", parked(1), parked(2), faulted(), actor="key:k7")
    buried = [UndecodableBytes(3 * 16_384, 17, 4, "not UTF-8"), UndecodableBytes(3 * 16_384 + 5, 18, 9, "not JSON")]
    await stage.tell("usage.events", UndecodableReported(reported_partition=2, items=buried), partition=2)
    assert await attention(stage) == {"parked_inputs": 2, "dead_letters": 3}

    await stage.tell(
        "invoicing.events",
        InputRequeued(seq=1, subject="acc-1"),
        InputDiscarded(seq=2, subject="acc-1", reason="sent twice by hand"),
        InputRequeued(seq=3, subject="acc-2"),
        actor="user:u2",
    )
    done = UndecodableResolved(seq=1, item=1, status="discarded", reason="noise")
    await stage.tell("usage.events", done, partition=2, actor="user:u2")
    assert await attention(stage) == {"dead_letters": 1}
    assert await ids(stage, status="open") == ["usage-2-1-0"]
    discarded = (await stage.read(LETTERS, status="discarded", kind="parked"))["items"][0]
    assert (discarded["id"], discarded["reason"], discarded["resolved_by"], discarded["resolved_at"]) == (
        "invoicing-1-2",
        "sent twice by hand",
        "user:u2",
        "2026-10-12T08:00:00Z",
    )
    assert [one["reason"] for one in discarded["allowed_actions"]] == ["it was discarded"] * 2


async def test_a_second_crash_shows_its_own_error(stage: Stage) -> None:
    crashed = InputCrashedAgain(seq=1, subject="acc-1", error="KeyError: 'bands'", attempts=2)
    await stage.tell("invoicing.events", parked(1), crashed)
    (letter,) = (await stage.read(LETTERS))["items"]
    assert (letter["status"], letter["error"], letter["attempts"]) == ("open", "KeyError: 'bands'", 2)
    assert letter["tried_at"] == "2026-10-12T08:00:00Z"


async def test_a_command_sent_again_and_crashed_again_is_one_letter(stage: Stage) -> None:
    await stage.tell("invoicing.events", faulted(), faulted(previous=1))
    assert await ids(stage, status="open", command_id="c1") == ["invoicing-1-2"]
    assert await attention(stage) == {"dead_letters": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"service": "invoicing", "kind": "parked"}, ["invoicing-1-1"]),
        ({"account_id": "acc-2"}, ["invoicing-1-2"]),
        ({"type": "invoicing.FinaliseInvoice.v1"}, ["invoicing-1-2"]),
        ({"service": "usage"}, ["usage-2-1-0"]),
        ({"from": "2026-10-13"}, []),
    ],
)
async def test_the_list_is_filtered(stage: Stage, query: dict[str, str], found: list[str]) -> None:
    await stage.tell("invoicing.events", parked(1), faulted())
    reported = UndecodableReported(reported_partition=2, items=[UndecodableBytes(0, 17, 4, "not UTF-8")])
    await stage.tell("usage.events", reported, partition=2)
    assert await ids(stage, **query) == found


async def test_pages_follow_each_other(stage: Stage) -> None:
    await stage.tell("invoicing.events", *(parked(n) for n in range(1, 6)))
    first = await stage.read(LETTERS, limit=3)
    second = await stage.read(LETTERS, limit=3, cursor=first["next_cursor"])
    assert [item["id"] for item in (*first["items"], *second["items"])] == [
        f"invoicing-1-{seq}" for seq in (5, 4, 3, 2, 1)
    ]
    assert (first["total"], second["next_cursor"]) == (5, None)


async def test_who_may_read_them(stage: Stage) -> None:
    assert (await stage.get(LETTERS, role="support")).status_code == 403
    assert (await stage.get(LETTERS, role="ingest")).status_code == 403
    assert (await stage.get(LETTERS, role=None)).status_code == 401
    assert (await stage.get(LETTERS, role="auditor")).status_code == 200
    assert (await stage.get(LETTERS, service="reporting")).status_code == 422
    for unknown in ("invoicing-1-9", "invoicing-1", "nothing", "usage-0-1-99999999999"):
        assert (await stage.get(f"{LETTERS}/{unknown}")).status_code == 404


async def test_one_letter_shows_its_payload_from_the_log(stage: Stage) -> None:
    long = b'{"padding":"' + b"\xc3\xa9" * 40_000 + b'"}'
    await on_the_log(stage, parked(1), parked(2, payload=b"coins \xff"), parked(3, payload=long))
    plain, exact, cut = [await stage.read(f"{LETTERS}/invoicing-1-{seq}") for seq in (1, 2, 3)]
    assert plain["payload"] == {"size_bytes": 11, "truncated": False, "text": '{"coins":7}', "base64": None}
    assert plain["headers"] == {"ce_type": "rating.ChargeFixed.v1", "actor": "key:k7"}
    assert base64.b64decode(exact["payload"]["base64"]) == b"coins \xff"
    assert (cut["payload"]["truncated"], cut["payload"]["size_bytes"]) == (True, len(long))
    assert len(cut["payload"]["text"].encode()) <= 64 * 1024

    sealed = await stage.read(f"{LETTERS}/invoicing-1-1", role="auditor")
    assert (sealed["payload"]["text"], sealed["headers"]) == ("sealed", {})


async def on_the_log(stage: Stage, *letters: InputParked) -> None:
    """Told to reporting and written to the log, each at the offset of its number."""
    await create_topics(stage.settings)
    producer = await Log(stage.settings).idempotent_producer()
    await stage.tell("invoicing.events", *letters)
    for _, _, applied in stage.told:
        sent = await producer.send_and_wait(
            f"{stage.settings.env}.invoicing.events",
            encode(applied.event),
            partition=1,
            headers=to_headers(applied.envelope),
        )
        await stage.pool.execute(
            "update dead_letter set log_offset = $1 where seq = $2", sent.offset, applied.envelope.seq
        )
    await producer.stop()
