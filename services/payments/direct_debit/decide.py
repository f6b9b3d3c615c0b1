"""Runs of direct debits, in the partition of the run. Pure.

StartDirectDebitRun 2 debits      DirectDebitRunStarted
AskDebits [dd-1, dd-2]            DirectDebitsAsked, and PlaceDebit to each account
SubmitRun, BookRun 15 Oct         DirectDebitRunSubmitted, DirectDebitRunBooked
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from services.payments.direct_debit.messages import (
    AskDebits,
    BookRun,
    CancelRun,
    CreditorSet,
    DirectDebitRunBooked,
    DirectDebitRunCancelled,
    DirectDebitRunStarted,
    DirectDebitRunSubmitted,
    DirectDebitsAsked,
    PlaceDebit,
    SetCreditor,
    StartDirectDebitRun,
    SubmitRun,
)
from services.payments.direct_debit.state import DirectDebitRun, RunStatus
from shared.kernel.decider import Context, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

Moved = DirectDebitsAsked | DirectDebitRunSubmitted | DirectDebitRunBooked | DirectDebitRunCancelled


def decide_creditor(command: SetCreditor, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(CreditorSet, command)]


def decide_start(command: StartDirectDebitRun, view: View, context: Context) -> Sequence[Event]:
    if view.get(DirectDebitRun, command.run_id) is not None:
        raise Rejection("run_exists", f"there is a run {command.run_id}", pointer="/id", status=409)
    return [same_fields(DirectDebitRunStarted, command)]


def decide_debits(command: AskDebits, view: View, context: Context) -> Sequence[Event]:
    """A page that has been asked for changes nothing."""
    run = _run(command.run_id, view)
    after = command.first + len(command.items)
    if command.first < run.next or not command.items:
        return []
    if command.first > run.next or after > run.debits:
        detail = f"the run goes on at debit {run.next} of {run.debits}, not at {command.first}"
        raise Rejection("out_of_order", detail, status=409)
    said = {"scheme": run.scheme, "collection_date": run.collection_date}
    return [same_fields(DirectDebitsAsked, command, next=after, **said)]


def decide_run(command: SubmitRun | BookRun | CancelRun, view: View, context: Context) -> Sequence[Event]:
    run = _run(command.run_id, view)
    match command:
        case SubmitRun():
            _check_open(run)
            return [same_fields(DirectDebitRunSubmitted, command)]
        case CancelRun():
            _check_open(run)
            return [same_fields(DirectDebitRunCancelled, command)]
        case BookRun():
            if run.status != "submitted":
                detail = f"run {run.run_id} is {run.status}; only one that the bank has is booked"
                raise Rejection("run_not_submitted", detail, status=409)
            return [same_fields(DirectDebitRunBooked, command)]


def evolve_started(event: DirectDebitRunStarted, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(DirectDebitRun, event)


def evolve_run(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    run = view.get(DirectDebitRun, event.run_id)
    if run is None:
        raise NeverBegan(f"direct debit run {event.run_id} was never started")
    match event:
        case DirectDebitsAsked():
            yield msgspec.structs.replace(run, next=event.next)
            return
        case DirectDebitRunSubmitted():
            status: RunStatus = "submitted"
        case DirectDebitRunBooked():
            status = "booked"
        case DirectDebitRunCancelled():
            status = "cancelled"
    yield msgspec.structs.replace(run, status=status)


def react(event: DirectDebitsAsked, envelope: Envelope, view: View) -> Iterator[Send]:
    of_run = {"run_id": event.run_id, "scheme": event.scheme, "collection_date": event.collection_date}
    for item in event.items:
        yield Send(same_fields(PlaceDebit, item, **of_run), to="payments")


def _run(run_id: str, view: View) -> DirectDebitRun:
    run = view.get(DirectDebitRun, run_id)
    if run is None:
        raise Rejection("run_not_found", f"there is no direct debit run {run_id!r}", status=404)
    return run


def _check_open(run: DirectDebitRun) -> None:
    if run.status != "open":
        raise Rejection("run_over", f"run {run.run_id} is {run.status}", status=409)
