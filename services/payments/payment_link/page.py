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

from services.payments.payment_link.speech import Speech, speech_of
from services.payments.sepa.characters import plain
from services.payments.sepa.pain008 import Creditor

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


def html(shown: OpenAmount, code_path: str, speech: Speech | None = None) -> str:
    """A page in the words of a bill, in the language that is asked for; the code is fetched from `code_path`."""
    speech = speech or speech_of()
    title = escape(speech.say("top_up" if shown.is_top_up else "invoice", number=shown.number))
    direction = speech.words["direction"]
    return (
        f'<!doctype html><html lang="{speech.tag}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{title}</title></head><body><main>'
        f"<h1>{title}</h1><p>{_told(shown, speech)}</p>{_pay_to(shown, code_path, speech)}</main></body></html>"
    )


def _told(shown: OpenAmount, speech: Speech) -> str:
    if shown.status != "open":
        return escape(speech.say(shown.status))
    amount = f"<strong>{escape(speech.money(shown.open, shown.currency))}</strong>"
    return amount if shown.due_on is None else speech.say("due", amount=amount, date=escape(speech.day(shown.due_on)))


def _pay_to(shown: OpenAmount, code_path: str, speech: Speech) -> str:
    if shown.status != "open" or shown.creditor is None:
        return ""
    to = shown.creditor
    rows = ((speech.say("to"), to.name), ("IBAN", to.iban), ("BIC", to.bic), (speech.say("reference"), shown.number))
    facts = "".join(f"<dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd>" for name, value in rows if value)
    alt = escape(speech.say("code"))
    picture = f'<img src="{escape(code_path)}" alt="{alt}" width="220">' if shown.has_code else ""
    return f"<dl>{facts}</dl>{picture}"
