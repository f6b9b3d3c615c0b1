"""What there is in the end: counts and sums as the API says, and the events as the log holds them.

inventory = await take_inventory(client, feed)
inventory.sums                       # comparable: equal for the same seed and the same number of months
log = await read_log(kafka)
log.gaps, log.twice
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

import structlog
from aiokafka import TopicPartition

from meterlog.chaos.back_office import BackOffice
from meterlog.chaos.story import Feed
from meterlog.demo.client import Client
from meterlog.demo.world import CURRENCY, TIME_ZONE, World, month_after
from meterlog.installation import SERVICES
from shared.engine.log import Log
from shared.kernel.calendar import midnight
from shared.kernel.envelope import format_instant, from_headers

log = structlog.get_logger()

PAGE: Final = 500
SETTLED_DEADLINE_S: Final = 120.0
# States of a record that is not the one that counts: they set it aside, or another counts in its place. How many were
# corrected depends on who was first, a reassignment or what gave them back.
COPIES: Final = ("duplicate", "conflict", "corrected")
UNCOUNTED: Final = (*COPIES, "quarantined", "retracted")


@dataclass(frozen=True)
class Inventory:
    """`sums` are to be compared; the rest is to be zero."""

    sums: dict[str, Any]
    records: int
    lost: int
    """Published records that the record list does not show in any state."""
    twice: int
    """Records counted more than once."""
    number_gaps: int
    """Missing and repeated numbers of invoices, void ones included, and of credit notes."""
    wrong: list[str]
    """What the back office finds that must not be, such as a document in two print batches."""


@dataclass
class Events:
    """What reading every `*.events` topic from its beginning has shown."""

    count: int = 0
    gaps: int = 0
    """Places where `seq` does not follow the one before it."""
    twice: int = 0
    """Events whose (ce_source, ce_id) was there before."""
    places: list[str] = field(default_factory=list)
    """Where, for the first of them."""


class SeenRecords:
    """Every single record, as it was listed last: after 100 days it is in the log alone."""

    def __init__(self) -> None:
        self._by_place: dict[str, dict[str, Any]] = {}

    async def look(self, client: Client, world: World, months: int) -> list[dict[str, Any]]:
        """Once a month at least; returns all that were ever seen."""
        self._by_place |= {record["citation"]: record for record in await _records(client, world, months)}
        return list(self._by_place.values())


async def take_inventory(
    client: Client, world: World, feed: Feed, months: int, office: BackOffice, seen: SeenRecords
) -> Inventory:
    """After so many months."""
    statement = await _balanced(client)
    bills, wrong = await office.inventory()
    invoices = [item async for item in _all(client, "/v1/invoices", status="issued", sort="number")]
    void = [item async for item in _all(client, "/v1/invoices", status="void", sort="number")]
    notes = [item async for item in _all(client, "/v1/credit-notes", status="issued")]
    records = await seen.look(client, world, months)
    balances = {c.account_id: await client.get(f"/v1/accounts/{c.account_id}/balance") for c in world.customers}
    wrong += [line for account, balance in balances.items() if (line := await _unstated(client, account, balance))]
    money = (await client.get("/v1/overview"))["totals"]
    return Inventory(
        sums={
            "conservation": comparable(statement, since=world.months[max(0, months - 2)]),
            "states": dict(sorted(Counter(r["state"] for r in records if r["state"] != "corrected").items())),
            "invoices": _by_account(invoices),
            "void": _by_account(void),
            "credit_notes": _credited(notes),
            "balances": {account: _amounts(balance) for account, balance in balances.items()},
            "totals": [total for total in money if total["currency"] == CURRENCY],
            "quantity": str(_quantity(records)),
            "back_office": bills,
        },
        records=len(feed.records),
        lost=_lost(feed, records),
        twice=_twice(records),
        number_gaps=_number_gaps(invoice["number"] for invoice in (*invoices, *void))
        + _number_gaps(note["number"] for note in notes),
        wrong=wrong,
    )


async def read_log(kafka: Log) -> Events:
    """Every event of every service, read as a committed reader reads it."""
    found = Events()
    reader = await kafka.reader()
    try:
        topics = [kafka.topic(f"{service}.events") for service in SERVICES if service != "reporting"]
        parts = [TopicPartition(topic, p) for topic in topics for p in range(kafka.settings.partitions)]
        reader.assign(parts)
        for tp, end in (await reader.end_offsets(parts)).items():
            await _read(reader, tp, end, found)
    finally:
        await reader.stop()
    return found


async def _read(reader: Any, tp: TopicPartition, end: int, found: Events) -> None:
    reader.seek(tp, 0)
    last, known = 0, set()
    while await reader.position(tp) < end:
        for records in (await reader.getmany(tp, timeout_ms=500)).values():
            for record in records:
                envelope = from_headers(record.headers)
                identity = (envelope.source, envelope.seq)
                if identity in known:
                    found.twice += 1
                    found.places.append(f"{envelope.citation} again at {record.offset}")
                elif envelope.seq != last + 1:
                    found.gaps += 1
                    found.places.append(f"{envelope.citation} at {record.offset} after {last}")
                known.add(identity)
                last = envelope.seq
                found.count += 1


async def _balanced(client: Client) -> dict[str, Any]:
    """The conservation statement, once nothing is on its way any more."""
    deadline = asyncio.get_running_loop().time() + SETTLED_DEADLINE_S
    before: dict[str, Any] = {}
    while True:
        statement: dict[str, Any] = await client.get("/v1/proof/conservation")
        late = asyncio.get_running_loop().time() > deadline
        if late or (statement["balanced"] and statement == before):
            return statement
        before = statement
        await asyncio.sleep(1.0)


def comparable(statement: dict[str, Any], *, since: date) -> dict[str, Any]:
    """All of it, or the periods from `since` on once single records have gone: up to which day they have depends on how
    many events there were.
    """
    found = but_for_copies(statement)
    if statement.get("kept_since") is None:
        return found
    items = [item for item in found["items"] if item["period"]["start"] >= since.isoformat()]
    return {"balanced": found["balanced"], "items": items}


def but_for_copies(statement: dict[str, Any]) -> dict[str, Any]:
    """Without the records that another counts in place of: a reassignment retracts what is billed and records it once
    more, and takes what was given back before as it is. Which it finds is a matter of who was first.
    """
    found = {name: value for name, value in statement.items() if name not in ("links", "retracted")}
    for name in ("records_in", "accepted"):
        found[name] -= statement["retracted"]
    return found | {"items": [but_for_copies(item) for item in statement.get("items", ())]}


async def _all(client: Client, path: str, **query: Any) -> Any:
    page = await client.get(path, limit=PAGE, **query)
    while True:
        for item in page["items"]:
            yield item
        if not page["next_cursor"]:
            return
        page = await client.get(path, limit=PAGE, cursor=page["next_cursor"], **query)


async def _records(client: Client, world: World, months: int) -> list[dict[str, Any]]:
    """Every record in every state: month by month, which the list finds quickly, and those without a time of their
    own.
    """
    timeless = _all(client, "/v1/usage/records", state="quarantined", reason="malformed")
    found = [item async for item in timeless if item["started_at"] is None]
    for month in world.months[:months]:
        span = {"from": _midnight(month), "to": _midnight(month_after(month))}
        found += [item async for item in _all(client, "/v1/usage/records", sort="started_at", **span)]
    return found


def _midnight(day: date) -> str:
    return format_instant(midnight(day, TIME_ZONE))


def _by_account(invoices: Iterable[dict[str, Any]]) -> dict[str, list[list[str]]]:
    """Date, net and total of each invoice; numbers go to whoever asks first and are no part of it."""
    found: dict[str, list[list[str]]] = {}
    for invoice in invoices:
        amounts = [invoice[name]["amount"] for name in ("net", "tax", "total", "paid", "due")]
        found.setdefault(invoice["account_id"], []).append([invoice["issued_on"], *amounts])
    return {account: sorted(found[account]) for account in sorted(found)}


def _credited(notes: Iterable[dict[str, Any]]) -> dict[str, list[list[str]]]:
    """Net, tax and total of each credit note of an account."""
    found: dict[str, list[list[str]]] = {}
    for note in notes:
        found.setdefault(note["account_id"], []).append([note[name]["amount"] for name in ("net", "tax", "total")])
    return {account: sorted(found[account]) for account in sorted(found)}


async def _unstated(client: Client, account_id: str, balance: dict[str, Any]) -> str | None:
    """Where the ledger comes to another balance than receivables and credit do."""
    closing = (await client.get(f"/v1/accounts/{account_id}/statement", limit=1))["closing"]["balance"]["amount"]
    shown = balance["balance"]["amount"]
    return None if closing == shown else f"{account_id}: the balance is {shown}, the statement ends with {closing}"


def _amounts(balance: dict[str, Any]) -> dict[str, str]:
    return {name: balance[name]["amount"] for name in ("open", "credit", "balance")}


def _quantity(records: Iterable[dict[str, Any]]) -> Decimal:
    counted = (record for record in records if record["state"] not in UNCOUNTED)
    return sum((Decimal(record["quantity"]) for record in counted), Decimal(0))


def _lost(feed: Feed, records: Iterable[dict[str, Any]]) -> int:
    """How many were published and are not shown, the same record sent twice being two."""
    there = Counter((record["source"], record["id"]) for record in records)
    sent = Counter((record["source"], record["id"]) for record in feed.records)
    missing = sent - there
    for source, record_id in list(missing)[:5]:
        log.error("record_lost", source=source, id=record_id)
    return missing.total()


def _twice(records: Iterable[dict[str, Any]]) -> int:
    counted = Counter((r["source"], r["id"]) for r in records if r["state"] not in COPIES)
    return sum(times - 1 for times in counted.values())


def _number_gaps(numbers: Iterable[str]) -> int:
    """Of `INV-000001` and on: how many up to the last are missing, and how many are there twice.

    >>> _number_gaps(["INV-1", "INV-2", "INV-4", "INV-4"])
    2
    """
    found = [int("".join(c for c in number if c.isdigit())) for number in numbers]
    return max(found, default=0) - len(set(found)) + len(found) - len(set(found))
