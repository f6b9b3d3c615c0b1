"""The file of an agency: what it is told of each debt since it was told last, a line for each invoice.

    movement,kind,moved_on,handover,account,name,currency,invoice,due_on,amount,reason,address,postal_code,city,region,…
    2/1842,handed_over,2026-11-04,h-1,acc-1,Ann Example,EUR,INV-000042,2026-10-15,36.04,,1 Main St,1000,Brussels,,BE
    2/1907,withdrawn,2026-11-20,h-1,acc-1,Ann Example,EUR,,,0.00,settled,1 Main St,1000,Brussels,,BE

`amount` is what is left to collect of the invoice from that movement on, so that the last one counts. A movement is
named by partition and place, the same in every file: what was read before is known again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from shared.kernel.customer import CustomerFields
from shared.kernel.money import format_amount

COLUMNS: Final = (
    *("movement", "kind", "moved_on", "handover", "account", "name", "currency", "invoice", "due_on", "amount"),
    *("reason", "address", "postal_code", "city", "region", "country"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Part(msgspec.Struct, frozen=True):
    invoice_id: str
    number: str
    due_on: date
    amount: Decimal


class Debtor(msgspec.Struct, frozen=True):
    """Whom it is collected from; of one that is unknown or erased nothing is said."""

    name: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


def debtor(name: str, details: str) -> Debtor:
    """As the vault has opened it.

    >>> debtor("Ann", '{"address": {"lines": ["1 Main St"], "postal_code": "10", "city": "Brussels", "country": "BE"}}')
    Debtor(name='Ann', address='1 Main St', postal_code='10', city='Brussels', region='', country='BE')
    >>> debtor("Ann", "erased").city
    ''
    """
    address = CustomerFields.from_text(details).address
    if address is None:
        return Debtor(name)
    lines, region = ", ".join(address.lines), address.region or ""
    return Debtor(name, lines, address.postal_code, address.city, region, address.country)


def render(movements: Sequence[Any], debtors: Sequence[Debtor]) -> bytes:
    """UTF-8 with CRLF, RFC 4180; `movements` are rows of `handover_movement_row`, `debtors` their customers."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for row, of in zip(movements, debtors, strict=True):
        parts: Sequence[Part | None] = msgspec.json.decode(row["parts"], type=list[Part]) or [None]
        for part in parts:
            lines.writerow([_safe(cell) for cell in _line(row, of, part)])
    return text.getvalue().encode()


def _line(row: Any, of: Debtor, part: Part | None) -> list[str]:
    currency = row["currency"]
    amount = format_amount(row["amount"] if part is None else part.amount, currency)
    invoice = ("", "") if part is None else (part.number, part.due_on.isoformat())
    said = (f"{row['partition']}/{row['seq']}", row["kind"], row["moved_on"].isoformat(), row["handover_id"])
    where = (of.address, of.postal_code, of.city, of.region, of.country)
    return [*said, row["account_id"], of.name, currency, *invoice, amount, row["reason"] or "", *where]


def _safe(cell: str) -> str:
    """A name that a spreadsheet would take for a formula is quoted as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
