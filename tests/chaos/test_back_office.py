"""What the back office of a chaos run brings with it: usage that is the same each time, and a receiver that fails."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx

from meterlog.chaos.back_office import BackOffice, wrong_deliveries
from meterlog.chaos.receiver import failing_receiver
from meterlog.chaos.story import world_of
from meterlog.demo.client import Client


async def test_a_line_uses_a_gigabyte_on_each_day_of_its_month() -> None:
    async with failing_receiver() as receiver:
        client = Client("http://127.0.0.1:9", "none")
        office = BackOffice(client, receiver, world_of(7, 12).customers)
        records = office.records_of(date(2026, 2, 1))
        await client.close()
    assert len({record["id"] for record in records}) == 28
    assert {record["quantity"] for record in records} == {"1000000000"}
    assert (records[0]["started_at"][:10], records[-1]["started_at"][:10]) == ("2026-02-01", "2026-02-28")


async def test_every_fifth_call_fails_and_every_second_of_these_was_taken_all_the_same() -> None:
    async with failing_receiver() as receiver, httpx.AsyncClient(trust_env=False) as http:
        said = [
            (await http.post(receiver.url, headers={"webhook-id": f"d{n}"}, content=b"{}")).status_code
            for n in range(1, 11)
        ]
    assert [n for n, status in enumerate(said, start=1) if status == 500] == [5, 10]
    assert receiver.taken == {f"d{n}" for n in range(1, 11) if n != 5}


def test_a_document_that_goes_out_twice_or_in_no_batch_is_named() -> None:
    def delivery(name: str, **fields: Any) -> dict[str, Any]:
        return {"id": name, "document_id": "inv-1", "channel": "print", "status": "sent", "batch_id": "b", **fields}

    assert wrong_deliveries([delivery("d1")], frozenset()) == []
    assert wrong_deliveries([delivery("d1"), delivery("d2")], frozenset()) == ["inv-1 goes out 2 times by print"]
    assert wrong_deliveries([delivery("d1", status="waiting", batch_id=None)], frozenset()) == [
        "d1 is waiting, and in no batch"
    ]
    assert wrong_deliveries([delivery("d1", channel="webhook", status="failed")], frozenset()) == ["d1 is failed"]
