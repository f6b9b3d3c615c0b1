"""An invoice at a moment: as it was known at an instant of our log, and by what had come in on a business date.

    GET /v1/invoices/inv-7?known_at=2026-10-09T12:00:00Z       what this page said then
    GET /v1/invoices/inv-7?as_of=2026-10-31                    what was open on that day, by the dates of the money

The document never changes once it is issued, so what differs is its state, and what had been paid. States are those of
the audit trail; money is of the rows that say on which day it counts and when it was recorded. A payment of 7 October
that was entered on the 20th is known since the 20th and counts as of the 7th.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec

from services.invoicing.invoice.messages import InvoiceDrafted
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.credit_note.queries import of_invoice, paid_of_credit
from services.reporting.invoice.checks_then import APPROVALS, CLEARANCES, checks_then
from shared.engine.postgres import Connection
from shared.http.moments import Moment, not_known_then
from shared.http.money import money
from shared.kernel.calendar import local_date
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection

_STATES: Final = {
    "InvoiceDrafted": "draft",
    "DraftReissued": "draft",
    "DraftCarriedForward": "carried_forward",
    "DraftPassedOn": "passed_on",
    "DraftCredited": "credited",
    "InvoiceLocked": "locked",
    "InvoiceIssued": "issued",
    "InvoiceVoided": "void",
}
_CORRECTIONS: Final = ("CreditNoteLocked", "InvoiceVoidAsked", "InvoiceVoidRefused")
_ADVANCES: Final = frozenset({*_STATES, *_CORRECTIONS, *APPROVALS, *CLEARANCES}) - {"InvoiceDrafted", "DraftReissued"}
"""Events that are one version each; how many a draft has is in the event of the draft."""

_LIFE: Final = """
select split_part(type, '.', 2) as name, aggregate_id, recorded_at, topic, partition, log_offset
  from audit_event
 where topic = 'invoicing.events' and invoice_id = $1 and split_part(type, '.', 2) = any($2::text[])
 order by seq
"""
_PAID: Final = """
select payment_id, currency, received_on, sum(amount) as amount from allocation_view
 where partition = $1 and invoice_id = $2 {until}
 group by payment_id, currency, received_on having sum(amount) > 0 order by min(seq)
"""
PAID_OF_PAYMENTS: Final = _PAID.format(until="")
"""What each payment pays of an invoice, without what was taken back."""
_ALLOCATIONS: Final = _PAID.format(until="and effective_on <= $3 and recorded_at <= $4")
_WRITE_OFFS: Final = """
select amount, rounding from write_off_row
 where partition = $1 and invoice_id = $2 and counts_on <= $3 and recorded_at <= $4
"""
_CREDITS: Final = """
select l.credit_note_id, l.amount, l.currency, c.number, c.granted
  from credit_allocation_row l
  join credit_row c on c.partition = l.partition and c.credit_note_id = l.credit_note_id
  join receivable_row r on r.partition = l.partition and r.invoice_id = l.invoice_id
 where l.partition = $1 and l.invoice_id = $2 and greatest(c.issued_on, r.issued_on) <= $3 and l.recorded_at <= $4
 order by l.seq
"""
_CREDIT_NOTES: Final = """
select n.*, case when c.recorded_at <= $4 then c.applied end as applied
  from credit_note_row n
  left join credit_row c on c.partition = n.partition and c.credit_note_id = n.credit_note_id
 where n.partition = $1 and n.invoice_id = $2 and n.issued_on <= $3 and n.issued_at <= $4
 order by n.issued_on, n.number
"""
_REISSUED: Final = """
select 1 from audit_event
 where invoice_id = $1 and split_part(type, '.', 2) = 'DraftReissued' and recorded_at <= $2
"""
NOT_NOW: Final = "this is the invoice as it was at an earlier moment"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The row of an invoice as it was, with what had been paid of it."""

    row: dict[str, Any]
    allocations: Sequence[asyncpg.Record]
    credits: Sequence[asyncpg.Record]
    notes: Sequence[asyncpg.Record]
    write_offs: Sequence[asyncpg.Record]

    def told(self) -> dict[str, Any]:
        """What the detail shows of the money."""
        return {
            "credit_notes": [of_invoice(note) for note in self.notes],
            "credits": [paid_of_credit(credit) for credit in self.credits],
            "payments": [
                {
                    "payment_id": paid["payment_id"],
                    "amount": money(paid["amount"], paid["currency"]),
                    "received_on": paid["received_on"],
                }
                for paid in self.allocations
            ],
        }


async def known(connection: Connection, payloads: Payloads, row: asyncpg.Record, asked: Moment) -> Known:
    """An invoice that is there now, at the moment asked for.

    Raises `Rejection`: `not_known_then` (404) where its draft came later, `not_issued_then` (409) where nothing was
    claimed on the day.
    """
    invoice_id = row["invoice_id"]
    life = await connection.fetch(_LIFE, invoice_id, [*_STATES, *_CORRECTIONS, *APPROVALS, *CLEARANCES])
    so_far = [event for event in life if event["recorded_at"] <= asked.instant]
    states = [event for event in so_far if event["name"] in _STATES]
    if not states:
        raise not_known_then(f"invoice {invoice_id}", life[0]["recorded_at"] if life else row["drafted_at"])
    state = _on_day(row, states, asked)
    was = {**row, **_document(row, life, so_far, state)}
    if row["replaced_by"] and not await connection.fetchval(_REISSUED, row["replaced_by"], asked.instant):
        was["replaced_by"] = None
    if state == "draft":
        was |= await _drafted(payloads, states, row, is_last=len(so_far) == len(life))
    was |= await checks_then(payloads, so_far, state) | _sent(row, asked)
    where = row["partition"], invoice_id, asked.day, asked.instant
    found = Known(
        row=was,
        allocations=await connection.fetch(_ALLOCATIONS, *where),
        credits=await connection.fetch(_CREDITS, *where),
        notes=await connection.fetch(_CREDIT_NOTES, *where),
        write_offs=await connection.fetch(_WRITE_OFFS, *where),
    )
    was |= _money(found, state, _day_of(row, asked))
    return found


