"""Invoices and their lines as the contract shows them, and how rows become them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
import msgspec
from pydantic import AwareDatetime, BaseModel

from services.invoicing.clearance.status import ClearanceStatus
from services.invoicing.fields import PeriodShape, period_shape
from services.invoicing.invoice.messages import InvoiceLine
from shared.http.actions import ActionShape, action
from shared.http.allowances import AllowanceShape, allowance_shapes
from shared.http.money import money
from shared.http.pages import Page
from shared.http.steps import StepShape
from shared.kernel.decimals import EXACT, exact, format_decimal
from shared.kernel.money import MoneyBody


class LineShape(BaseModel):
    """One line; `net` is rounded, `quantity` is `null` where nothing is counted.

    A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.
    `account_id`: whose charge it is, where another account pays. `gross`: what it is priced at, where that includes
    tax; else `null`.
    """

    n: int
    kind: str
    description: str
    subscription_id: str | None
    plan_id: str | None
    plan_version: int | None
    meter: str | None
    unit: str | None
    quantity: str | None
    period: PeriodShape
    net: MoneyBody
    gross: MoneyBody | None
    charge_id: str | None
    carried_from: str | None
    account_id: str | None


class LinePage(Page):
    items: list[LineShape]


class TariffShape(BaseModel):
    plan_id: str
    version: int
    href: str


class ChargeLink(BaseModel):
    """`href` has the price and the usage records behind the line."""

    id: str
    href: str


class ExplainedLine(LineShape):
    """A line with what its amount is made of: the steps add up to `unrounded`, and `net` is that, rounded once.

    Of a price that includes tax they add up to `gross`, which `net` is divided out of.
    """

    invoice_id: str
    unrounded: str
    fraction: str | None
    steps: list[StepShape]
    records: int
    tariff: TariffShape | None
    service_period: PeriodShape
    charge: ChargeLink | None
    charge_event: str | None


class ApprovalShape(BaseModel):
    """What was asked or said of the draft as it is now; `null` where it has changed since, or nobody was asked."""

    status: Literal["waiting", "approved", "rejected"]
    asked_by: str | None
    by: str | None
    reason: str | None


class ClearanceShape(BaseModel):
    """How far it is with a tax authority; `reference` is the number that it has there."""

    status: ClearanceStatus
    authority: str | None
    reference: str | None
    reason: str | None
    at: AwareDatetime | None


class InvoiceShape(BaseModel):
    """An invoice as it was issued, in the fields of `GET /v1/invoices`, and its lines.

    `paid` is what credit of the account paid of it at once, `due` what is left: the amount due on the document. Later
    payments are shown by `GET /v1/invoices/{id}`. `replaces` is the invoice that was credited in full and is issued
    anew by this one, `replaced_by` the other way round. `net` is what the lines come to less the `allowances`. One of
    kind `debit_note` raises the invoice that it `corrects`. `legal_entity` issued it, or (null) the operator.
    """

    id: str
    number: str | None
    account_id: str
    cycle_id: str | None
    run_id: str | None
    status: Literal["draft", "locked", "issued", "void", "carried_forward", "passed_on", "credited"]
    carried_into: str | None
    passed_to: str | None
    passed_into: str | None
    credited_by: list[str]
    replaces: str | None
    replaced_by: str | None
    void_reason: str | None
    voided_on: date | None
    kind: Literal["invoice", "debit_note"]
    corrects: str | None
    reason: str | None
    legal_entity: str | None
    approval: ApprovalShape | None
    clearance: ClearanceShape
    payment_status: Literal["unpaid", "partially_paid", "paid"]
    issued_on: date | None
    due_on: date | None
    days_overdue: int
    period: PeriodShape
    net: MoneyBody
    tax: MoneyBody | None
    total: MoneyBody | None
    paid: MoneyBody
    due: MoneyBody
    provisional: bool
    version: int
    lines: list[LineShape]
    allowances: list[AllowanceShape]
    allowed_actions: list[ActionShape]


_ZERO: Final = Decimal(0)


def invoice_shape(row: asyncpg.Record, lines: list[InvoiceLine]) -> dict[str, Any]:
    """A row of `invoice_row` and its lines as `InvoiceShape`."""
    currency = row["currency"]
    issued = row["status"] == "issued"
    paid = (row["credit_applied"] or _ZERO) if issued else _ZERO
    due = EXACT.subtract(row["total"], paid) if issued else _ZERO
    allowances = allowance_shapes(row["allowances"], currency)
    return {
        "id": row["invoice_id"],
        "number": row["number"],
        "account_id": row["account_id"],
        "cycle_id": row["cycle_id"],
        "run_id": row["run_id"],
        "payment_status": ("paid" if not due else "partially_paid" if paid else "unpaid") if issued else "unpaid",
        "days_overdue": 0,
        "paid": money(paid, currency),
        "due": money(due, currency),
        "provisional": row["status"] in ("draft", "carried_forward", "passed_on", "credited"),
        "status": row["status"],
        "carried_into": row["carried_into"],
        "passed_to": row["passed_to"],
        "passed_into": row["passed_into"],
        "credited_by": msgspec.json.decode(row["credited_by"] or "[]"),
        **{name: row[name] for name in ("replaces", "replaced_by", "void_reason", "voided_on")},
        **{name: row[name] for name in ("kind", "corrects", "reason", "legal_entity")},
        "approval": approval_shape(row),
        "clearance": clearance_shape(row),
        "issued_on": row["issued_on"],
        "due_on": row["due_on"],
        "period": {"start": row["period_start"], "end": row["period_end"]},
        "net": money(_net(row, allowances), currency),
        "tax": money(row["tax"], currency),
        "total": money(row["total"], currency),
        "version": row["version"],
        "lines": [line_shape(line, currency) for line in lines],
        "allowances": allowances,
        "allowed_actions": _actions(row),
    }


def _net(row: asyncpg.Record, allowances: list[dict[str, Any]]) -> Decimal:
    """Of a draft the row has the net of its lines: what discounts would take off is not fixed yet."""
    net: Decimal = row["net"]
    with exact():
        taken = sum((Decimal(one["amount"]["amount"]) for one in allowances), _ZERO)
        return net - taken if row["status"] == "draft" else net


def line_shape(line: InvoiceLine, currency: str) -> dict[str, Any]:
    """A line as `LineShape`."""
    return {
        "n": line.n,
        "kind": line.kind,
        "description": line.description,
        "subscription_id": line.subscription_id or None,
        "plan_id": line.plan_id or None,
        "plan_version": line.plan_version or None,
        "meter": line.meter,
        "unit": line.unit,
        "quantity": None if line.quantity is None else format_decimal(line.quantity),
        "period": period_shape(line.period),
        "net": money(line.net, currency),
        "gross": money(line.gross, currency),
        "charge_id": line.charge_id or None,
        "carried_from": line.carried_from,
        "account_id": line.account_id,
    }


def approval_shape(row: asyncpg.Record) -> dict[str, Any] | None:
    """What stands of a draft's approval; `None` where the draft has changed since."""
    if row["status"] != "draft" or row["approval"] is None or row["approval_version"] != row["version"]:
        return None
    return {"status": row["approval"], **{name: row[f"approval_{name}"] for name in ("asked_by", "by", "reason")}}


