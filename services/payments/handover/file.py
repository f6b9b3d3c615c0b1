"""The file of an agency: what it is told of each debt since it was told last, a line for each invoice.

    movement,kind,handover,account,name,currency,invoice,due_on,amount,reason
    2/1842,handed_over,handover-1,acc-1,Ann Example,EUR,INV-000042,2026-10-15,36.04,
    2/1907,withdrawn,handover-1,acc-1,Ann Example,EUR,,,0.00,settled

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

from shared.kernel.money import format_amount

COLUMNS: Final = (
    *("movement", "kind", "moved_on", "handover", "account", "name", "currency", "invoice", "due_on", "amount"),
    "reason",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Part(msgspec.Struct, frozen=True):
    invoice_id: str
    number: str
    due_on: date
    amount: Decimal


def render(movements: Sequence[Any], names: Sequence[str]) -> bytes:
    """UTF-8 with CRLF, RFC 4180; `movements` are rows of `handover_movement_row`, `names` those of their customers."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for row, name in zip(movements, names, strict=True):
        parts: Sequence[Part | None] = msgspec.json.decode(row["parts"], type=list[Part]) or [None]
        for part in parts:
            lines.writerow([_safe(cell) for cell in _line(row, name, part)])
    return text.getvalue().encode()


def _line(row: Any, name: str, part: Part | None) -> list[str]:
    currency = row["currency"]
    amount = format_amount(row["amount"] if part is None else part.amount, currency)
    invoice = ("", "") if part is None else (part.number, part.due_on.isoformat())
    said = (f"{row['partition']}/{row['seq']}", row["kind"], row["moved_on"].isoformat(), row["handover_id"])
    return [*said, row["account_id"], name, currency, *invoice, amount, row["reason"] or ""]


def _safe(cell: str) -> str:
    """A name that a spreadsheet would take for a formula is quoted as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