async def known_or_none(connection: Connection, payloads: Payloads, row: asyncpg.Record, asked: Moment) -> Known | None:
    """Likewise; `None` where it was not there, or claimed nothing."""
    try:
        return await known(connection, payloads, row, asked)
    except Rejection:
        return None


def _on_day(row: asyncpg.Record, states: Sequence[asyncpg.Record], asked: Moment) -> str:
    """The state: by knowledge, then by the day."""
    state = _STATES[states[-1]["name"]]
    if asked.as_of is None:
        return state
    if state not in ("issued", "void"):
        detail = f"invoice {row['invoice_id']} is known as {state.replace('_', ' ')}: nothing was claimed on any day"
        raise Rejection("not_issued_then", detail, pointer="/as_of", status=409)
    if row["issued_on"] > asked.as_of:
        detail = f"{row['number']} is of {row['issued_on']}: on {asked.as_of} it claimed nothing"
        raise Rejection("not_issued_then", detail, pointer="/as_of", status=409)
    return "issued" if state == "void" and row["voided_on"] > asked.as_of else state


def _document(
    row: asyncpg.Record, life: Sequence[asyncpg.Record], so_far: Sequence[asyncpg.Record], state: str
) -> dict[str, Any]:
    """The document in that state; what came later is taken off."""
    later = [event for event in life[len(so_far) :] if event["name"] in _ADVANCES]
    was: dict[str, Any] = {"status": state, "version": row["version"] - len(later)}
    if state not in ("issued", "void"):
        was |= dict.fromkeys(("number", "issued_on", "due_on"))
    if state in ("draft", "carried_forward", "passed_on", "credited"):
        was |= dict.fromkeys(("run_id", "legal_entity"))
    if state != "void":
        was |= dict.fromkeys(("void_reason", "voided_on"))
    if state != "carried_forward":
        was["carried_into"] = None
    if state != "passed_on":
        was |= dict.fromkeys(("passed_to", "passed_into"))
    return was


async def _drafted(
    payloads: Payloads, states: Sequence[asyncpg.Record], row: asyncpg.Record, *, is_last: bool
) -> dict[str, Any]:
    """What the draft came to: of a draft that is one now its row says it, else the log."""
    last = states[-1]
    if is_last or last["name"] != "InvoiceDrafted":
        return {"provisional": True}
    place = LogOffset(last["topic"], last["partition"], last["log_offset"])
    draft = msgspec.convert((await payloads.read([place]))[place], InvoiceDrafted, strict=False)
    tax, total = (draft.tax, draft.total) if draft.tax is not None else (row["tax"], row["total"])
    return {
        "net": draft.net,
        "tax": tax,
        "total": total,
        "tax_groups": "[]",
        "allowances": msgspec.json.encode(draft.allowances).decode(),
        "provisional": True,
        "version": draft.lines + 1 if draft.version is None else draft.version,
    }


def _sent(row: asyncpg.Record, asked: Moment) -> dict[str, Any]:
    """Whether it had gone out; how a delivery stood in between, rows don't say."""
    sent = row["sent_at"] if row["sent_at"] and row["sent_at"] <= asked.instant else None
    return {"sent_at": sent, "delivery_status": None if asked.known_at else row["delivery_status"]}


def _day_of(row: asyncpg.Record, asked: Moment) -> date:
    """Days overdue are counted to this one."""
    return asked.as_of or local_date(asked.instant, row["time_zone"])


def _money(found: Known, state: str, day: date) -> dict[str, Any]:
    """What was paid, credited and due."""
    total = found.row["total"]
    zero = Decimal(0)
    if state != "issued":
        nothing = dict.fromkeys(("paid", "credited", "written_off", "due"), zero)
        return {**nothing, "payment_status": "unpaid", "days_overdue": 0}
    paid = _sum([*(row["amount"] for row in found.allocations), *(row["amount"] for row in found.credits)])
    rounded = [row["amount"] for row in found.write_offs if row["rounding"]]
    credited = _sum([*(note["applied"] or zero for note in found.notes), *rounded])
    lost = _sum([row["amount"] for row in found.write_offs if not row["rounding"]])
    due = EXACT.subtract(total, _sum([paid, credited, lost]))
    settled = "written_off" if lost else "paid"
    status = settled if not due else "partially_paid" if paid else "unpaid"
    late = max(0, (day - found.row["due_on"]).days) if due > 0 else 0
    amounts = {"paid": paid, "credited": credited, "written_off": lost, "due": due}
    return {**amounts, "payment_status": status, "days_overdue": late}


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


def actions_then(actions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Nothing can be done to what was."""
    return [{**action, "allowed": False, "reason": NOT_NOW} for action in actions]
