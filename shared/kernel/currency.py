"""Currencies of ISO 4217 and how many decimals each one's smallest coin has (R4).

    >>> minor_units("EUR"), minor_units("JPY"), minor_units("KWD")
    (2, 0, 3)

Metals, test codes and bond units (XAU, XTS, XBA…) are left out: the standard gives them no minor unit, so no invoice
can be rounded in them. A few codes withdrawn since 2023 stay, because bills of that time are still read and credited.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from shared.kernel.errors import Rejection

Currency = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
"""A currency in a message. Whether there is such a one is asked once, where it comes in."""

_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO_DECIMALS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
    COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
    JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """
_TWO_DECIMALS_WITHDRAWN = "ANG BGN HRK SLL ZWL"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DECIMALS = "CLF UYW"

_MINOR_UNITS: dict[str, int] = {
    code: decimals
    for decimals, codes in (
        (0, _NO_DECIMALS),
        (2, _TWO_DECIMALS),
        (2, _TWO_DECIMALS_WITHDRAWN),
        (3, _THREE_DECIMALS),
        (4, _FOUR_DECIMALS),
    )
    for code in codes.split()
}


class UnknownCurrency(ValueError):
    """The code is not a currency of ISO 4217 (three capital letters)."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is not a currency of ISO 4217; give three capital letters such as EUR")
        self.code = code


def minor_units(currency: str) -> int:
    """Decimals of the smallest coin of `currency`. Raises `UnknownCurrency`; the request is at fault."""
    try:
        return _MINOR_UNITS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def check_currency(currency: str) -> None:
    """Refuse what is not a currency of ISO 4217."""
    try:
        minor_units(currency)
    except UnknownCurrency as error:
        raise Rejection("invalid", str(error), pointer="/currency") from error


def is_currency(code: str) -> bool:
    """Whether `code` is a currency that money can be in."""
    return code in _MINOR_UNITS
