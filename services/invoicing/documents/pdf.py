"""The invoice as a PDF, made by typst: an archive file (PDF/A-3b) of the same bytes for the same contents.

    render(InvoiceContents(number="INV-000042", ...))     # b"%PDF-1.7 ..."

All numbers are written here, with the currency's decimals; `invoice.typ` only sets them. The date inside the file is
the issue date, and the fonts come with the product (typst's own, and Noto for every script that those lack), so no
machine and no moment leaves a trace. A character that no font has, such as an unassigned one, is a box, which an
archive file may not hold: the file is an ordinary PDF then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import msgspec
import typst
from babel import numbers
from babel.dates import format_date

from services.invoicing.documents.contract import InvoiceContents, Output
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.invoice.messages import InvoiceLine, LineStep, TaxGroup
from shared.kernel.currency import Currency, minor_units
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.period import Period
from shared.kernel.units import for_people, multiple_of

_LOCALE: Final = "en"
_ARCHIVE: Final = "a-3b"
_FONT_PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
_CATEGORIES: Final = {"S": "Standard rate", "Z": "Zero rated"}
"""Names of groups that are older than names."""


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
        font_paths=_fonts(),
        pdf_standards=[_ARCHIVE] if archive else [],
        timestamp=int(midnight.timestamp()),
    )
    return document


@cache
def _fonts() -> typst.Fonts:
    """Read once: the files have 40 MB."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_folder_of(package) for package in _FONT_PACKAGES])


def _folder_of(package: str) -> Path:
    """Where a package of fonts lies. It holds nothing but files, so it need not be imported."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; documents are set in its fonts", name=package)
    return Path(found.origin).parent


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
        "bill_to_lines": contents.bill_to_address.as_printed() if contents.bill_to_address else (),
        "bill_to_tax_id": contents.bill_to_tax_id,
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
        "credit_applied": _amount(-contents.credit_applied, currency) if contents.credit_applied else "",
        "amount_due": _amount(contents.amount_due, currency),
        "nothing_due": not contents.amount_due,
    }


def _line(line: InvoiceLine, currency: Currency) -> dict[str, Any]:
    """A line; where one price holds for all of it, that is its unit price, else its steps are told below it."""
    only = line.steps[0] if len(line.steps) == 1 else None
    return {
        "n": str(line.n),
        "description": line.description if line.account_id is None else f"{line.account_id}: {line.description}",
        "detail": f"{line.plan_id} v{line.plan_version}",
        "period": _period(line.period),
        "quantity": _line_quantity(line, only),
        "unit_price": _unit_price(only, currency, line.unit) if only else "",
        "amount": _amount(line.net, currency),
        "steps": [] if only else [_step(step, currency, line.unit) for step in line.steps],
    }


def _line_quantity(line: InvoiceLine, only: LineStep | None) -> str:
    if line.quantity is not None:
        return _quantity(line.quantity, line.unit)
    return "" if only is None or only.quantity is None else _number(Decimal(only.quantity))


def _step(step: LineStep, currency: Currency, unit: str | None) -> dict[str, str]:
    return {
        "tier": step.label
        or (f"Tier {step.tier}" if step.tier.isdigit() else step.tier.replace("_", " ").capitalize()),
        "quantity": "" if step.quantity is None else _quantity(Decimal(step.quantity), unit),
        "unit_price": _unit_price(step, currency, unit),
        "amount": "" if step.amount is None else _amount(Decimal(step.amount), currency),
    }


def _unit_price(step: LineStep, currency: Currency, unit: str | None) -> str:
    """Prices may have more decimals than the currency (R40); per block they name its size: `0.10 / GB`."""
    if step.unit_price is None:
        return ""
    price = _number(Decimal(step.unit_price), minor_units(currency))
    return price if step.unit_size is None else f"{price} / {multiple_of(unit or '', Decimal(step.unit_size)).strip()}"


def _quantity(quantity: Decimal, unit: str | None) -> str:
    """`350 GB`, `1:02:05 h`, `1,111 messages`."""
    value, name = for_people(quantity, unit or "")
    grouped = _number(Decimal(value)) if ":" not in value else value
    return f"{grouped} {name}".strip()


def _tax(group: TaxGroup, currency: Currency) -> dict[str, str]:
    return {
        "category": group.name or _CATEGORIES.get(group.category, group.category),
        "reason": group.reason or "",
        "rate": f"{format_decimal(group.rate)} %",
        "base": _amount(group.base, currency),
        "tax": _amount(group.tax, currency),
    }


def _amount(amount: Decimal, currency: Currency) -> str:
    return _number(amount, minor_units(currency))


def _number(value: Decimal, decimals_min: int = 0) -> str:
    """Exactly, in groups of three: 1,234.50. A minus is a real one, and zero has none."""
    with exact():
        text = numbers.format_decimal(
            value or abs(value), f"#,##0.{'0' * decimals_min}#", locale=_LOCALE, decimal_quantization=False
        )
    return text.replace("-", "−")


def _day(day: date) -> str:
    """`1 October 2026`: no reader takes the month for the day."""
    return format_date(day, "d MMMM y", locale=_LOCALE)


def _period(period: Period) -> str:
    """The last day of service included, as people write it: `1 – 30 Sep 2026`."""
    start, last = period.start, date.fromordinal(period.end.toordinal() - 1)
    end = format_date(last, "d MMM y", locale=_LOCALE)
    if start == last:
        return end
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} – {end}"
    return f"{format_date(start, 'd MMM' if start.year == last.year else 'd MMM y', locale=_LOCALE)} – {end}"


OUTPUT: Final = Output(name="pdf", media_type="application/pdf", render=render, examples=EXAMPLES)
