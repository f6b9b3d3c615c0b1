"""A run that is due starts like any other, in the partition of its id; one that has started is not started again."""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.automatic_run.messages import AutomaticRunDue
from services.invoicing.billing_run.messages import StartBillingRun
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(event: AutomaticRunDue, envelope: Envelope, view: View) -> Iterable[Send]:
    yield Send(same_fields(StartBillingRun, event, target_date=event.period_end), to="invoicing")
