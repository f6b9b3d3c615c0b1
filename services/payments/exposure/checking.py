"""Whether terms make sense: amounts of the account's currency, not below zero, and not too many alerts.

checked_terms(ChangeCreditTerms(terms=CreditTerms(alerts=(5, 20, 5))))    CreditTerms(alerts=(20, 5))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from services.payments.amounts import AMOUNT_MAX
from services.payments.balance.state import Payer
from services.payments.exposure.messages import ChangeCreditTerms, CreditSettingsTerms, CreditTerms
from shared.kernel.currency import check_currency, minor_units
from shared.kernel.errors import Rejection
from shared.kernel.rounding import HALF_UP, round_amount

ALERTS_MAX: Final = 10


def checked_terms(command: ChangeCreditTerms, payer: Payer) -> CreditTerms:
    """Raises `Rejection`: `currency_mismatch`, `too_many_decimals`, `out_of_bounds`, `too_many_alerts`."""
    terms = command.terms
    if command.currency is not None and command.currency != payer.currency:
        detail = f"account {payer.account_id} is in {payer.currency}, the terms are in {command.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/credit_limit/currency")
    if terms.credit_limit is not None:
        _check(terms.credit_limit, payer.currency, "/credit_limit/amount")
    if terms.earmark is not None:
        _check(terms.earmark, payer.currency, "/earmark/amount")
    if terms.alerts is None:
        return terms
    return replace(terms, alerts=_alerts(terms.alerts, payer.currency, "/alerts"))


def checked_settings(terms: CreditSettingsTerms) -> CreditSettingsTerms:
    """Raises `Rejection`: as above, and `invalid` for a currency that there is not."""
    for currency in (*terms.alerts, *terms.earmarks):
        check_currency(currency)
    for currency, amount in terms.earmarks.items():
        _check(amount, currency, f"/earmarks/{currency}")
    alerts = {currency: _alerts(of, currency, f"/alerts/{currency}") for currency, of in terms.alerts.items()}
    return replace(terms, alerts=alerts)


def _alerts(amounts: Iterable[Decimal], currency: str, pointer: str) -> tuple[Decimal, ...]:
    """Each once, the highest first."""
    return tuple(sorted(set(_each(amounts, currency, pointer)), reverse=True))


def _each(amounts: Iterable[Decimal], currency: str, pointer: str) -> Iterator[Decimal]:
    for n, amount in enumerate(amounts):
        if n >= ALERTS_MAX:
            raise Rejection("too_many_alerts", f"at most {ALERTS_MAX} amounts; leave some out", pointer=pointer)
        _check(amount, currency, f"{pointer}/{n}")
        yield amount


def _check(amount: Decimal, currency: str, pointer: str) -> None:
    if not 0 <= amount < AMOUNT_MAX:
        raise Rejection("out_of_bounds", f"{amount} {currency} is not from 0 to below {AMOUNT_MAX}", pointer=pointer)
    if round_amount(amount, HALF_UP, currency) != amount:
        detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
        raise Rejection("too_many_decimals", detail, pointer=pointer)
