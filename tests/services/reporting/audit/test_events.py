"""The audit trail: what is listed, what one event shows, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from meterlog.installation import create_topics
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.audit.personal import shown
from shared.engine.log import Log
from shared.kernel.envelope import to_headers
from shared.kernel.message import encode
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    locked,
    numbered,
    paid,
    profile_opened,
    receivable,
)

SEALED = "v1.YWNjLTE.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


async def test_sealed_fields_stay_sealed_wherever_they_are() -> None:
    payload = {"name": SEALED, "parties": [{"name": SEALED, "n": 1}], "description": "v1.not.sealed", "net": "1.00"}
    assert await shown(payload, None) == {
        "name": "sealed",
        "parties": [{"name": "sealed", "n": 1}],
        "description": "v1.not.sealed",
        "net": "1.00",
    }


async def test_an_input_kept_as_received_is_not_shown_without_the_right() -> None:
    parked = {"type": "x", "payload": '{"destination":"33612345678"}', "payload_base64": "MzM2MTIzNDU2Nzg="}
    assert await shown(parked, None) == {"type": "x", "payload": "sealed", "payload_base64": "sealed"}


@pytest.mark.servers
async def test_the_trail_is_newest_first_and_follows_an_account(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened(), account_opened("acc-2"), actor="user:u1")
    await stage.tell("invoicing.events", profile_opened(), *drafted(), at=stage.clock.at + timedelta(minutes=1))
    page = await stage.read("/v1/events")
    assert [item["id"] for item in page["items"]] == [
        "invoicing/1/3",
        "invoicing/1/2",
        "invoicing/1/1",
        "rating/1/2",
        "rating/1/1",
    ]
    assert page["items"][-1] == {
        "id": "rating/1/1",
        "topic": "rating.events",
        "type": "rating.AccountOpened.v1",
        "aggregate_id": "acc-1",
        "account_id": "acc-1",
        "actor": "user:u1",
        "correlation_id": "corr-1",
        "causation_id": None,
        "recorded_at": "2026-10-12T08:00:00Z",
        "version": 1,
    }
    for parameters, total in (
        ({"account_id": "acc-2"}, 1),
        ({"aggregate_id": "inv-1"}, 2),
        ({"type": ["rating.AccountOpened.v1", "invoicing.InvoiceDrafted.v1"]}, 3),
        ({"actor": "user:u1"}, 2),
        ({"from": "2026-10-12T08:00:30Z"}, 3),
        ({"to": "2026-10-12T08:00:30Z", "correlation_id": "corr-1"}, 2),
    ):
        assert (await stage.read("/v1/events", **parameters))["total"] == total, parameters


@pytest.mark.servers
async def test_support_reads_timelines_and_not_the_whole_trail(stage: Stage) -> None:
    for role, status in (("auditor", 200), ("billing", 200), ("support", 403), ("ingest", 403)):
        assert (await stage.get("/v1/events", role=role)).status_code == status


async def publish(stage: Stage) -> None:
    """Put what the stage was told on the log, and let the audit index know where it stands."""
    await create_topics(stage.settings)
    log = Log(stage.settings)
    producer = await log.idempotent_producer()
    try:
        for topic, partition, (event, envelope, _) in stage.told:
            sent = await producer.send_and_wait(
                log.topic(topic), encode(event), partition=partition, headers=to_headers(envelope)
            )
            await stage.pool.execute(
                "update audit_event set log_offset = $3 where topic = $1 and partition = $2 and seq = $4",
                topic,
                partition,
                sent.offset,
                envelope.seq,
            )
    finally:
        await producer.stop()


@pytest.mark.servers
async def test_an_event_comes_from_the_log_and_opens_names_for_those_who_may_see_them(stage: Stage) -> None:
    name = await stage.vault.seal("acc-1", "Ann Example")
    await stage.tell("rating.events", account_opened(name=name))
    await stage.tell("invoicing.events", profile_opened(), *drafted(), locked(), issued())
    await stage.tell("invoicing.events", numbered(), partition=3)  # the partition of the series, where it is the first
    await stage.tell("payments.events", receivable(), paid(), allocated())
    await publish(stage)

    names = {
        role: (await stage.read("/v1/events/rating/1/1", role=role))["data"]["name"] for role in ("admin", "auditor")
    }
    assert names == {"admin": "Ann Example", "auditor": "sealed"}
    assert (await stage.get("/v1/events/rating/1/99")).status_code == 404

    timeline = (await stage.read("/v1/invoices/inv-1/timeline", role="support"))["items"]
    assert [item["type"].split(".")[1] for item in timeline] == [
        "InvoiceDrafted",
        "InvoiceLocked",
        "NumberAssigned",
        "InvoiceIssued",
        "ReceivableOpened",
        "PaymentAllocated",
    ]
    assert timeline[-1]["data"]["amount"] == "10.00"
    assert (await stage.get("/v1/invoices/nobody/timeline")).status_code == 404

    places = [LogOffset("payments.events", 1, offset) for offset in (2, 0)]
    found = await Payloads(lambda: stage.settings).read(places)
    assert [found[place].get("payment_id") for place in places] == ["pay-1", None]
