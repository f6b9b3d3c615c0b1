"""An invoice that was made void takes along the fees that were asked for on it, in the same partition."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.late_fee.messages import ForgoLateFees
from services.invoicing.void.messages import InvoiceVoided
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(event: InvoiceVoided, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(same_fields(ForgoLateFees, event))
