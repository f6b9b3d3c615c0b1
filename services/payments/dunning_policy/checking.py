"""What a dunning policy may say. Every refusal points at the field.

steps after 14 and 10 days                 refused: /steps/1/after_days, later steps come later
two fees in EUR                            refused: /steps/0/fees/1/currency
throttled and no bandwidth profile         refused: /steps/0/service/profile
a letter that says {amont}                 refused: /steps/0/letters/0/text, with the words there are
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Final

from services.payments.dunning_policy.messages import CurrencyAmount, DunningStep, DunningTerms, Letter
from shared.kernel.currency import minor_units
from shared.kernel.errors import Rejection
from shared.kernel.rounding import HALF_UP, round_amount

STEPS_MAX: Final = 20
DAYS_MAX: Final = 3650
LETTERS_MAX: Final = 20
CURRENCIES_MAX: Final = 50
PLACEHOLDERS: Final = ("account", "overdue", "days", "oldest")


def check_terms(terms: DunningTerms) -> None:
    """Raises `Rejection`: `invalid`, `out_of_bounds`, `too_many_decimals`."""
    if not 1 <= len(terms.steps) <= STEPS_MAX:
        raise Rejection("out_of_bounds", f"a policy has 1 to {STEPS_MAX} steps", pointer="/steps")
    before = 0
    for n, step in enumerate(terms.steps):
        at = f"/steps/{n}"
        if not 1 <= step.after_days <= DAYS_MAX:
            raise Rejection("out_of_bounds", f"after_days is 1 to {DAYS_MAX}", pointer=f"{at}/after_days")
        if step.after_days <= before:
            detail = f"steps are in the order of their days: {step.after_days} does not come after {before}"
            raise Rejection("invalid", detail, pointer=f"{at}/after_days")
        before = step.after_days
        _check_step(step, at, last=n + 1 == len(terms.steps))
    _check_amounts(terms.minimums, "/minimums")


def _check_step(step: DunningStep, at: str, *, last: bool) -> None:
    _check_amounts(step.fees, f"{at}/fees")
    if (service := step.service) is not None and (service.access == "throttled") != (service.profile is not None):
        detail = "a bandwidth profile goes with access throttled, and with no other"
        raise Rejection("invalid", detail, pointer=f"{at}/service/profile")
    if step.agency is not None and not step.collection:
        raise Rejection("invalid", "an agency goes with collection", pointer=f"{at}/agency")
    if step.terminate and not last:
        raise Rejection("invalid", "nothing comes after the end of service", pointer=f"{at}/terminate")
    if len(step.letters) > LETTERS_MAX:
        raise Rejection("out_of_bounds", f"a step has at most {LETTERS_MAX} letters", pointer=f"{at}/letters")
    known: set[str] = set()
    for n, letter in enumerate(step.letters):
        if letter.language in known:
            detail = f"there is a letter in {letter.language} already"
            raise Rejection("invalid", detail, pointer=f"{at}/letters/{n}/language")
        known.add(letter.language)
        _check_letter(letter, f"{at}/letters/{n}")


def _check_letter(letter: Letter, at: str) -> None:
    for name in ("subject", "text"):
        try:
            parts = [part for part in string.Formatter().parse(getattr(letter, name)) if part[1] is not None]
        except ValueError as error:
            raise Rejection("invalid", f"{error}; write a brace twice to mean it", pointer=f"{at}/{name}") from error
        # Nothing but the bare word: a width or a conversion would be carried out for every customer.
        if unknown := [field for _, field, form, as_ in parts if field not in PLACEHOLDERS or form or as_]:
            words = ", ".join(f"{{{word}}}" for word in PLACEHOLDERS)
            detail = f"{{{unknown[0]}}} as it is written stands for nothing; there are {words}"
            raise Rejection("invalid", detail, pointer=f"{at}/{name}")


def _check_amounts(amounts: Sequence[CurrencyAmount], at: str) -> None:
    if len(amounts) > CURRENCIES_MAX:
        raise Rejection("out_of_bounds", f"give at most {CURRENCIES_MAX} amounts", pointer=at)
    known: set[str] = set()
    for n, one in enumerate(amounts):
        if one.currency in known:
            detail = f"there is an amount in {one.currency} already"
            raise Rejection("invalid", detail, pointer=f"{at}/{n}/currency")
        known.add(one.currency)
        if one.amount <= 0:
            detail = f"an amount here is above 0, not {one.amount}"
            raise Rejection("out_of_bounds", detail, pointer=f"{at}/{n}/amount")
        if round_amount(one.amount, HALF_UP, one.currency) != one.amount:
            detail = f"{one.currency} has {minor_units(one.currency)} decimals, {one.amount} has more"
            raise Rejection("too_many_decimals", detail, pointer=f"{at}/{n}/amount")
