"""An issued credit note is taken, in the same partition."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.payments.credit_note.messages import TakeCreditNote
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(event: CreditNoteIssued, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(same_fields(TakeCreditNote, event, amount=event.total))
