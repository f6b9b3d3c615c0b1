"""The invoice as a PDF, made by typst: an archive file (PDF/A-3b) of the same bytes for the same contents.

    render(InvoiceContents(number="INV-000042", ...))     # b"%PDF-1.7 ..."

All numbers are written here, with the currency's decimals; `invoice.typ` only sets them. The date inside the file is
the issue date, and only the fonts that typst brings along are used, so no machine and no moment leaves a trace. Where
those fonts lack a letter of a name, the machine's fonts are asked and the file is an ordinary PDF: a readable name
matters more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import typst

from services.invoicing.documents.contents import InvoiceContents, Seller
from services.invoicing.events import InvoiceLine, TaxGroup
from shared.kernel.currency import minor_units
from shared.kernel.decimals import format_decimal
from shared.kernel.period import Period

MEDIA_TYPE: Final = "application/pdf"

_ARCHIVE: Final = "a-3b"
_CATEGORIES: Final = {"S": "Standard rate", "Z": "Zero rated"}


def render(contents: InvoiceContents) -> bytes:
    """The PDF of an issued invoice."""
    try:
        return _compile(contents, archive=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(contents, archive=False)


def _compile(contents: InvoiceContents, *, archive: bool) -> bytes:
    midnight = datetime.combine(contents.issued_on, datetime.min.time(), UTC)
    document: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"invoice": msgspec.json.encode(_written(contents)).decode()},
        ignore_system_fonts=archive,
        pdf_standards=[_ARCHIVE] if archive else [],
        timestamp=int(midnight.timestamp()),
    )
    return document


@cache
def _template() -> bytes:
    return Path(__file__).with_name("invoice.typ").read_bytes()


def _written(contents: InvoiceContents) -> dict[str, Any]:
    """The contents as text, ready to be set."""
    currency, issued_on = contents.currency, contents.issued_on
    return {
        "number": contents.number,
        "account_id": contents.account_id,
        "bill_to": contents.bill_to,
        "currency": currency,
        "date": {"year": issued_on.year, "month": issued_on.month, "day": issued_on.day},
        "issued_on": _day(issued_on),
        "due_on": _day(contents.due_on),
        "period": _period(contents.period),
        "seller": contents.seller,
        "lines": [_line(line, currency) for line in contents.lines],
        "taxes": [_tax(group, currency) for group in contents.tax_groups],
        "net": _amount(contents.net, currency),
        "tax": _amount(contents.tax, currency),
        "total": _amount(contents.total, currency),
        "nothing_due": not contents.total,
    }


def _line(line: InvoiceLine, currency: str) -> dict[str, Any]:
    """A line; where one price holds for all of it, that is its unit price, else its steps are told below it."""
    only = line.steps[0] if len(line.steps) == 1 else None
    return {
        "n": str(line.n),
        "description": line.description,
        "detail": _detail(line),
        "period": _period(line.period),
        "quantity": _quantity(line, only),
        "unit_price": _unit_price(only, currency) if only else "",
        "amount": _amount(line.net, currency),
        "steps": [] if only else [_step(step, currency) for step in line.steps],
    }


def _detail(line: InvoiceLine) -> str:
    """The tariff, and what is counted in which unit."""
    counted = f"{line.meter} in {line.unit}" if line.meter and line.unit else line.meter
    return " · ".join(part for part in (f"{line.plan_id} v{line.plan_version}", counted) if part)


def _quantity(line: InvoiceLine, only: Mapping[str, Any] | None) -> str:
    if line.quantity is not None:
        return _number(line.quantity)
    return _number(Decimal(only["quantity"])) if only and "quantity" in only else ""


def _step(step: Mapping[str, Any], currency: str) -> dict[str, str]:
    tier = str(step.get("tier", ""))
    return {
        "tier": f"Tier {tier}" if tier.isdigit() else tier.replace("_", " ").capitalize(),
        "quantity": _number(Decimal(step["quantity"])) if step.get("quantity") is not None else "",
        "unit_price": _unit_price(step, currency),
        "amount": _amount(Decimal(step["amount"]), currency),
    }


def _unit_price(step: Mapping[str, Any], currency: str) -> str:
    """Prices may have more decimals than the currency (R40); per block they name its size."""
    if step.get("unit_price") is None:
        return ""
    price = _number(Decimal(step["unit_price"]), minor_units(currency))
    size = step.get("unit_size")
    return f"{price} / {_number(Decimal(size))}" if size is not None else price


def _tax(group: TaxGroup, currency: str) -> dict[str, str]:
    return {
        "category": _CATEGORIES.get(group.category, group.category),
        "rate": f"{format_decimal(group.rate)} %",
        "base": _amount(group.base, currency),
        "tax": _amount(group.tax, currency),
    }


def _amount(amount: Decimal, currency: str) -> str:
    return _number(amount, minor_units(currency))


def _number(value: Decimal, decimals_min: int = 0) -> str:
    """Exactly, in groups of three: 1,234.50. A minus is a real one."""
    whole, point, decimals = format_decimal(value.copy_abs(), decimals_min=decimals_min).partition(".")
    sign = "−" if value < 0 else ""
    return f"{sign}{int(whole):,}{point}{decimals}"


def _day(day: date) -> str:
    """`1 October 2026`: no reader takes the month for the day."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _period(period: Period) -> str:
    """The last day of service included, as people write it: `1 – 30 Sep 2026`."""
    start, last = period.start, date.fromordinal(period.end.toordinal() - 1)
    end = f"{last.day} {_MONTHS[last.month - 1][:3]} {last.year}"
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} – {end}"
    year = "" if start.year == last.year else f" {start.year}"
    return f"{start.day} {_MONTHS[start.month - 1][:3]}{year} – {end}"


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_SEPTEMBER: Final = Period(date(2026, 9, 1), date(2026, 10, 1))

