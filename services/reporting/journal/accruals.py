"""Revenue that is earned before it is billed: a draft's lines in arrears, when the draft is complete. Pure.

InvoiceDrafted   usage of October 12.40        accrual   unbilled_revenue  <-  revenue           12.40   2026-10-31
InvoiceIssued    INV-000042, 12.40 + 2.48      invoice   receivables       <-  unbilled_revenue  12.40   2026-11-01

A line is in arrears where its days lie within the draft's billing period or before it. What is charged in advance is
earned once it is billed (documents.py), as is what has no plan: late fees, and what was carried forward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from services.invoicing.invoice.messages import Allowance, InvoiceDrafted, InvoiceLine
from services.reporting.journal.postings import Posting, turned
from services.reporting.journal.recognition import shares, spread
from services.reporting.journal.taxing import Taxed
from shared.kernel.decimals import EXACT

NOT_SPREAD = frozenset({"late_fee", "carried_forward"})
"""Kinds of lines that are earned in one moment: when they are billed."""
_DAY = timedelta(days=1)


class DraftLine(msgspec.Struct, frozen=True, kw_only=True):
    """What of a draft's line decides how it is earned. `divided`: it includes tax, so that the draft says its net."""

    n: int
    kind: str
    net: Decimal
    period_start: date
    period_end: date
    plan_id: str
    subscription_id: str
    charge_id: str
    tax_class: str
    divided: bool


def draft_line(line: InvoiceLine) -> DraftLine:
    return DraftLine(
        n=line.n,
        kind=line.kind,
        net=line.net,
        period_start=line.period.start,
        period_end=line.period.end,
        plan_id=line.plan_id,
        subscription_id=line.subscription_id,
        charge_id=line.charge_id,
        tax_class=line.tax_class or "",
        divided=line.gross is not None,
    )


def accruals(event: InvoiceDrafted, lines: Mapping[int, DraftLine], known: frozenset[int]) -> Iterator[Posting]:
    """What the complete draft has earned, but for lines that are `known` from when it was complete before.

    It is booked in the months that it was earned in, as far as these are of the billing period.
    """
    nets = {n: event.nets.get(n, line.net) for n, line in lines.items()}
    nets = less_allowances(nets, event.allowances, event.currency)
    taxed = Taxed(event.tax_groups)
    for n, line in sorted(lines.items()):
        unknown = line.divided and n not in event.nets
        if n in known or unknown or line.kind in NOT_SPREAD or line.period_end > event.period.end:
            continue
        about = taxed.about(line)
        for part in spread(nets[n], line.period_start, line.period_end, event.currency):
            yield Posting(
                kind="accrual",
                debit="unbilled_revenue",
                credit="revenue",
                amount=part.amount,
                booked_on=min(max(part.last, event.period.start), event.period.end - _DAY),
                document_id=event.invoice_id,
                invoice_id=event.invoice_id,
                about=msgspec.structs.replace(about, earned_from=part.first, earned_to=part.last),
            )


def reversed_accruals(accrued: Sequence[Posting], document_id: str, on: date) -> Iterator[Posting]:
    """Takes back what drafts have accrued that will not be issued themselves."""
    for posting in accrued:
        yield turned(posting, kind="accrual_reversed", document_id=document_id, booked_on=max(on, posting.booked_on))


def accrued_by_line(accrued: Sequence[Posting]) -> Mapping[int, Decimal]:
    """What was accrued of each line of a draft, with its sign."""
    found: dict[int, Decimal] = {}
    for posting in accrued:
        amount = posting.amount if posting.debit == "unbilled_revenue" else EXACT.minus(posting.amount)
        n = posting.about.line_n or 0
        found[n] = EXACT.add(found.get(n, Decimal(0)), amount)
    return found


def less_allowances(nets: Mapping[int, Decimal], allowances: Sequence[Allowance], currency: str) -> dict[int, Decimal]:
    """The nets of lines less what discounts take off each: as the allowance says, else by net over its lines."""
    left = dict(nets)
    for allowance in allowances:
        for n, amount in _by_line(allowance, left, currency).items():
            left[n] = EXACT.subtract(left[n], amount)
    return left


def _by_line(allowance: Allowance, nets: Mapping[int, Decimal], currency: str) -> Mapping[int, Decimal]:
    if allowance.parts:
        return {part.n: part.net for part in allowance.parts if part.n in nets}
    found = [n for n in (allowance.lines or sorted(nets)) if n in nets and nets[n] > 0]
    if not found:
        return {}
    return dict(zip(found, shares(allowance.amount, [nets[n] for n in found], currency), strict=True))
