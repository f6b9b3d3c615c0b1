"""Invoices as rows, each with its lines, for the API to read. One statement per kind of event and batch.

An invoice only moves forward (lines, draft, carried forward or lock, issue, credited, void), so a batch can be written
kind by kind in that order and ends in the same rows as one event at a time:

    inv-7   acc-1   draft    2026-09-01 to 2026-10-01   net 12.40                              version 2
    inv-7   acc-1   issued   2026-09-01 to 2026-10-01   net 12.40   total 14.88   INV-000042   version 4
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, Literal, TypeVar

import msgspec

from services.invoicing.credit_note.messages import CreditNoteLocked
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.invoice.divided_rows import DIVIDED, divided, nets
from services.invoicing.invoice.messages import (
    DEBIT_NOTE,
    INVOICE,
    AmountDueStated,
    DraftCarriedForward,
    DraftDisagreed,
    DraftLineAdded,
    DraftPassedOn,
    DraftReissued,
    DraftTaken,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
)
from services.invoicing.invoice.next_event import ADDED as _ADDED
from services.invoicing.invoice.next_event import NextEvent as _Next
from services.invoicing.invoice.next_event import next_event as _next
from services.invoicing.proof.columns import proof_column
from services.invoicing.taxes.contract import sum_of
from services.invoicing.void.messages import InvoiceVoidAsked, InvoiceVoided, InvoiceVoidRefused
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Statement, Tables, insert, update, upsert
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.period import Period

Status = Literal["draft", "locked", "issued", "void", "carried_forward", "passed_on", "credited"]


class InvoiceRow(Row, frozen=True, kw_only=True):
    """An invoice as far as it has come.

    `allowances` are provisional on a draft, whose `net` is that of its lines; afterwards `net` is less them.
    `agrees` is null while a draft takes lines, false where its lines and rating's announcement differ. Tax and total
    are null until it is locked, `amount_due` and `credit_applied` until payments has opened the receivable, `seller` in
    logs older than the note of it; `legal_entity` is who that is, if not the operator. `passed_to` is the account that
    pays, `passed_into` its invoice. `credited_by` are credit notes that give
    back what it was below zero. `replaces` is the invoice that it issues anew, `replaced_by` the other way round.
    `void_pending` while payments is asked whether anything was paid, `void_refused` is what was. One of kind
    `debit_note` `corrects` another, for a `reason`. `approval` is what was asked or said of the draft when its version
    was `approval_version`; `clearance` how far it is with a tax authority. `name` and `details` are sealed. `version`
    counts the events of the invoice but `AmountDueStated`, `seq` is the number of the last.
    """

    TABLE = "invoice_row"
    KEY = ("invoice_id",)

    invoice_id: str
    account_id: str
    currency: str
    status: Status
    agrees: bool | None = None
    period_start: date
    period_end: date
    net: Amount
    tax: Amount | None = None
    total: Amount | None = None
    tax_groups: Jsonb | None = None
    allowances: Jsonb | None = None
    number: str | None = None
    issued_on: date | None = None
    due_on: date | None = None
    cycle_id: str | None = None
    credit_applied: Amount | None = None
    amount_due: Amount | None = None
    name: str | None = None
    details: str | None = None
    seller: Jsonb | None = None
    legal_entity: str | None = None
    proof: Jsonb | None = None
    run_id: str | None = None
    demand_id: str | None = None
    carried_into: str | None = None
    passed_to: str | None = None
    passed_into: str | None = None
    credited_by: Jsonb | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    void_pending: bool = False
    void_refused: Amount | None = None
    void_reason: str | None = None
    voided_on: date | None = None
    issued_at: datetime | None = None
    kind: str = INVOICE
    corrects: str | None = None
    reason: str | None = None
    note: str = ""
    approval: str | None = None
    approval_version: int | None = None
    approval_asked_by: str | None = None
    approval_by: str | None = None
    approval_reason: str | None = None
    clearance: str = "none"
    clearance_authority: str | None = None
    clearance_reference: str | None = None
    clearance_reason: str | None = None
    clearance_at: datetime | None = None
    version: int
    seq: int


class InvoiceLineRow(Row, frozen=True, kw_only=True):
    """A line; without `charge_id` it was carried forward from an earlier draft."""

    TABLE = "invoice_line"
    KEY = ("invoice_id", "n")

    invoice_id: str
    n: int
    charge_id: str | None
    line: Jsonb


class CarriedTo(_Next, frozen=True, kw_only=True):
    """A draft has taken over an earlier one, whose `net` is added to its own."""

    net: Amount


class DraftComplete(_Next, frozen=True, kw_only=True):
    agrees: bool
    allowances: Jsonb | None


class DraftStopped(_Next, frozen=True, kw_only=True):
    """Of a draft of which not one line arrived there is no row yet."""

    account_id: str
    period_start: date
    period_end: date
    net: Amount


class CarriedFrom(_Next, frozen=True, kw_only=True):
    status: Status = "carried_forward"
    carried_into: str


class PassedTo(_Next, frozen=True, kw_only=True):
    status: Status = "passed_on"
    passed_to: str


class PassedInto(_Next, frozen=True, kw_only=True):
    version: int = 0
    passed_into: str


class LockedInvoice(_Next, frozen=True, kw_only=True):
    status: Status = "locked"
    net: Amount
    tax: Amount
    total: Amount
    tax_groups: Jsonb
    allowances: Jsonb | None
    run_id: str | None
    demand_id: str | None
    legal_entity: str | None


class IssuedInvoice(_Next, frozen=True, kw_only=True):
    status: Status = "issued"
    number: str
    issued_on: date
    due_on: date
    cycle_id: str
    name: str
    details: str | None
    seller: Jsonb | None
    proof: Jsonb | None
    issued_at: datetime


class AmountDue(_Next, frozen=True, kw_only=True):
    version: int = 0
    credit_applied: Amount
    amount_due: Amount


class CreditedInvoice(_Next, frozen=True, kw_only=True):
    """A credit note takes something off it, and `replaced_by` bills it anew; the last one that does counts."""

    replaced_by: str | None


class VoidPending(_Next, frozen=True, kw_only=True):
    void_pending: bool
    void_refused: Amount | None


class VoidInvoice(_Next, frozen=True, kw_only=True):
    status: Status = "void"
    void_pending: bool = False
    void_reason: str
    voided_on: date


L = TypeVar("L", InvoiceRow, CarriedTo)

_DRAFT_STOPPED: Final = """
insert into invoice_row as i (partition, invoice_id, account_id, currency, status, agrees, period_start, period_end,
                              net, void_pending, version, seq)
