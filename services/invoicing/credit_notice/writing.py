"""A notice as a customer reads it: in his language, with the figures of that moment. Pure.

    low, 4.10 EUR left, told at 5.00      "Only 4.10 EUR are left on your account acc-1. …"

There are words in each language that documents have; of others it is English.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from services.invoicing.credit_notice.messages import NoticeKind
from services.invoicing.documents.paper.language import language_of
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.dunning_letter.writing import Written
from shared.kernel.currency import Currency


class Told(NamedTuple):
    """What a notice names."""

    account_id: str
    kind: NoticeKind
    amount: Decimal
    threshold: Decimal
    currency: Currency


def noticed(told: Told, language: str, country: str) -> Written:
    """The notice for a customer of that language (BCP 47, "" where none is known) and country."""
    found = language_of(language, country)
    figures = Figures(found, told.currency)
    said = {
        "amount": f"{figures.amount(told.amount)} {told.currency}",
        "threshold": f"{figures.amount(told.threshold)} {told.currency}",
        "account": told.account_id,
    }
    subject, text = (found.say(f"notice_{told.kind}{part}", **said) for part in ("_subject", ""))
    return Written(found.code, subject, f"{text}\n\n{found.say('mail_automatic')}")
