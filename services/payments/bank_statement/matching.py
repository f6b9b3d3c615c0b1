"""What a movement on the operator's account pays, and how sure that is. Pure.

    36.04 "Re. inv 000042"   INV-000042, open 36.04              exact      invoice_number, amount
    46.04 "INV-42 INV-43"    open 36.04 and 10.00, of acc-1      exact      invoice_number, amount    of both
    36.04 "danke"            of an IBAN that acc-1 pays from     exact      payer_iban, amount      one invoice of 36.04
    30.00 "Re. inv 000042"   INV-000042, open 36.04              probable   invoice_number          another amount
    36.04 "Ann Example"      acc-1 is called so, and owes 36.04  probable   payer_name, amount
    20.00 "RF49 TQ4…"        of a link for money on acc-1        exact      creditor_reference      whatever amount
    36.04 "danke"                                                none

Exact may be booked unseen: the invoice is named in full and open with just this amount, or several of one account are
and come to it together, or the payer's own bank account says who pays and just one of his invoices is open with it.
Anything else waits for a person. Movements are matched in their order, and what one pays is not open for the next: an
invoice that is paid twice is exact once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import msgspec

from services.payments.bank_statement.references import creditor_reference, creditor_references, digit_key, digit_keys
from services.payments.bank_statement.references import is_written as is_written
from shared.kernel.decimals import exact

Confidence = Literal["exact", "probable", "none"]
Reason = Literal[
    "invoice_number",
    "creditor_reference",
    "invoice_digits",
    "customer_number",
    "payer_iban",
    "payer_name",
    "amount",
    "other_amount",
    "paid_already",
]

CANDIDATES_MAX: Final = 5
NAME_LIKENESS: Final = 84
"""How alike two names are, in percent, to be taken for one: one letter in six may differ."""

_WEIGHT: Final[Mapping[str, int]] = {
    **{"creditor_reference": 64, "invoice_number": 64, "payer_iban": 24, "customer_number": 24, "amount": 16},
    **{"payer_name": 8, "invoice_digits": 6},
}
_STRONG: Final = frozenset({"creditor_reference", "invoice_number"})
_SPLIT: Final = re.compile(r"[^0-9A-Za-z._:-]+", re.ASCII)
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came in, as far as matching looks at it. `payer` stands for the IBAN."""

    entry_id: str
    amount: Decimal
    currency: str
    text: str = ""
    creditor_reference: str = ""
    payer: str = ""
    name: str = ""
    reference_key: str = ""

    @property
    def written(self) -> str:
        return f"{self.text} {self.creditor_reference}"


class Owed(NamedTuple):
    """An invoice that a movement may pay."""

    invoice_id: str
    number: str
    account_id: str
    currency: str
    open: Decimal