select $1::int, new.invoice_id, new.account_id, p.currency, 'draft', false, period_start, period_end, net, false,
       version, seq
  from unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::date[], $7::date[], $8::numeric[])
       as new (invoice_id, version, seq, account_id, period_start, period_end, net)
  join bill_profile p on p.partition = $1::int and p.account_id = new.account_id
on conflict (partition, invoice_id) do update
   set agrees = false, version = i.version + excluded.version, seq = greatest(i.seq, excluded.seq)
"""


def _credited(earlier: CreditedInvoice, later: CreditedInvoice) -> CreditedInvoice:
    replaced_by = later.replaced_by or earlier.replaced_by
    return msgspec.structs.replace(later, version=earlier.version + later.version, replaced_by=replaced_by)


def _together(earlier: L, later: L) -> L:
    net = EXACT.add(earlier.net, later.net)
    return msgspec.structs.replace(later, net=net, version=earlier.version + later.version)


_KEPT: Final = {name: f"t.{name}" for name in InvoiceRow.__struct_fields__ if name.startswith("approval")}
"""Columns that approval/rows.py writes: more lines of a draft leave them as they are."""
TABLES: Final = Tables(
    upsert(
        InvoiceRow,
        sets={"net": "t.net + excluded.net", "version": "t.version + excluded.version"} | _KEPT,
        merge=_together,
    ),
    update(CarriedTo, sets=_ADDED | {"net": "t.net + new.net"}, merge=_together),
    insert(InvoiceLineRow),
    _next(DraftComplete),
    *DIVIDED,
    Statement(DraftStopped, _DRAFT_STOPPED),
    _next(CarriedFrom),
    _next(PassedTo),
    _next(PassedInto),
    _next(LockedInvoice),
    _next(IssuedInvoice),
    _next(AmountDue),
    update(
        CreditedInvoice,
        sets=_ADDED | {"replaced_by": "coalesce(new.replaced_by, t.replaced_by)"},
        merge=_credited,
    ),
    _next(VoidPending),
    _next(VoidInvoice),
)


Shown = (
    DraftLineAdded
    | DraftCarriedForward
    | DraftPassedOn
    | DraftTaken
    | DraftReissued
    | DebitNoteDrafted
    | InvoiceDrafted
    | DraftDisagreed
    | InvoiceLocked
    | InvoiceIssued
    | AmountDueStated
    | CreditNoteLocked
    | InvoiceVoidAsked
    | InvoiceVoidRefused
    | InvoiceVoided
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, seq = applied.event, applied.envelope.seq
    match event:
        case DraftLineAdded(billing_period=period, line=line):
            yield _draft(event, period, seq, net=line.net)
            yield _line(event.invoice_id, line)
        case DraftCarriedForward():
            yield from _carried(event, seq)
        case DraftPassedOn():
            yield PassedTo.of(event, passed_to=event.payer_id, seq=seq)
        case DraftTaken():
            yield PassedInto.of(event, passed_into=event.into, seq=seq)
        case DraftReissued(period=period):
            first, end, replaces = period.start, period.end, event.replaces.id
            yield InvoiceRow.of(
                event, status="draft", period_start=first, period_end=end, replaces=replaces, version=1, seq=seq
            )
            yield from (_line(event.invoice_id, line) for line in event.lines)
        case DebitNoteDrafted():
            yield _debit_note(event, seq)
            yield from (_line(event.invoice_id, line) for line in event.lines)
        case InvoiceDrafted():
            yield DraftComplete.of(event, agrees=True, allowances=_allowances(event), version=1, seq=seq)
            yield from divided(event, seq)
        case DraftDisagreed():
            yield DraftStopped.of(event, period_start=event.period.start, period_end=event.period.end, seq=seq)
        case InvoiceLocked():
            groups, allowances = jsonb(event.tax_groups), _allowances(event)
            yield LockedInvoice.of(event, tax_groups=groups, allowances=allowances, seq=seq)
            yield from nets(event)
        case InvoiceIssued():
            yield _issued(event, applied.envelope)
        case AmountDueStated():
            yield AmountDue.of(event, seq=seq)
        case CreditNoteLocked() | InvoiceVoidAsked() | InvoiceVoidRefused() | InvoiceVoided():
            yield _corrected(event, seq)


def _carried(event: DraftCarriedForward, seq: int) -> Iterator[Columns]:
    yield CarriedFrom.of(event, carried_into=event.into, seq=seq)
    net = sum_of((line.net for line in event.lines), event.currency)
    yield CarriedTo(invoice_id=event.into, net=net, seq=seq)
    yield from (_line(event.into, line) for line in event.lines)


def _draft(event: DraftLineAdded | DraftReissued, period: Period, seq: int, **more: Any) -> InvoiceRow:
    first, end = period.start, period.end
    return InvoiceRow.of(event, status="draft", period_start=first, period_end=end, version=1, seq=seq, **more)


def _issued(event: InvoiceIssued, envelope: Envelope) -> IssuedInvoice:
    seller = None if event.seller is None else jsonb(event.seller)
    proof = proof_column(event.invoice_id, event)
    return IssuedInvoice.of(event, seller=seller, proof=proof, issued_at=envelope.recorded_at, seq=envelope.seq)


def _debit_note(event: DebitNoteDrafted, seq: int) -> InvoiceRow:
    return InvoiceRow.of(
        event,
        status="draft",
        kind=DEBIT_NOTE,
        corrects=event.corrects.id,
        tax_groups=None if event.total is None else jsonb(event.tax_groups),
        period_start=event.period.start,
        period_end=event.period.end,
        version=1,
        seq=seq,
    )


def _corrected(event: CreditNoteLocked | InvoiceVoidAsked | InvoiceVoidRefused | InvoiceVoided, seq: int) -> _Next:
    match event:
        case CreditNoteLocked():
            return CreditedInvoice.of(event, replaced_by=event.reissued_as, seq=seq)
        case InvoiceVoidAsked():
            return VoidPending.of(event, void_pending=True, void_refused=None, seq=seq)
        case InvoiceVoidRefused():
            return VoidPending.of(event, void_pending=False, void_refused=event.paid, seq=seq)
        case InvoiceVoided():
            return VoidInvoice.of(event, void_reason=event.reason, seq=seq)


def _allowances(event: InvoiceDrafted | InvoiceLocked) -> Jsonb | None:
    return jsonb(event.allowances) if event.allowances else None


def _line(invoice_id: str, line: InvoiceLine) -> InvoiceLineRow:
    return InvoiceLineRow(invoice_id=invoice_id, n=line.n, charge_id=line.charge_id or None, line=jsonb(line))
