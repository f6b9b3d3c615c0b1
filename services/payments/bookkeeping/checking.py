"""What a chart of accounts must be. Pure.

Each ledger account has one number for all of it, beside which rules name numbers for parts. DATEV takes digits only, as
many as its header says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from services.payments.bookkeeping.messages import AccountRule, ChartTerms, DatevTerms, LedgerAccount
from shared.kernel.errors import Rejection, Rejections

RULES_MAX: Final = 500
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,19}")
_TAXED: Final = frozenset({"plan_id", "tax_class", "tax_category", "tax_rate"})
PARTS: Final[Mapping[str, frozenset[str]]] = {
    "revenue": _TAXED,
    "deferred_revenue": _TAXED,
    "unbilled_revenue": _TAXED,
    "late_fees": frozenset({"tax_category", "tax_rate"}),
    "tax": frozenset({"tax_category", "tax_rate"}),
    "bank": frozenset({"method"}),
}
"""What a rule of a ledger account may name; of the others nothing."""
NAMED: Final = ("plan_id", "tax_class", "tax_rate", "tax_category", "method")


def check(terms: ChartTerms) -> None:
    """Raises `Rejections` with all that is wrong, each with its place in the body."""
    refusals = [*_rules(terms), *_missing(terms)]
    if terms.datev is not None:
        refusals += _datev(terms.datev)
    if refusals:
        raise Rejections(refusals)


def _rules(terms: ChartTerms) -> Iterator[Rejection]:
    if len(terms.rules) > RULES_MAX:
        yield Rejection("out_of_bounds", f"a chart has at most {RULES_MAX} rules", pointer="/rules")
        return
    seen: set[tuple[str | None, ...]] = set()
    for n, rule in enumerate(terms.rules):
        at = f"/rules/{n}"
        about = (rule.account, *(getattr(rule, name) for name in NAMED))
        if about in seen:
            yield Rejection("account_named_twice", f"another rule of {rule.account} is about the same", pointer=at)
        seen.add(about)
        yield from _rule(rule, at, terms.datev)


def _rule(rule: AccountRule, at: str, datev: DatevTerms | None) -> Iterator[Rejection]:
    allowed = PARTS.get(rule.account, frozenset())
    for name in NAMED:
        if getattr(rule, name) is not None and name not in allowed:
            named = f"; it may name {', '.join(sorted(allowed))}" if allowed else "; it has one number for all of it"
            yield Rejection("not_of_this_account", f"{rule.account} has no {name}{named}", pointer=f"{at}/{name}")
    where = f"{at}/number"
    if not _NUMBER.fullmatch(rule.number):
        detail = f"{rule.number!r} is no account number: up to 20 letters, digits, points and hyphens"
        yield Rejection("account_number_wrong", detail, pointer=where)
    elif datev is not None and not (rule.number.isdigit() and len(rule.number) in _lengths(datev)):
        lengths = f"{datev.account_length} digits, or one more for a customer's account"
        yield Rejection("account_number_wrong", f"{rule.number!r} is none of DATEV: {lengths}", pointer=where)


def _lengths(datev: DatevTerms) -> tuple[int, int]:
    return datev.account_length, datev.account_length + 1


def _missing(terms: ChartTerms) -> Iterator[Rejection]:
    whole = {rule.account for rule in terms.rules if all(getattr(rule, name) is None for name in NAMED)}
    for account in get_args(LedgerAccount):
        if account not in whole:
            detail = f"{account} needs a rule that names no part of it, for all that no other rule is about"
            yield Rejection("account_missing", detail, pointer="/rules")


def _datev(datev: DatevTerms) -> Iterator[Rejection]:
    for name, low, high in (
        *(("consultant", 1001, 9_999_999), ("client", 1, 99_999)),
        *(("year_begins_in", 1, 12), ("account_length", 4, 8)),
    ):
        value = getattr(datev, name)
        if not low <= value <= high:
            yield Rejection("out_of_bounds", f"{name} is from {low} to {high}, not {value}", pointer=f"/datev/{name}")
