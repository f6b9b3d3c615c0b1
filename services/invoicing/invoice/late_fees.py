"""Late fees that wait become lines of a draft that is being completed.

Beside those, fees of drafts that are carried forward: these are summed up in one line. A fee is never part of that, as
none is asked for on a fee.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.late_fee_lines import line_of, reason_of
from services.invoicing.invoice.messages import DraftLineAdded, InvoiceLine
from services.invoicing.invoice.state import Invoice
from services.invoicing.late_fee.messages import LateFeeAsked, LateFeeBilled
from services.invoicing.late_fee.state import LateFee, WaitingFees
from services.invoicing.late_fee_policy.messages import LATE_FEE
from shared.kernel.decider import View
from shared.kernel.message import Event
from shared.kernel.period import Period


class Billed(NamedTuple):
    """The events, and the lines that they add."""

    events: list[Event]
    lines: list[InvoiceLine]


def waiting(account_id: str, view: View) -> Sequence[LateFeeAsked]:
    """The account's fees that no draft has."""
    found = view.get(WaitingFees, account_id)
    return found.fees if found else ()


def bill(
    profile: BillProfile, into: str, period: Period, *, after: int, carried: Collection[str] = (), view: View
) -> Billed:
    """What waits and what the `carried` drafts have, as lines of draft `into` behind the `after` that it has."""
    lines = [*_of_drafts(carried, view), *(line_of(fee, 0) for fee in waiting(profile.account_id, view))]
    billed = Billed([], [])
    for n, unnumbered in enumerate(lines, after + 1):
        line = msgspec.structs.replace(unnumbered, n=n)
        billed.lines.append(line)
        billed.events.append(_added(profile, into, period, line))
        reason = reason_of(line)
        if reason is not None and not reason.waived:
            billed.events.append(
                LateFeeBilled(account_id=profile.account_id, fee_id=reason.fee_id, invoice_id=into, n=n)
            )
    return billed


def billed_anew(lines: Sequence[InvoiceLine], account_id: str, into: str, view: View) -> Sequence[LateFeeBilled]:
    """That fees among these lines are on another draft from now on, where they can be waived; not those that are."""
    found = {reason.fee_id: line.n for line in lines if (reason := reason_of(line)) is not None and not reason.waived}
    fees = view.get_many(LateFee, list(found)) if found else {}
    return [
        LateFeeBilled(account_id=account_id, fee_id=fee_id, invoice_id=into, n=n)
        for fee_id, n in found.items()
        if fee_id in fees and not fees[fee_id].waived
    ]


def waits_for(account_id: str, view: View) -> bool:
    """Whether a fee waits for a draft."""
    return bool(waiting(account_id, view))


def _added(profile: BillProfile, into: str, period: Period, line: InvoiceLine) -> DraftLineAdded:
    return DraftLineAdded(
        invoice_id=into, account_id=profile.account_id, currency=profile.currency, billing_period=period, line=line
    )


def _of_drafts(carried: Collection[str], view: View) -> Iterator[InvoiceLine]:
    drafts = view.get_many(Invoice, carried) if carried else {}
    for invoice_id in carried:
        draft = drafts.get(invoice_id)
        yield from (line for line in (draft.lines if draft else ()) if line.kind == LATE_FEE)