EXAMPLES: Final = (
    InvoiceContents(
        number="INV-000042",
        account_id="acc-1",
        bill_to="Élodie Ångström-Müller",
        currency="EUR",
        issued_on=date(2026, 10, 1),
        due_on=date(2026, 10, 15),
        period=_SEPTEMBER,
        lines=[
            InvoiceLine(
                n=1,
                charge_id="c1",
                kind="recurring",
                description="Fibre 500",
                subscription_id="sub-1",
                plan_id="fibre-500",
                plan_version=1,
                period=_SEPTEMBER,
                net=Decimal("39.90"),
                unrounded=Decimal("39.90"),
                fraction="1",
                steps=[{"tier": "1", "quantity": "1", "unit_price": "39.90", "amount": "39.90"}],
            ),
            InvoiceLine(
                n=2,
                charge_id="c2",
                kind="usage",
                description="Data beyond the allowance",
                subscription_id="sub-1",
                plan_id="fibre-500",
                plan_version=1,
                period=_SEPTEMBER,
                net=Decimal("1115.50"),
                unrounded=Decimal("1115.50"),
                meter="data.octets",
                unit="octet",
                quantity=Decimal("1111"),
                records=8640,
                steps=[
                    {"tier": "1", "quantity": "10", "unit_price": "1.5", "amount": "15"},
                    {"tier": "2", "quantity": "100", "unit_price": "1.0", "amount": "100"},
                    {"tier": "3", "quantity": "1001", "unit_price": "0.99950", "amount": "1000.50"},
                ],
            ),
        ],
        tax_groups=[
            TaxGroup(category="S", rate=Decimal("20"), base=Decimal("1155.40"), tax=Decimal("231.08")),
        ],
        net=Decimal("1155.40"),
        tax=Decimal("231.08"),
        total=Decimal("1386.48"),
        seller=Seller(
            name="Northwind Telecom",
            address="12 Harbour Street\n1050 Brussels\nBelgium",
            tax_id="VAT BE 0123.456.749",
            payment_details="IBAN BE71 0961 2345 6769 · BIC GKCCBEBB",
        ),
    ),
)
