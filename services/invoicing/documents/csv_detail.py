"""Every line with its terms, and its usage by day where that is known, as CSV (RFC 4180, UTF-8): a row each.

    GET /v1/invoices/inv-7/csv
    document,row,line,description,...,start,end,unit,quantity,unit_price,unit_size,amount,currency
    INV-000042,line,2,Data beyond the allowance,...,2026-09-01,2026-10-01,octets,350000000000,,,1115.50,EUR
    INV-000042,step,2,included,...,100000000000,,,0,EUR
    INV-000042,day,2,,...,2026-09-01,2026-09-02,octets,9000000000,,,,EUR

    INV-000042,allowance,,Welcome 10 %,...,-115.54,EUR

`amount` of rows `line` and `allowance` adds up to the net amount; that of `step` is before rounding. `end` is the day
after the last.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any, Final

from services.invoicing.documents.contract import InvoiceContents, Output, days_of
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.invoice.messages import Allowance, InvoiceLine
from shared.kernel.decimals import format_decimal

COLUMNS: Final = (
    *("document", "row", "line", "description", "kind", "account_id", "subscription_id", "plan_id", "plan_version"),
    *("meter", "start", "end", "unit", "quantity", "unit_price", "unit_size", "flat_fee", "amount", "currency"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a text."""
_TEXTS: Final = ("document", "description", "account_id", "subscription_id", "plan_id", "meter", "unit")


def render(contents: InvoiceContents) -> bytes:
    """The rows, after one of names."""
    text = StringIO(newline="")
    written = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    written.writeheader()
    for line in contents.lines:
        for row in _rows(line, contents):
            written.writerow({name: _safe(name, value) for name, value in row.items()})
    for allowance in contents.allowances:
        row = _allowance(allowance, contents)
        written.writerow({name: _safe(name, value) for name, value in row.items()})
    return text.getvalue().encode()


def _rows(line: InvoiceLine, contents: InvoiceContents) -> Iterator[dict[str, Any]]:
    same = {
        "document": contents.number,
        "line": line.n,
        "kind": line.kind,
        "account_id": line.account_id or contents.account_id,
        "subscription_id": line.subscription_id,
        "plan_id": line.plan_id,
        "plan_version": line.plan_version or "",
        "meter": line.meter or "",
        "start": line.period.start,
        "end": line.period.end,
        "unit": line.unit or "",
        "currency": contents.currency,
    }
    quantity = "" if line.quantity is None else format_decimal(line.quantity)
    yield same | {"row": "line", "description": line.description, "quantity": quantity, "amount": f"{line.net:f}"}
    for step in line.steps:
        told = {
            name: getattr(step, name) or "" for name in ("quantity", "unit_price", "unit_size", "flat_fee", "amount")
        }
        yield same | {"row": "step", "description": step.label or step.tier} | told
    for day in days_of(line):
        when = {"start": day.day, "end": day.day + timedelta(days=1)}
        yield same | {"row": "day", "quantity": format_decimal(day.quantity)} | when


def _allowance(one: Allowance, contents: InvoiceContents) -> dict[str, Any]:
    return {
        "document": contents.number,
        "row": "allowance",
        "description": one.reason,
        "kind": one.code,
        "account_id": contents.account_id,
        "start": one.period.start,
        "end": one.period.end,
        "amount": f"{-one.amount:f}",
        "currency": contents.currency,
    }


def _safe(name: str, value: Any) -> Any:
    """Words that begin as a formula does have an apostrophe before them; numbers stay as they are."""
    return f"'{value}" if name in _TEXTS and str(value).startswith(_FORMULA) else value


OUTPUT: Final = Output(name="csv", media_type="text/csv", render=render, examples=EXAMPLES)
