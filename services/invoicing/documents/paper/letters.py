"""A letter to a customer on paper: what was written to him, with his address where the envelope has its window.

    on_paper(PaperLetter(subject="Overdue", text="36.04 EUR have …", language="en", ...))       # b"%PDF-1.7 ..."

What is printed is what a mail would say. The same letter is the same bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from services.invoicing.documents.paper.language import language_of
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.documents.paper.setting import set_letter
from services.invoicing.documents.paper.style import DocumentStyle
from services.invoicing.documents.paper.writing import paper_of, seller_as_printed
from services.invoicing.invoice.printed import Seller
from shared.kernel.currency import Currency
from shared.kernel.customer import AddressBody


class PaperLetter(msgspec.Struct, frozen=True, kw_only=True):
    """`language` is that of the letter, a BCP 47 tag; the customer is in the clear, so this is never stored."""

    account_id: str
    addressee: str
    address: AddressBody | None
    language: str
    subject: str
    text: str
    written_on: date
    currency: Currency
    seller: Seller
    style: DocumentStyle = DocumentStyle()


def on_paper(letter: PaperLetter) -> bytes:
    """The PDF of a letter."""
    return set_letter(printed(letter), written_on=letter.written_on, logo=letter.style.logo)


def printed(letter: PaperLetter) -> dict[str, Any]:
    """All that is printed."""
    country = letter.address.country if letter.address else ""
    language = language_of(letter.language, country)
    quote, day = language.quote, letter.written_on
    lines = () if letter.address is None else letter.address.as_printed(language.country(country))
    return {
        "language": language.code,
        "direction": language.direction,
        "paper": paper_of(letter.style, country),
        "accent": letter.style.accent,
        "logo": bool(letter.style.logo),
        "footer": quote(letter.style.texts_in(language.code).footer),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "written_on": Figures(language, letter.currency).day(day),
        "account": language.say("account", id=quote(letter.account_id)),
        "addressee": quote(letter.addressee),
        "address": [quote(line) for line in lines],
        "subject": quote(letter.subject),
        "paragraphs": [part for part in letter.text.strip().split("\n\n") if part.strip()],
        "seller": seller_as_printed(letter.seller, language),
    }
