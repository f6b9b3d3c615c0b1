"""A letter as a customer reads it: in his language, with the figures of that moment. Pure.

    "{overdue} have been overdue for {days} days."  ->  "36.04 EUR have been overdue for 10 days."

The language is the customer's where the policy has it, else the same without its region, else the policy's first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.invoicing.documents.paper.language import language_of
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.dunning_letter.messages import LetterText
from shared.kernel.currency import Currency


class Facts(NamedTuple):
    """What a letter may name."""

    account_id: str
    overdue: Decimal
    currency: Currency
    since: date
    days_overdue: int


class Written(NamedTuple):
    """A letter with its figures, and the tag of its language."""

    language: str
    subject: str
    text: str


def written(letters: Sequence[LetterText], facts: Facts, language: str, country: str) -> Written:
    """The letter for a customer of that language (BCP 47, "" where none is known) and country."""
    chosen = _chosen(letters, language)
    figures = Figures(language_of(chosen.language, country), facts.currency)
    said = {
        "overdue": f"{figures.amount(facts.overdue)} {facts.currency}",
        "days": str(facts.days_overdue),
        "oldest": figures.day(facts.since),
        "account": facts.account_id,
    }
    return Written(chosen.language, chosen.subject.format_map(said), chosen.text.format_map(said))


def _chosen(letters: Sequence[LetterText], language: str) -> LetterText:
    by_language = {letter.language: letter for letter in letters}
    return by_language.get(language) or by_language.get(language.partition("-")[0]) or letters[0]
