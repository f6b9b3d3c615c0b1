"""A locked credit note fetches its number, and what it credits in full may be drafted anew.

CreditNoteLocked  -> AssignNumber    to p(series)   ->  NumberAssigned -> CompleteCreditNote to p(account)
                  -> ReissueInvoice  decided in place
"""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.credit_note.messages import CREDIT_NOTE, CompleteCreditNote, CreditNoteLocked
from services.invoicing.invoice.messages import ReissueInvoice
from services.invoicing.numbering_series.messages import AssignNumber, Document, NumberAssigned, NumberConfirmed
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(
    event: CreditNoteLocked | NumberAssigned | NumberConfirmed, envelope: Envelope, view: View
) -> Iterable[Do | Send]:
    match event:
        case CreditNoteLocked():
            document = Document(kind=CREDIT_NOTE, id=event.credit_note_id)
            yield Send(same_fields(AssignNumber, event, document=document), to="invoicing")
            if event.reissued_as is not None:
                reissue = same_fields(ReissueInvoice, event, invoice_id=event.reissued_as, replaces=event.corrects)
                yield Do(reissue)
        case NumberAssigned(together=False) | NumberConfirmed(together=False) if event.document.kind == CREDIT_NOTE:
            completed = same_fields(CompleteCreditNote, event, credit_note_id=event.document.id, series_n=event.n)
            yield Send(completed, to="invoicing")
