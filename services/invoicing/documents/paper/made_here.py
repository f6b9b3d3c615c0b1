"""What a line that invoicing itself has made is for, in the customer's words.

    described(carried, contents, figures)     # Carried forward from 1 – 30 Sept 2026
    name_of(late_fee, contents)               # Verzugsgebühr zur Rechnung INV-000042, fällig am 15. Oktober 2026: …

Lines that rating or a person has described keep those words.
"""

from __future__ import annotations

from services.invoicing.credit_note.crediting import CREDIT
from services.invoicing.documents.contract import DEPOSIT_REQUEST, InvoiceContents
from services.invoicing.documents.paper.language import language_of
from services.invoicing.documents.paper.late_fees import sentences
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.invoice.carry_forward import CARRIED_FORWARD
from services.invoicing.invoice.messages import InvoiceLine


def name_of(line: InvoiceLine, contents: InvoiceContents) -> str:
    """In the customer's language, without marks of direction; the line's own description where it was not made here."""
    address = contents.bill_to_address
    language = language_of(contents.language, "" if address is None else address.country)
    figures = Figures(language, contents.currency)
    said = sentences(line, figures)
    text = said[0] if said else described(line, contents, figures) or line.description
    return text.replace("\u2068", "").replace("\u2069", "")


def described(line: InvoiceLine, contents: InvoiceContents, figures: Figures) -> str:
    """ "" of a line that was not made here, and of a late fee, which says more than one sentence (late_fees.py)."""
    if line.kind == CARRIED_FORWARD:
        return figures.language.say("carried_forward", period=figures.period(line.period))
    if line.kind == DEPOSIT_REQUEST:
        word = f"deposit_{line.description}"
        return figures.language.say(word if word in figures.language.words else "deposit_other")
    if line.kind == CREDIT and contents.cites:
        word = "credit_on" if line.net > 0 else "credited_before"
        return figures.language.say(word, number=figures.language.quote(contents.cites[0].number))
    return ""
