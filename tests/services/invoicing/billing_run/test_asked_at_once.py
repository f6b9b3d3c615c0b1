"""A page of a run asks for its accounts together and for their drafts together: each round begins the page anew.

Owners hold the states that they used last; of a hundred thousand accounts a run finds hardly one among them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.invoicing.billing_run.messages import WalkAccounts
from services.invoicing.invoice.messages import CompleteIssues, InvoiceIssued, InvoiceLocked
from services.invoicing.numbering_series.messages import AssignNumbers
from services.invoicing.service import SERVICE
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Event
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from tests.kit.asked_state import AskedState
from tests.services.invoicing.story import Partitions

ACCOUNTS = 40
ROUNDS_MAX = 12


def asked_in(partitions: Partitions, command: Command) -> tuple[list[Event], int]:
    """What follows from the command, and in how many rounds its states were asked for behind what it preloads."""
    there = partitions.specs[0]
    state = AskedState(there.state)
    for kind, keys in SERVICE.preload(command):
        state.loaded(kind, [keys] if isinstance(keys, str) else keys)
    place = PartitionAddress(env="test", partition=0, partitions=1)
    unit = UnitOfWork(SERVICE.domain, state, place, next_seq=there.next_seq, now=there.now)
    envelope = Envelope(
        env="test",
        service="invoicing",
        type=type(command).__name__,
        partition=0,
        recorded_at=there.now,
        subject=command.key,
        command_id="walk-1",
        causation_id="invoicing/0/1",
    )
    state.run(lambda: unit.take_command(command, envelope))
    return [event for event, _ in unit.events], state.rounds


def drafted() -> Partitions:
    partitions = Partitions(count=1)
    for n in range(ACCOUNTS):
        partitions.draft(f"cust-{n}")
    return partitions


WALK = WalkAccounts(run_id="run-1", target_date=date(2026, 10, 1), cycle_id="monthly", dry_run=False)


def test_a_page_of_a_run_asks_in_a_few_rounds_whatever_is_on_it() -> None:
    events, rounds = asked_in(drafted(), WALK)
    assert sum(isinstance(event, InvoiceLocked) for event in events) == ACCOUNTS
    assert rounds <= ROUNDS_MAX


@pytest.mark.parametrize("step", [AssignNumbers, CompleteIssues])
def test_its_numbers_and_its_issue_are_asked_for_in_a_few_rounds(step: type[Command]) -> None:
    partitions = drafted()
    command: Any = WALK
    while not isinstance(command, step):
        sent = [send.message for send in partitions.specs[0].when(command).sends if send.to == "invoicing"]
        [command] = [message for message in sent if isinstance(message, Command)]
    events, rounds = asked_in(partitions, command)
    assert len(events) >= ACCOUNTS
    assert rounds <= ROUNDS_MAX
    assert step is AssignNumbers or sum(isinstance(event, InvoiceIssued) for event in events) == ACCOUNTS
