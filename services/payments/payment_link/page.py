"""What somebody sees who opens a payment link: what is open now, and where to pay it. Pure.

The page has no script and names nobody: whoever has the link may have it from somebody else.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from html import escape
from typing import Final

import msgspec
import segno

from services.payments.sepa.characters import plain
from services.payments.sepa.pain008 import Creditor
from shared.kernel.decimals import format_decimal

EURO: Final = "EUR"
CODE_MAX: Final = Decimal("999999999.99")
"""The scheme of the code has no larger amount."""


class OpenAmount(msgspec.Struct, frozen=True, kw_only=True):
    """What is open of an invoice now, or to come on an account: `number` is then its reference. `creditor` is `None`
    where nobody has said who is to be paid."""

    number: str
    currency: str
    open: Decimal
    due_on: date | None
    is_top_up: bool = False
    is_void: bool
    creditor: Creditor | None

    @property
    def status(self) -> str:
        return "void" if self.is_void else "open" if self.open > 0 else "paid"

    @property
    def has_code(self) -> bool:
        """Whether a bank's app can read it from a code: euros, to somebody."""
        owes = self.status == "open" and self.open <= CODE_MAX
        return owes and self.currency == EURO and self.creditor is not None


def code(shown: OpenAmount) -> str:
    """The EPC code (EPC069-12) as SVG, the same each time; only of what `has_code`."""
    assert shown.creditor is not None
    to = shown.creditor
    lines = ("BCD", "002", "1", "SCT", to.bic, plain(to.name, 70), to.iban, f"EUR{shown.open:.2f}", "", "")
    made = segno.make_qr("\n".join((*lines, plain(shown.number))), error="m", boost_error=False, mask=3)
    out = io.BytesIO()
    made.save(out, kind="svg", scale=5, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def html(shown: OpenAmount, code_path: str) -> str:
    """A page in the words of a bill; the code is fetched from `code_path`."""
    amount = f"{escape(format_decimal(shown.open))} {escape(shown.currency)}"
    said = {"paid": "This is paid. Thank you.", "void": "This is void: nothing is to be paid."}
    due = "" if shown.due_on is None else f", due on {shown.due_on}"
    title = f"{'Top-up' if shown.is_top_up else 'Invoice'} {escape(shown.number)}"
    body = said.get(shown.status) or f"<strong>{amount}</strong>{due}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{title}</title></head><body><main>'
        f"<h1>{title}</h1><p>{body}</p>{_pay_to(shown, code_path)}</main></body></html>"
    )


def _pay_to(shown: OpenAmount, code_path: str) -> str:
    if shown.status != "open" or shown.creditor is None:
        return ""
    to = shown.creditor
    rows = (("To", to.name), ("IBAN", to.iban), ("BIC", to.bic), ("Reference", shown.number))
    facts = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows if value)
    picture = f'<img src="{escape(code_path)}" alt="Code for your bank\'s app" width="220">' if shown.has_code else ""
    return f"<dl>{facts}</dl>{picture}"
