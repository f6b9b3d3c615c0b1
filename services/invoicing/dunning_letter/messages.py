"""Letters of dunning: payments asks for one at a step, invoicing sends it to the customer as it sends documents.

WriteDunningLetter (payments)   -> DunningLetterWritten, -> SendDocument    a delivery by each channel

What it says is in the event, in all the languages that the policy has: which of them the customer reads is sealed with
his name, and is known where the mail is written.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from services.invoicing.invoice.printed import Seller
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed

DUNNING_LETTER: Final[Literal["dunning_letter"]] = "dunning_letter"
"""The kind of document that a letter is for deliveries."""

LetterChannel = Literal["email", "webhook"]


class LetterText(Checked, frozen=True, kw_only=True):
    """What is written to a customer who reads `language`."""

    language: str
    subject: str
    text: str


class OfLetter(Checked, frozen=True, kw_only=True):
    """What a letter says: `overdue` since `since`, for `days_overdue`; `number` names the oldest invoice and the
    step."""

    letter_id: str
    account_id: str
    number: str
    case_id: str
    letters: tuple[LetterText, ...]
    overdue: Decimal
    currency: Currency
    since: date
    days_overdue: Count
    written_on: date
    channels: tuple[LetterChannel, ...] = ()


class WriteDunningLetter(OfLetter, Command, frozen=True, kw_only=True):
    """Send the customer a letter, by these channels or as the account gets its documents. Once, however often asked."""


class DunningLetterWritten(OfLetter, Event, frozen=True, kw_only=True):
    """The letter is to go out. `name` and `details` are the customer's, sealed, as they were then. `seller` is the name
    of the legal entity that bills the account, and writes it; without one the operator does. `issuer` is all that is
    printed of it, and `legal_entity` its id. Letters that are older than letters on paper have neither these nor a
    name."""

    details: Sealed | None = None
    seller: str | None = None
    name: Sealed | None = None
    issuer: Seller | None = None
    legal_entity: str | None = None
