"""The list of invoices and its sums, written anew for the invoices that a batch has touched.

inv-7   acc-1   issued   partially_paid   INV-000042   2026-10-01   total 14.88   paid 10.00   due 4.88
EUR/issued/partially_paid/invoice/monthly/UTC/20261001/20261015   3 invoices   total 44.64   paid 20.00   due 24.64

A row says what `invoice_view` says, which joins tables of three topics, so it has three writers: of one partition they
take turns by a lock, and whoever writes last has seen what the others wrote. So nobody looks for invoices before it has
the lock. What is in the end is a function of the tables that are joined, whoever came first. The sums lose
what the rows were and gain what they are, in one statement; a line of no invoices is dropped, so that a rebuild gives
the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from services.invoicing.approval.messages import ApprovalAsked, InvoiceApproved, InvoiceRejected
from services.invoicing.clearance.messages import ClearanceAwaited, ClearanceReported
from services.invoicing.debit_note.messages import DebitNoteDrafted
from services.invoicing.delivery.messages import (
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPrinted,
    DeliveryStarted,
)
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftPassedOn,
    DraftReissued,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLocked,
)
from services.invoicing.void.messages import InvoiceVoided
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from services.rating.account.messages import AccountCycleChanged, AccountOpened
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Row
from shared.engine.service import Applied


class InvoiceListRow(Row, frozen=True, kw_only=True):
    """What the list sorts and filters by; the other columns are those of the document."""

    TABLE = "invoice_list"
    KEY = ("invoice_id",)

    invoice_id: str
    account_id: str
    status: str
    payment_status: str
    kind: str
    approval: str | None
    clearance: str
    legal_entity: str | None
    delivery_status: str | None
    number: str | None
    currency: str
    run_id: str | None
    cycle_id: str | None
    time_zone: str
    period_start: date
    issued_on: date | None
    due_on: date | None
    net: Amount
    total: Amount
    paid: Amount
    credited: Amount
    due: Amount


class InvoiceSumRow(Row, frozen=True, kw_only=True):
    """How many `invoices` are alike in the columns before that, which `alike` writes as one text, and their sums."""

    TABLE = "invoice_sum"
    KEY = ("alike",)

    alike: str
    currency: str
    status: str
    payment_status: str
    kind: str
    cycle_id: str | None
    time_zone: str
    issued_on: date | None
    due_on: date | None
    invoices: int
    net: Amount
    total: Amount
    paid: Amount
    credited: Amount
    due: Amount


_TOUCHING: Final[tuple[type[Any], ...]] = (
    *(InvoiceDrafted, DebitNoteDrafted, DraftReissued, DraftPassedOn, DraftCarriedForward, DraftCredited),
    *(InvoiceLocked, InvoiceIssued, InvoiceVoided),
    *(ApprovalAsked, InvoiceApproved, InvoiceRejected, ClearanceAwaited, ClearanceReported),
    *(ReceivableOpened, PaymentAllocated, CreditNoteTaken, CreditAllocated, ReceivableWithdrawn),
    *(PaymentDeallocated, ReceivableWrittenOff, WriteOffRecovered),
)
"""Events that change what the list says of their invoice."""
_SENDING: Final[tuple[type[Any], ...]] = (
    *(DeliveryAsked, DeliveryStarted, DeliveryEnded, DeliveryPrinted, DeliveryCancelled, DeliveryBounced),
)
"""And those of its deliveries, which name a document: of a credit note's there is no row to write."""

_LIST: Final = InvoiceListRow.__struct_fields__
_ALIKE: Final = ("currency", "status", "payment_status", "kind", "cycle_id", "time_zone", "issued_on", "due_on")
_SUMS: Final = ("net", "total", "paid", "credited", "due")


def _columns(names: Iterable[str], table: str = "") -> str:
    return ", ".join(f"{table}{name}" for name in names)


_DAY: Final = "coalesce(to_char({0}, 'YYYYMMDD'), '-')"
_KEY: Final = (
    "concat_ws('/', currency, status, payment_status, kind, coalesce(cycle_id, ''), time_zone, "
    f"{_DAY.format('issued_on')}, {_DAY.format('due_on')})"
)

_LOCK: Final = "select pg_advisory_xact_lock(hashtext(current_schema() || '.invoice_list'), $1::int)"
_WRITE: Final = f"""
with now_so as materialized (
       select {_columns(_LIST)} from invoice_view where partition = $1::int and invoice_id = any($2::text[])),
     before as materialized (
       select {_columns(_LIST)} from invoice_list where partition = $1::int and invoice_id = any($2::text[])),
     moved as (
       select {_columns(_ALIKE)}, 1 as invoices, {_columns(_SUMS)} from now_so
        union all
       select {_columns(_ALIKE)}, -1, {_columns(f"-{name}" for name in _SUMS)} from before),
     changed as (
       select {_KEY} as alike, {_columns(_ALIKE)}, sum(invoices) as invoices,
              {", ".join(f"sum({name}) as {name}" for name in _SUMS)}
         from moved group by {_columns(_ALIKE)}),
     listed as (
       insert into invoice_list as t (partition, {_columns(_LIST)}) select $1::int, {_columns(_LIST)} from now_so
           on conflict (partition, invoice_id) do update
          set {", ".join(f"{name} = excluded.{name}" for name in _LIST if name != "invoice_id")})
insert into invoice_sum as t (partition, alike, {_columns(_ALIKE)}, invoices, {_columns(_SUMS)})
select $1::int, alike, {_columns(_ALIKE)}, invoices, {", ".join(f"trim_scale({name})" for name in _SUMS)}
  from changed where invoices <> 0 or {" or ".join(f"{name} <> 0" for name in _SUMS)}
    on conflict (partition, alike) do update
   set invoices = t.invoices + excluded.invoices,
       {", ".join(f"{name} = trim_scale(t.{name} + excluded.{name})" for name in _SUMS)}
"""
_DROP: Final = "delete from invoice_sum where partition = $1::int and invoices = 0"


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """The rows of the batch's invoices, once documents and receivables are written."""
    touched = list(dict.fromkeys(_touched(batch)))
    if touched:
        await write_anew(connection, partition, touched)


async def write_anew(connection: Connection, partition: int, invoice_ids: Sequence[str]) -> None:
    """The rows of these invoices of the partition, as the tables say that are joined; inside a transaction."""
    await _wait_for_turn(connection, partition)
    await connection.execute(_WRITE, partition, invoice_ids)
    await connection.execute(_DROP, partition)


async def project_accounts(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Likewise of accounts that have another calendar, or are opened: a rebuild may read that behind their invoices."""
    accounts = {event.account_id for event, _, _ in batch if isinstance(event, AccountOpened | AccountCycleChanged)}
    if not accounts:
        return
    await _wait_for_turn(connection, partition)
    rows = await connection.fetch(_OF_ACCOUNTS, partition, sorted(accounts))
    if rows:
        await write_anew(connection, partition, [row["invoice_id"] for row in rows])


async def _wait_for_turn(connection: Connection, partition: int) -> None:
    """Hold the partition's lock until the transaction ends. Statements from here on see what its last holder wrote."""
    await connection.execute(_LOCK, partition)


_OF_ACCOUNTS: Final = """
select invoice_id from invoice_row where partition = $1::int and account_id = any($2::text[]) order by invoice_id
"""


def _touched(batch: Sequence[Applied]) -> Iterator[str]:
    for event, _, _ in batch:
        if isinstance(event, _TOUCHING):
            yield event.invoice_id
        elif isinstance(event, _SENDING):
            yield event.document.id
