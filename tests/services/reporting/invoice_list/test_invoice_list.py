"""The kept list and its sums say what the documents and receivables say, whoever of the two came first."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from tests.services.reporting.corrections import voided, withdrawn
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    locked,
    paid,
    profile_opened,
    receivable,
)

pytestmark = pytest.mark.servers

LIST = "select * from invoice_list order by partition, invoice_id"
VIEW = """
select l.partition, l.invoice_id, v.account_id, v.status, v.payment_status, v.kind, v.approval, v.clearance,
       v.legal_entity, v.delivery_status, v.number,
       v.currency, v.run_id, v.cycle_id, v.time_zone, v.period_start, v.issued_on, v.due_on,
       v.net, v.total, v.paid, v.credited, v.due
  from invoice_list l full join invoice_view v using (partition, invoice_id) order by 1, 2
"""
SUMS = "select * from invoice_sum order by partition, alike"
COUNTED = """
select currency, status, payment_status, kind, cycle_id, time_zone, issued_on, due_on,
       count(*) as invoices, sum(net) as net, sum(total) as total,
       sum(paid) as paid, sum(credited) as credited, sum(due) as due
  from invoice_view group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
"""
KEPT = """
select currency, status, payment_status, kind, cycle_id, time_zone, issued_on, due_on,
       invoices, net, total, paid, credited, due
  from invoice_sum order by 1, 2, 3, 4, 5, 6, 7, 8
"""


async def rows(stage: Stage, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in await stage.pool.fetch(sql)]


async def agree(stage: Stage) -> None:
    assert await rows(stage, LIST) == await rows(stage, VIEW)
    assert await rows(stage, KEPT) == await rows(stage, COUNTED)


async def test_each_step_of_an_invoice_is_in_the_list_and_in_the_sums(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened())
    for topic, events in (
        ("invoicing.events", drafted()),
        ("invoicing.events", (locked(),)),
        ("invoicing.events", (issued(),)),
        ("payments.events", (receivable(),)),
        ("payments.events", (paid(), allocated())),
        ("payments.events", (paid("pay-2", "4.88"), allocated("pay-2", amount="4.88", open_="0.00"))),
    ):
        await stage.tell(topic, *events)
        await agree(stage)
    # One invoice of 14.88 that is paid, and nothing of what it was before.
    [(*_, count, _, total, paid_, _, due)] = await rows(stage, KEPT)
    assert (count, str(total), str(paid_), str(due)) == (1, "14.88", "14.88", "0")


async def test_a_void_invoice_counts_as_one_and_is_owed_no_more(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened(), *drafted(), issued())
    await stage.tell("payments.events", receivable())
    await stage.tell("payments.events", withdrawn("inv-1"))
    await stage.tell("invoicing.events", *voided("inv-1"))
    await agree(stage)
    page = await stage.read("/v1/invoices", status="void")
    assert (page["total"], page["totals"][0]["amount"], page["totals"][0]["due"]) == (1, "0.00", "0.00")


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
async def test_whoever_of_the_topics_comes_first_the_rows_are_the_same(stage: Stage, order: tuple[int, ...]) -> None:
    """A rebuild reads each topic by itself, and payments may be ahead of invoicing."""
    parts = (
        ("rating.events", (account_opened(),)),
        ("invoicing.events", (profile_opened(), *drafted(), issued())),
        ("payments.events", (receivable(), paid(), allocated())),
    )
    for place in order:
        await stage.tell(parts[place][0], *parts[place][1])
    await agree(stage)
    [row] = await stage.pool.fetch(LIST)
    assert (row["payment_status"], str(row["due"])) == ("partially_paid", "4.88")


@pytest.mark.parametrize(
    "order", [*permutations(range(3), 2), *permutations(range(3))], ids=lambda order: "".join(map(str, order))
)
async def test_topics_that_are_written_at_one_moment_give_the_same_rows(stage: Stage, order: tuple[int, ...]) -> None:
    """Each has written its own rows and looks at the others', who have not committed yet."""
    parts = (
        ("rating.events", (account_opened(),)),
        ("invoicing.events", (profile_opened(), *drafted(), issued())),
        ("payments.events", (receivable(), paid(), allocated())),
    )
    async with AsyncExitStack() as open_ones:
        begun: list[asyncio.Task[None]] = []
        committing = asyncio.Event()
        for place in order:
            connection = await open_ones.enter_async_context(stage.pool.acquire())
            begun.append(asyncio.create_task(stage.held(*parts[place], connection=connection, until=committing)))
            await asyncio.wait(begun[-1:], timeout=0.1)
        committing.set()
        await asyncio.gather(*begun)
    await agree(stage)
    zones = [row["time_zone"] for row in await stage.pool.fetch(LIST)]
    assert zones == ([] if 1 not in order else ["Europe/Paris"] if 0 in order else ["UTC"])


async def test_totals_by_every_filter_are_those_of_the_documents(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened())
    for n in range(6):
        terms: dict[str, Any] = {"issued_on": date(2026, 10, 1 + n % 2), "due_on": date(2026, 10, 15 + n % 3)}
        invoice, number = f"inv-{n}", f"INV-{n}"
        await stage.tell("invoicing.events", *drafted(invoice))
        if n < 5:
            await stage.tell("invoicing.events", issued(invoice, number=number, **terms))
            await stage.tell("payments.events", receivable(invoice, number=number, **terms))
    await stage.tell("payments.events", paid("pay-1", "14.88"), allocated("pay-1", "inv-1", "14.88", open_="0.00"))
    for parameters, count in (
        ({}, 6),
        ({"status": "issued"}, 5),
        ({"payment_status": "paid"}, 1),
        ({"status": "issued", "payment_status": "unpaid"}, 4),
        ({"from": "2026-10-02"}, 2),
        ({"due_from": "2026-10-15", "due_to": "2026-10-16"}, 4),
        ({"number": "INV-3"}, 1),
        ({"q": "inv-"}, 5),
        ({"account_id": "acc-1"}, 6),
        ({"overdue": "true"}, 0),
        ({"below_zero": "true"}, 0),
    ):
        page = await stage.read("/v1/invoices", **parameters)
        assert (page["total"], len(page["items"])) == (count, count), parameters
        assert sum(int(t["amount"].replace(".", "")) for t in page["totals"]) == 1488 * count, parameters


@pytest.mark.parametrize(
    "sort", ["issued_on", "due_on", "number", "account_id", "status", "net", "due", "id", "period"]
)
@pytest.mark.parametrize("minus", ["", "-"])
async def test_pages_by_cursor_are_the_list_in_every_order(stage: Stage, sort: str, minus: str) -> None:
    """Drafts have no number and no dates: they come last in both directions."""
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened())
    for n in range(7):
        await stage.tell("invoicing.events", *drafted(f"inv-{n}"))
        if n % 3:
            day = date(2026, 10, 1 + n % 2)
            await stage.tell("invoicing.events", issued(f"inv-{n}", number=f"INV-{n}", issued_on=day, due_on=day))
    whole = [item["id"] for item in (await stage.read("/v1/invoices", sort=minus + sort))["items"]]
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await stage.read("/v1/invoices", sort=minus + sort, limit=2, **cursor)
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == whole and len(whole) == 7
    if sort in ("issued_on", "due_on", "number"):
        assert set(whole[-3:]) == {"inv-0", "inv-3", "inv-6"}
