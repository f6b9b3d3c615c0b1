"""What stands behind a line beside its price: its part of the taxes, where it comes from, and what was credited of it.

explained["taxes"][0]     # 20 % of 12.40, of which 2.48 is of this line; domestic, by version 3 of rate be-btw
explained["origin"]       # {"kind": "taken", "account_id": "acc-2", ...}: this account pays for acc-2
explained["credits"]      # [{"credit_note_id": "cn-1", "number": "CN-000007", "net": {...}}]
"""

from __future__ import annotations

import decimal
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
import msgspec
from pydantic import BaseModel

from services.invoicing.invoice.messages import Allowance, InvoiceLine, TaxGroup
from services.invoicing.invoice.taxes_api import InvoiceTaxShape, tax_shape
from services.invoicing.spreading import after
from shared.http.api import Api
from shared.http.money import money
from shared.kernel.decimals import EXACT, format_decimal
from shared.kernel.money import MoneyBody

_PARTS: Final = decimal.Context(prec=120, rounding=decimal.ROUND_HALF_UP)
_CREDITED: Final = """
select n.credit_note_id, n.number, n.status, n.currency, l.place, (l.line ->> 'net')::numeric as net
  from credit_note_line l join credit_note_row n using (partition, credit_note_id)
 where n.invoice_id = $1 and l.invoice_line = $2 order by n.issued_on nulls last, n.credit_note_id, l.place limit 200
"""
_CARRIED: Final = "select invoice_id, account_id, currency, net, status from invoice_row where invoice_id = $1"
_PASSED_ON: Final = """
select i.invoice_id, i.account_id, i.currency, i.net, i.status
  from invoice_line l join invoice_row i using (partition, invoice_id)
 where l.charge_id = $1 and i.account_id = $2 and i.status = 'passed_on' limit 1
"""


class LineTaxShape(InvoiceTaxShape):
    """A tax of the whole document that is taken of this line, too.

    The tax is computed and rounded on the document (R39): `of_line` is the line's part of it by its net after
    allowances, unrounded, so that the parts of all lines add up to `tax`.
    """

    of_line: str


class OriginShape(BaseModel):
    """Where the amount comes from: a charge of this account; a draft below zero that was `carried_forward`; or a draft
    of another account, for which this one pays (`taken`). `invoice_id` has the lines that came from there.
    """

    kind: Literal["charge", "carried_forward", "taken"]
    account_id: str | None
    invoice_id: str | None
    net: MoneyBody | None
    href: str | None


class LineCreditShape(BaseModel):
    credit_note_id: str
    number: str | None
    status: Literal["locked", "issued"]
    line: int
    net: MoneyBody
    href: str


def taxes_of(line: InvoiceLine, lines: Sequence[InvoiceLine], invoice: asyncpg.Record) -> list[dict[str, Any]]:
    """Every tax that is taken of the line; none while the invoice is a draft."""
    groups = msgspec.json.decode(invoice["tax_groups"] or "[]", type=list[TaxGroup])
    paid = after(lines, msgspec.json.decode(invoice["allowances"] or "[]", type=list[Allowance]), invoice["currency"])
    nets = {other.n: other.net for other in paid}
    return [
        {**tax_shape(group, invoice["currency"]), "of_line": format_decimal(_part(group, line, nets), decimals_min=2)}
        for group in groups
        if not group.lines or line.n in group.lines
    ]


def _part(group: TaxGroup, line: InvoiceLine, nets: Mapping[int, Decimal]) -> Decimal:
    """Of the group's tax by what is to be paid for the line, at nine decimals."""
    of = [nets[n] for n in group.lines or nets if n in nets]
    whole = sum(of, start=Decimal(0))
    if not whole:
        return Decimal(0)
    return _PARTS.quantize(_PARTS.divide(EXACT.multiply(group.tax, nets[line.n]), whole), Decimal("1e-9"))


async def origin_of(api: Api, line: InvoiceLine) -> dict[str, Any]:
    """A line is followed one step; the lines of where it comes from are explained in the same way."""
    if line.carried_from is not None:
        return _origin("carried_forward", await api.db.fetchrow(_CARRIED, line.carried_from))
    if line.account_id is not None:
        return _origin("taken", await api.db.fetchrow(_PASSED_ON, line.charge_id, line.account_id))
    return _origin("charge", None)


def _origin(kind: str, row: asyncpg.Record | None) -> dict[str, Any]:
    if row is None:
        return {"kind": kind, **dict.fromkeys(("account_id", "invoice_id", "net", "href"))}
    return {
        "kind": kind,
        "account_id": row["account_id"],
        "invoice_id": row["invoice_id"],
        "net": money(row["net"], row["currency"]),
        "href": f"/v1/invoices/{row['invoice_id']}/lines",
    }


async def credits_of(api: Api, invoice_id: str, n: int) -> list[dict[str, Any]]:
    """What credit notes took back of this line, at most 200."""
    return [
        {
            "credit_note_id": row["credit_note_id"],
            "number": row["number"],
            "status": row["status"],
            "line": row["place"],
            "net": money(row["net"], row["currency"]),
            "href": f"/v1/credit-notes/{row['credit_note_id']}",
        }
        for row in await api.db.fetch(_CREDITED, invoice_id, n)
    ]
