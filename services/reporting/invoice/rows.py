"""Invoices as documents: drafted, locked, issued, with their lines. What has been paid is payments' side of the view.

inv-7   acc-1   issued   INV-000042   2026-10-01   due 2026-10-15   net 12.40   tax 2.48   total 14.88   version 3
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

from msgspec.structs import replace

from services.invoicing.credit_note.messages import CreditNoteLocked
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import (
    DEBIT_NOTE,
    INVOICE,
    DraftCarriedForward,
    DraftLineAdded,
    DraftPassedOn,
    DraftReissued,
    DraftTaken,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
    TaxGroup,
)
from services.invoicing.void.messages import InvoiceVoidAsked, InvoiceVoided, InvoiceVoidRefused
from services.reporting.invoice import checks, divided_lines, profiles
from services.reporting.invoiced.region import region_of
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Statement, Tables, insert, update, upsert

Status = Literal["draft", "locked", "issued", "void", "carried_forward", "passed_on", "credited"]


class InvoiceKey(Columns, frozen=True, kw_only=True):
    """Which row of `invoice_row`."""

    TABLE = "invoice_row"
    KEY = ("invoice_id",)

    invoice_id: str


class InvoiceRow(InvoiceKey, Row, frozen=True, kw_only=True):
    """The document. Until it is locked, `tax` and `total` are `provisional`; `version` counts its events.

    One that is `passed_on` is paid by the account `passed_to`: its lines are on `passed_into`, which is taxed. One that
    was credited in full and issued anew is `replaced_by` another, which `replaces` it. One of kind `debit_note`
    `corrects` another. `legal_entity` issues it, or the operator. `approval` holds while `version` is
    `approval_version`; checks.py writes it, and `clearance`.
    """

    number: str | None = None
    account_id: str
    cycle_id: str | None = None
    run_id: str | None = None
    status: Status = "draft"
    carried_into: str | None = None
    passed_to: str | None = None
    passed_into: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    void_reason: str | None = None
    voided_on: date | None = None
    issued_on: date | None = None
    due_on: date | None = None
    period_start: date
    period_end: date
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    provisional: bool = True
    tax_groups: Jsonb
    allowances: Jsonb = jsonb([])
    version: int
    drafted_at: datetime
    kind: str = INVOICE
    corrects: str | None = None
    reason: str | None = None
    legal_entity: str | None = None
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
    locked_at: datetime | None = None
    region: str | None = None


class InvoiceLineRow(Row, frozen=True, kw_only=True):
    TABLE = "invoice_line_row"
    KEY = ("invoice_id", "n")

    invoice_id: str
    n: int
    description: str
    kind: str
    charge_id: str | None
    subscription_id: str | None
    plan_id: str | None
    plan_version: int | None
    carried_from: str | None
    account_id: str | None
    meter: str | None
    unit: str | None
    quantity: Decimal | None
    records: int
    period_start: date
    period_end: date
    net: Amount
    gross: Amount | None
    added_at: datetime


class Advanced(InvoiceKey, Change, frozen=True, kw_only=True):
    """What an event changes of a document; `version` is how many did."""

    status: Status
    version: int = 1


class Carried(Advanced, frozen=True, kw_only=True):
    status: Status = "carried_forward"
    carried_into: str


class GivenBack(Advanced, frozen=True, kw_only=True):
    """A draft below zero whose amount credit notes give back."""

    status: Status = "credited"


class Taken(InvoiceKey, Change, frozen=True, kw_only=True):
    passed_into: str


class Locked(Advanced, frozen=True, kw_only=True):
    status: Status = "locked"
    net: Amount
    tax: Amount
    total: Amount
    tax_groups: Jsonb
    allowances: Jsonb
    run_id: str | None
    legal_entity: str | None
    locked_at: datetime
    provisional: bool = False


class Issued(Locked, frozen=True, kw_only=True):
    status: Status = "issued"
    number: str
    issued_on: date
    due_on: date
    cycle_id: str | None
    region: str


class Corrected(InvoiceKey, Change, frozen=True, kw_only=True):
    """A credit note takes something off it; or it was to be void, and is not yet or not at all."""

    replaced_by: str | None = None
    version: int = 1


class Voided(Advanced, frozen=True, kw_only=True):
    status: Status = "void"
    void_reason: str
    voided_on: date


A = TypeVar("A", bound=Advanced)


def _advance(change: type[A]) -> Statement[A]:
    return update(change, sets={"version": "t.version + new.version"}, merge=_both)


def _both(earlier: A, later: A) -> A:
    return replace(later, version=earlier.version + later.version)


def _again(earlier: InvoiceRow, later: InvoiceRow) -> InvoiceRow:
    """A draft is complete once more with each account whose charges it takes; what it replaces was told before."""
    return replace(later, drafted_at=earlier.drafted_at, replaces=earlier.replaces)


def _twice(earlier: Corrected, later: Corrected) -> Corrected:
    replaced_by = later.replaced_by or earlier.replaced_by
    return replace(later, version=earlier.version + later.version, replaced_by=replaced_by)


KEPT: Final = {name: f"t.{name}" for name in InvoiceRow.__struct_fields__ if name.startswith("approval")}
# A document goes through these in this order only, so kind by kind is event by event. The lines of an issued invoice
# are those of its draft; the event says them again for readers outside.
TABLES: Final = Tables(
    insert(InvoiceLineRow, known="kept"),
    *divided_lines.OF_LINES,
    upsert(InvoiceRow, sets={"drafted_at": "t.drafted_at", "replaces": "t.replaces"} | KEPT, merge=_again),
    *checks.OF_DRAFTS,
    _advance(Carried),
    _advance(GivenBack),
    update(Taken),
    _advance(Locked),
    _advance(Issued),
    update(
        Corrected,
        sets={"version": "t.version + new.version", "replaced_by": "coalesce(new.replaced_by, t.replaced_by)"},
        merge=_twice,
    ),
    _advance(Voided),
    *checks.OF_ISSUED,
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await profiles.TABLES.write(connection, partition, profiles.rows(batch))
    rates = await _rates(connection, partition, [event for event, _, _ in batch if isinstance(event, InvoiceDrafted)])
    await TABLES.write(connection, partition, _rows(batch, rates))


async def _rates(connection: Connection, partition: int, drafts: Iterable[InvoiceDrafted]) -> Mapping[str, Decimal]:
    """The accounts' rates, for drafts from before the event said what invoicing forecasts."""
    older = [event.account_id for event in drafts if event.tax is None]
    rows = await connection.fetch(_RATES, partition, older) if older else []
    return {row["account_id"]: Decimal(row["tax_rate"]) for row in rows}


