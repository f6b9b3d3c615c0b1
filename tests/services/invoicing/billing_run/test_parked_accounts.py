"""An account has parked inputs: what a run locked of it before is issued, and nothing that is still open is locked.

ChargeFixed that crashes, PeriodClosed    -> both wait; the draft stays incomplete, and no run takes it
CompleteIssues of a page                  -> issued: nothing that waits can change an invoice that has its number
CompleteIssue of one invoice              -> waits behind them (docs/decisions/0071)
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from services.invoicing.billing_run.messages import WalkAccounts
from services.invoicing.invoice.messages import CompleteIssue, CompleteIssues
from services.invoicing.service import SERVICE
from services.rating.events import EVENTS as RATING
from shared.kernel.message import Command
from shared.kernel.outcome import Parking
from shared.kernel.same_fields import same_fields
from tests.kit.memory_partition import Desk
from tests.services.invoicing.story import Partitions, charge, closed, opened, tell

WALK = WalkAccounts(run_id="run-1", target_date=date(2026, 10, 1), cycle_id="monthly", dry_run=False)


def numbered() -> tuple[Desk, CompleteIssues]:
    """An invoice of acc-1 that a run has locked and that has its number, on its way back; then an input is parked."""
    partitions = Partitions(count=1)
    partitions.draft("acc-1")
    command: Any = WALK
    while not isinstance(command, CompleteIssues):
        sent = [send.message for send in partitions.specs[0].when(command).sends if send.to == "invoicing"]
        [command] = [message for message in sent if isinstance(message, Command)]
    desk = Desk(SERVICE)
    desk.state = partitions.specs[0].state
    desk.state.keep({Parking: {"acc-1": Parking(parking_key="acc-1", first=1, next=2)}})
    return desk, command


@pytest.mark.parametrize("together", [True, False], ids=["page", "single"])
def test_a_page_is_issued_past_the_queue_of_an_account_and_a_single_invoice_waits(together: bool) -> None:
    desk, page = numbered()
    [one] = page.invoices
    command = page if together else same_fields(CompleteIssue, one, series_id=page.series_id)
    asyncio.run(desk.command(command, "issue-1", causation_id="invoicing/0/7"))
    assert desk.events == ["InvoiceIssued" if together else "InputParked"]


def test_a_draft_whose_charge_is_parked_is_locked_by_no_run() -> None:
    partitions = Partitions(count=1)
    tell(partitions.specs[0], opened("acc-1"))
    desk = Desk(SERVICE)
    desk.state = partitions.specs[0].state
    in_dollars = charge(1, "5.00", account="acc-1", currency="USD")
    for seq, event in enumerate((in_dollars, closed(1, "5.00", account="acc-1")), 1):
        asyncio.run(desk.arrives("rating.events", RATING, event, seq=seq))
    assert desk.events == ["InputParked", "InputParked"]
    asyncio.run(desk.command(WALK, "walk-1", causation_id="invoicing/0/7"))
    assert desk.events[2:] == ["BillingRunPageWalked"]