class Book(NamedTuple):
    """What is known that may have to do with some movements: invoices by their digits and by account, the accounts that
    pay from a bank account or have a number that is written, those that owe an amount by their names."""

    by_digits: Mapping[str, Sequence[Owed]] = {}
    by_account: Mapping[str, Sequence[Owed]] = {}
    by_payer: Mapping[str, Sequence[str]] = {}
    accounts: frozenset[str] = frozenset()
    by_amount: Mapping[tuple[str, Decimal], Sequence[Owed]] = {}
    names: Mapping[str, str] = {}
    top_ups: Mapping[tuple[str, str], str] = {}
    """By key and currency, whose money comes by a link."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whom a movement may be of, and what it may pay; without an invoice it pays what is due first. `also` are further
    invoices that it names."""

    account_id: str
    invoice_id: str | None
    reasons: tuple[Reason, ...]
    also: tuple[str, ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """How sure it is, and of whom it may be: the best first, five at most, none where `confidence` is none."""

    entry_id: str
    confidence: Confidence
    candidates: tuple[Candidate, ...] = ()


class Asked(NamedTuple):
    """What has to be looked up for some movements."""

    digits: frozenset[str]
    payers: frozenset[str]
    accounts: frozenset[str]


def asked(movements: Iterable[Movement]) -> Asked:
    """The keys under which a `Book` for these movements has to have what there is."""
    digits: set[str] = set()
    payers: set[str] = set()
    accounts: set[str] = set()
    for movement in movements:
        digits |= _keys(movement)
        if movement.payer:
            payers.add(movement.payer)
        accounts |= _words(movement.text)
    return Asked(frozenset(digits), frozenset(payers), frozenset(accounts))


class Matcher:
    """Matches movements in their order; remembers what is spoken for."""

    def __init__(self) -> None:
        self._spoken_for: set[str] = set()

    def match(self, movement: Movement, book: Book) -> Match:
        if (topped_up := book.top_ups.get((movement.reference_key, movement.currency))) is not None:
            whose = Candidate(account_id=topped_up, invoice_id=None, reasons=("creditor_reference",))
            return Match(entry_id=movement.entry_id, confidence="exact", candidates=(whose,))
        found = _Reasons(movement, self._spoken_for)
        named = self._named(movement, book, found)
        self._payers(movement, book, found)
        if not found.told:
            self._alike(movement, book, found)
        ranked = found.ranked()
        if (whole := self._together(movement, book, named)) is not None:
            self._spoken_for.update(named)
            return Match(entry_id=movement.entry_id, confidence="exact", candidates=(whole,))
        if not ranked:
            return Match(entry_id=movement.entry_id, confidence="none")
        best = ranked[0]
        sure = _is_sure(best, ranked, named)
        if sure and best.invoice_id is not None:
            self._spoken_for.add(best.invoice_id)
        confidence: Confidence = "exact" if sure else "probable"
        return Match(entry_id=movement.entry_id, confidence=confidence, candidates=tuple(ranked[:CANDIDATES_MAX]))

    def _named(self, movement: Movement, book: Book, found: _Reasons) -> set[str]:
        """The invoices that are named in full."""
        named: set[str] = set()
        bodies = list(_bodies(movement))
        for key in _keys(movement):
            for owed in book.by_digits.get(key, ()):
                if any(is_written(owed.number, body) and _same(owed.number, body) for body in bodies):
                    found.tell(owed, "creditor_reference")
                elif is_written(owed.number, movement.written):
                    found.tell(owed, "invoice_number")
                elif owed.open == movement.amount and len(key) >= 4:
                    found.tell(owed, "invoice_digits")
                    continue
                else:
                    continue
                named.add(owed.invoice_id)
        return named

    def _together(self, movement: Movement, book: Book, named: set[str]) -> Candidate | None:
        """Several invoices of one account, each named in full, that are open with just this amount together."""
        owed = sorted(
            {one for key in _keys(movement) for one in book.by_digits.get(key, ()) if one.invoice_id in named}
        )
        strong = [one for one in owed if is_written(one.number, movement.written)]
        whose = {(one.account_id, one.currency) for one in strong}
        if len(strong) < 2 or len(strong) != len(named) or len(whose) != 1 or named & self._spoken_for:
            return None
        account_id, currency = whose.pop()
        with exact():
            is_just_this = currency == movement.currency and sum(one.open for one in strong) == movement.amount
        if not is_just_this or not all(one.open > 0 for one in strong):
            return None
        first, *rest = (one.invoice_id for one in strong)
        return Candidate(
            account_id=account_id, invoice_id=first, reasons=("invoice_number", "amount"), also=tuple(rest)
        )

    def _payers(self, movement: Movement, book: Book, found: _Reasons) -> None:
        whose: list[tuple[str, Reason]] = [(one, "payer_iban") for one in book.by_payer.get(movement.payer, ())]
        whose += [(word, "customer_number") for word in sorted(_words(movement.text) & book.accounts)]
        for account_id, reason in whose:
            due = [owed for owed in book.by_account.get(account_id, ()) if owed.currency == movement.currency]
            fitting = [owed for owed in due if owed.open == movement.amount]
            if found.has_account(account_id):
                found.tell_account(account_id, reason)
            elif len(fitting) == 1:
                found.tell(fitting[0], reason)
            else:
                found.tell_whole(account_id, reason)

    def _alike(self, movement: Movement, book: Book, found: _Reasons) -> None:
        """The last resort: who owes just this and is called so."""
        if not movement.name:
            return
        for owed in book.by_amount.get((movement.currency, movement.amount), ()):
            name = book.names.get(owed.account_id, "")
            if name and likeness(name, movement.name) >= NAME_LIKENESS:
                found.tell(owed, "payer_name")


class _Reasons:
    """What speaks for each account and invoice."""

    def __init__(self, movement: Movement, spoken_for: set[str]) -> None:
        self._movement = movement
        self._spoken_for = spoken_for
        self.told: dict[tuple[str, str | None], list[Reason]] = {}

    def tell(self, owed: Owed, reason: Reason) -> None:
        reasons = self.told.setdefault((owed.account_id, owed.invoice_id), [])
        if reason in reasons:
            return
        reasons.append(reason)
        if len(reasons) == 1:
            left = Decimal(0) if owed.invoice_id in self._spoken_for else owed.open
            reasons.append(self._of_amount(owed, left))

    def has_account(self, account_id: str) -> bool:
        return any(account == account_id for account, _ in self.told)

    def tell_account(self, account_id: str, reason: Reason) -> None:
        for (account, _), reasons in self.told.items():
            if account == account_id and reason not in reasons:
                reasons.append(reason)

    def tell_whole(self, account_id: str, reason: Reason) -> None:
        self.told.setdefault((account_id, None), []).append(reason)

    def ranked(self) -> list[Candidate]:
        ordered = sorted(self.told.items(), key=lambda one: (-_weight(one[1]), one[0][0], one[0][1] or ""))
        return [
            Candidate(account_id=account_id, invoice_id=invoice_id, reasons=tuple(reasons))
            for (account_id, invoice_id), reasons in ordered
        ]

    def _of_amount(self, owed: Owed, left: Decimal) -> Reason:
        if left <= 0:
            return "paid_already"
        same = owed.currency == self._movement.currency and left == self._movement.amount
        return "amount" if same else "other_amount"


def _is_sure(best: Candidate, ranked: Sequence[Candidate], named: set[str]) -> bool:
    """Nothing speaks for another as it does for the best."""
    if "amount" not in best.reasons or best.invoice_id is None:
        return False
    if _STRONG.intersection(best.reasons):
        # Two invoices that are both named: of which of them it is, a person says.
        return named == {best.invoice_id}
    others = {one.account_id for one in ranked[1:]}
    return "payer_iban" in best.reasons and not others.difference({best.account_id})


def likeness(one: str, other: str) -> int:
    """How alike two names are in percent, whatever the order of their words and the spelling of umlauts."""
    first, second = _name(one), _name(other)
    alike = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return 200 * sum(block.size for block in alike) // max(1, len(first) + len(second))


@lru_cache(maxsize=65_536)
def _name(text: str) -> str:
    folded = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return " ".join(sorted(word for word in _LETTERS.findall(folded) if len(word) > 1))


def _weight(reasons: Sequence[Reason]) -> int:
    return sum(_WEIGHT.get(reason, 0) for reason in reasons)


def _keys(movement: Movement) -> set[str]:
    return digit_keys(movement.written) | {key for body in _bodies(movement) if (key := digit_key(body))}


def _bodies(movement: Movement) -> Iterable[str]:
    """What RF references refer to, and a structured reference of another kind as it is."""
    structured = movement.creditor_reference
    if structured:
        yield creditor_reference(structured) or structured
    if "RF" in movement.text.upper():
        yield from creditor_references(movement.text)


def _same(number: str, body: str) -> bool:
    """Whether a structured reference is the number and nothing else, but for leading zeros."""
    return _signs(body).endswith(_signs(number)) and not _signs(body)[: -len(_signs(number))].strip("0")


def _signs(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _words(text: str) -> set[str]:
    return {word for word in (part.strip(".:-_") for part in _SPLIT.split(text)[:40]) if 3 <= len(word) <= 64}