_RATES: Final = """
select account_id, tax_rate from bill_profile_row
 where partition = $1 and account_id = any($2::text[]) and tax_rate is not null
"""


def _rows(batch: Sequence[Applied], rates: Mapping[str, Decimal]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        match event:
            case DraftLineAdded():
                yield _line(event.invoice_id, event.line, envelope.recorded_at)
            case DraftCarriedForward():
                yield from (_line(event.into, line, envelope.recorded_at) for line in event.lines)
                yield Carried.of(event, carried_into=event.into)
            case DraftCredited():
                yield GivenBack.of(event)
            case DraftPassedOn():
                yield _passed_on(event, envelope.recorded_at)
            case DraftTaken():
                yield Taken.of(event, passed_into=event.into)
            case DraftReissued():
                yield from (_line(event.invoice_id, line, envelope.recorded_at) for line in event.lines)
                yield _reissued(event, envelope.recorded_at)
            case DebitNoteDrafted():
                yield from (_line(event.invoice_id, line, envelope.recorded_at) for line in event.lines)
                yield _debited(event, envelope.recorded_at)
            case InvoiceDrafted():
                yield _drafted(event, envelope.recorded_at, rates.get(event.account_id))
                yield from divided_lines.rows(event)
            case InvoiceLocked():
                yield Locked.of(event, **_fixed(event, envelope.recorded_at))
                yield from divided_lines.rows(event)
            case InvoiceIssued():
                yield from (_line(event.invoice_id, line, envelope.recorded_at) for line in event.lines)
                yield Issued.of(event, **_fixed(event, envelope.recorded_at), region=region_of(event.tax_groups))
            case CreditNoteLocked():
                yield Corrected(invoice_id=event.invoice_id, replaced_by=event.reissued_as)
            case InvoiceVoidAsked() | InvoiceVoidRefused():
                yield Corrected(invoice_id=event.invoice_id)
            case InvoiceVoided():
                yield Voided.of(event, void_reason=event.reason)
            case _:
                yield from checks.rows(event)


def _drafted(event: InvoiceDrafted, at: datetime, rate: Decimal | None) -> InvoiceRow:
    """The version of a draft counts its events, as invoicing does for `If-Match`."""
    tax, total = event.forecast(rate)
    return InvoiceRow.of(
        event,
        period_start=event.period.start,
        period_end=event.period.end,
        tax=tax,
        total=total,
        tax_groups=_groups([]),
        allowances=jsonb(event.allowances),
        version=event.lines + 1 if event.version is None else event.version,
        drafted_at=at,
    )


def _reissued(event: DraftReissued, at: datetime) -> InvoiceRow:
    """`InvoiceDrafted` follows, with its tax."""
    return InvoiceRow.of(
        event,
        replaces=event.replaces.id,
        period_start=event.period.start,
        period_end=event.period.end,
        tax=Decimal(0),
        total=event.net,
        tax_groups=_groups([]),
        version=1,
        drafted_at=at,
    )


def _debited(event: DebitNoteDrafted, at: datetime) -> InvoiceRow:
    """`InvoiceLocked` follows, at once or when it is approved."""
    return InvoiceRow.of(
        event,
        kind=DEBIT_NOTE,
        corrects=event.corrects.id,
        period_start=event.period.start,
        period_end=event.period.end,
        tax=event.tax or Decimal(0),
        total=event.net if event.total is None else event.total,
        tax_groups=_groups([]),
        version=1,
        drafted_at=at,
    )


def _passed_on(event: DraftPassedOn, at: datetime) -> InvoiceRow:
    """It has no tax: the payer's invoice has."""
    return InvoiceRow.of(
        event,
        status="passed_on",
        passed_to=event.payer_id,
        period_start=event.period.start,
        period_end=event.period.end,
        tax=Decimal(0),
        total=event.net,
        tax_groups=_groups([]),
        version=len(event.lines) + 1,
        drafted_at=at,
    )


def _line(invoice_id: str, line: InvoiceLine, at: datetime) -> InvoiceLineRow:
    return InvoiceLineRow.of(
        line,
        invoice_id=invoice_id,
        added_at=at,
        charge_id=line.charge_id or None,
        subscription_id=line.subscription_id or None,
        plan_id=line.plan_id or None,
        plan_version=line.plan_version or None,
        period_start=line.period.start,
        period_end=line.period.end,
    )


def _fixed(event: InvoiceLocked | InvoiceIssued, at: datetime) -> dict[str, Any]:
    """What locking fixes, in both events; `at` counts while the invoice waits for its number."""
    return {"tax_groups": _groups(event.tax_groups), "allowances": jsonb(event.allowances), "locked_at": at}


def _groups(groups: Iterable[TaxGroup]) -> Jsonb:
    """As the API shows them; what a document calls a group is for the document."""
    shown = ("category", "rate", "base", "tax")
    return jsonb([{name: getattr(group, name) for name in shown} for group in groups])