def clearance_shape(row: asyncpg.Record) -> dict[str, Any]:
    told = ("authority", "reference", "reason", "at")
    return {"status": row["clearance"], **{name: row[f"clearance_{name}"] for name in told}}


BELOW_ZERO: Final = (
    "it comes to less than zero: the amount is carried forward to the account's next invoice, or given back by "
    "credit notes"
)


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    issue = why_not_issued(row)
    pdf = None if row["status"] == "issued" else "only an issued invoice has a document"
    credit = why_not_credited(row)
    approve, reject = why_not_decided(row, "approved"), why_not_decided(row, "rejected")
    void = why_not_void(row["clearance"])
    reasons = {"issue": issue, "approve": approve, "reject": reject, "pdf": pdf, "void": credit or void}
    reasons |= {
        "credit_draft": why_not_given_back(row),
        "credit": credit,
        "debit": credit,
        "reissue": credit,
        "send": pdf,
    }
    return [action(name, why_not=why) for name, why in reasons.items()]


def why_not_credited(row: asyncpg.Record) -> str | None:
    """Why this invoice can be neither credited nor void now, as far as the invoice itself says; `None` when it can."""
    if row["status"] != "issued":
        return f"the invoice is {row['status'].replace('_', ' ')}"
    return "it is being made void" if row["void_pending"] else None


def why_not_given_back(row: asyncpg.Record) -> str | None:
    """Why this draft can't be given back by credit notes; `None` when it can."""
    if row["status"] != "draft" or not row["agrees"]:
        return "only a complete draft is given back"
    return None if row["net"] < 0 else "it is not below zero"


def why_not_decided(row: asyncpg.Record, word: str) -> str | None:
    """Why this draft can't be `approved` or `rejected` now; `None` when it can."""
    if row["status"] != "draft":
        return f"the invoice is {row['status'].replace('_', ' ')}"
    approval = approval_shape(row)
    if approval is None:
        return "nobody has asked for an approval of it as it is now"
    return f"it is {word} already" if approval["status"] == word else None


def why_not_void(clearance: str) -> str | None:
    """What a tax authority has to do with it."""
    return {"submitted": "it is with the tax authority", "cleared": "the tax authority has cleared it"}.get(clearance)


def _why_not_approved(row: asyncpg.Record) -> str | None:
    approval = approval_shape(row)
    match approval and approval["status"]:
        case "waiting":
            return "it waits for an approval"
        case "rejected":
            return "its approval was rejected"
        case _:
            return None


def why_not_issued(row: asyncpg.Record) -> str | None:
    """Why this invoice can't be issued now; `None` when it can."""
    match row["status"], row["agrees"]:
        case "draft", True if row["net"] < 0:
            return BELOW_ZERO
        case "draft", True:
            return _why_not_approved(row)
        case "draft", None:
            return "its period is not closed yet"
        case "draft", _:
            return "its lines differ from what rating announced"
        case "carried_forward", _:
            return f"its amount is a line of invoice {row['carried_into']}"
        case "passed_on", _:
            return f"account {row['passed_to']} pays for it"
        case "credited", _:
            return "what it was below zero is given back by credit notes"
        case "locked", _:
            return "it is being issued"
        case "void", _:
            return "it was issued and is void"
        case _:
            return "it is issued"
