"""What a draft takes beside its own charges when it is complete: drafts that waited for it, and late fees.

October   recurring 40.00   +   carried forward -35.00   +   late fee on INV-000042 5.00
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.carry_forward import carry
from services.invoicing.invoice.late_fees import bill
from services.invoicing.invoice.messages import InvoiceLine
from shared.kernel.decider import View
from shared.kernel.message import Event
from shared.kernel.period import Period


class TakenOver(NamedTuple):
    """The events, and all lines that the draft has then."""

    events: list[Event]
    lines: tuple[InvoiceLine, ...]


def take_over(profile: BillProfile, into: str, period: Period, lines: Sequence[InvoiceLine], view: View) -> TakenOver:
    """Late fees come first: with them the draft is there, if it has no charge. Those of a draft that is carried forward
    go on as lines of their own."""
    carried = carry(profile, into, lines=len(lines), view=view)
    billed = bill(profile, into, period, after=len(lines), carried=[event.invoice_id for event in carried], view=view)
    if billed.lines:
        carried = carry(profile, into, lines=len(lines) + len(billed.lines), view=view)
    return TakenOver(
        [*billed.events, *carried], (*lines, *billed.lines, *(line for event in carried for line in event.lines))
    )
