"""All that the document says, as JSON in the shapes of the API: money as amount and currency, decimals as text.

    GET /v1/invoices/inv-7/json
    {"kind": "invoice", "number": "INV-000042", "issued_on": "2026-10-01", "seller": {...}, "lines": [...], ...}

`GET /v1/invoices/{id}` is the invoice with what was paid since; this is the document, which never changes. `proof` is
what `meterlog verify-document` checks it by (proof/carried.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec

from services.invoicing.documents.contract import Cited, DayOfUse, InvoiceContents, Output, days_of
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.invoice.messages import Allowance, InvoiceLine, TaxGroup
from services.invoicing.proof.carried import carried
from shared.kernel.decimals import format_decimal
from shared.kernel.period import Period


def render(contents: InvoiceContents) -> bytes:
    """The document as UTF-8 JSON, its members always in the same order."""
    return msgspec.json.encode(whole(contents) | {"proof": carried(contents)})


def whole(contents: InvoiceContents) -> dict[str, Any]:
    """The document without its proof."""

    def money(amount: Decimal) -> dict[str, str]:
        return {"amount": f"{amount:f}", "currency": contents.currency}

    return {
        "kind": contents.kind,
        "number": contents.number,
        "account_id": contents.account_id,
        "currency": contents.currency,
        "issued_on": contents.issued_on,
        "due_on": contents.due_on,
        "period": _period(contents.period),
        "cites": [_cited(cited) for cited in contents.cites],
        "note": contents.note or None,
        "cleared": None if contents.cleared is None else msgspec.to_builtins(contents.cleared),
        "seller": {name: getattr(contents.seller, name) or None for name in contents.seller.__struct_fields__},
        "customer": _customer(contents),
        "lines": [
            _line(line, money(line.net), None if line.gross is None else money(line.gross)) for line in contents.lines
        ],
        "lines_net": money(contents.lines_net),
        "allowances": [_allowance(one, money(one.base), money(one.amount)) for one in contents.allowances],
        "tax_groups": [_group(group, money(group.base), money(group.tax)) for group in contents.tax_groups],
        "net": money(contents.net),
        "tax": money(contents.tax),
        "total": money(contents.total),
        "credit_applied": money(contents.credit_applied),
        "amount_due": money(contents.amount_due),
    }


def _period(period: Period) -> dict[str, Any]:
    return {"start": period.start, "end": period.end}


def _cited(cited: Cited) -> dict[str, Any]:
    return {"number": cited.number, "issued_on": cited.issued_on}


def _customer(contents: InvoiceContents) -> dict[str, Any]:
    address = contents.bill_to_address
    return {
        "name": contents.bill_to,
        "address": None if address is None else address.model_dump(),
        "tax_id": contents.bill_to_tax_id or None,
        "electronic_address": contents.bill_to_electronic_address or None,
        "buyer_reference": contents.buyer_reference or None,
        "language": contents.language or None,
    }


def _line(line: InvoiceLine, net: dict[str, str], gross: dict[str, str] | None) -> dict[str, Any]:
    return {
        "n": line.n,
        "kind": line.kind,
        "description": line.description,
        "account_id": line.account_id,
        "subscription_id": line.subscription_id or None,
        "plan_id": line.plan_id or None,
        "plan_version": line.plan_version or None,
        "meter": line.meter,
        "unit": line.unit,
        "quantity": None if line.quantity is None else format_decimal(line.quantity),
        "period": _period(line.period),
        "net": net,
        **({} if gross is None else {"gross": gross}),
        "unrounded": format_decimal(line.unrounded),
        "fraction": line.fraction,
        "records": line.records,
        "steps": msgspec.to_builtins(line.steps),
        "charge_id": line.charge_id or None,
        "usage": [_day(day) for day in days_of(line)],
    }


def _allowance(one: Allowance, base: dict[str, str], amount: dict[str, str]) -> dict[str, Any]:
    return {
        "reason": one.reason,
        "code": one.code,
        "discount_id": one.discount_id,
        "coupon_id": one.coupon_id,
        "percent": None if one.percent is None else format_decimal(one.percent),
        "base": base,
        "amount": amount,
        "lines": one.lines,
        "shares": [
            {"category": share.category, "rate": format_decimal(share.rate), "amount": f"{share.amount:f}"}
            for share in one.shares
        ],
    }


def _day(day: DayOfUse) -> dict[str, Any]:
    return {"day": day.day, "quantity": format_decimal(day.quantity)}


def _group(group: TaxGroup, base: dict[str, str], tax: dict[str, str]) -> dict[str, Any]:
    told = {"category": group.category, "name": group.name or None, "reason": group.reason}
    return told | {"rate": format_decimal(group.rate), "base": base, "tax": tax, "lines": group.lines}


OUTPUT: Final = Output(name="json", media_type="application/json", render=render, examples=EXAMPLES)
