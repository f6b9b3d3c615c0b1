"""A step hands over what is overdue; whatever changes what is owed looks at what was handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.payments.dunning.messages import DunningExempted, DunningStepReached
from services.payments.dunning.react import Moved
from services.payments.handover.messages import HandOverDebts, ReviewHandovers
from services.payments.handover.state import Handovers
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

AGENCY: Final = "agency"
"""What the agency is called where a policy names none."""


def react_step(event: DunningStepReached, envelope: Envelope, view: View) -> Iterator[Do]:
    if event.collection:
        yield Do(same_fields(HandOverDebts, event, agency=event.agency or AGENCY))


def react_moved(event: Moved | DunningExempted, envelope: Envelope, view: View) -> Iterator[Do]:
    held = view.get(Handovers, event.account_id)
    if held is not None and held.given:
        yield Do(ReviewHandovers(account_id=event.account_id))
