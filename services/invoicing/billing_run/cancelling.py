"""A run is stopped: its own partition says so, and each partition that walks goes no further.

What was locked before is issued, for a locked invoice has asked for its number. So a cancelled run has invoiced some
accounts whole and others not at all, and the next run takes those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.billing_run.messages import (
    BillingRunCancelled,
    CancelBillingRun,
    StopWalking,
    WalkingStopped,
)
from services.invoicing.billing_run.state import BillingRun, StoppedRun
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event


def decide_cancel(command: CancelBillingRun, view: View, context: Context) -> Sequence[Event]:
    run = view.get(BillingRun, command.run_id)
    if run is None:
        raise Rejection("billing_run_not_found", f"there is no billing run {command.run_id}", status=404)
    return [] if run.cancelled else [BillingRunCancelled(run_id=run.run_id, partitions=context.partitions)]


def evolve_cancelled(event: BillingRunCancelled, envelope: Envelope, view: View) -> Iterable[State]:
    run = view.get(BillingRun, event.run_id)
    if run is None:
        raise NeverBegan(f"billing run {event.run_id} was never started")
    yield msgspec.structs.replace(run, cancelled=True)


def decide_stop(command: StopWalking, view: View, context: Context) -> Sequence[Event]:
    known = view.get(StoppedRun, command.run_id) is not None
    return [] if known else [WalkingStopped(run_id=command.run_id)]


def evolve_stopped(event: WalkingStopped, envelope: Envelope, view: View) -> Iterable[State]:
    yield StoppedRun(run_id=event.run_id)
