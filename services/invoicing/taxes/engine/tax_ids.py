"""Tax ids, checked by their digits: a number that no authority can have given makes nobody a business.

>>> country_of_tax_id("FR 40 303 265 045")
'FR'
"""

from __future__ import annotations

from typing import Final

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from shared.kernel.errors import Rejection

_ISO: Final = {"EL": "GR", "XI": "GB"}
"""Prefixes of VAT numbers that are no countries of ISO 3166-1."""


def country_of_tax_id(tax_id: str, *, pointer: str | None = None) -> str:
    """The country (ISO 3166-1) whose VAT number it is, prefix and all. Raises `Rejection("invalid_tax_id")`."""
    number = tax_id.replace(" ", "").upper()
    prefix = number[:2]
    country = _ISO.get(prefix, prefix)
    module = get_cc_module(country.lower(), "vat") if prefix.isalpha() and len(prefix) == 2 else None
    if module is None:
        detail = f"{tax_id[:40]!r} does not begin with the country of a VAT number, such as FR"
        raise Rejection("invalid_tax_id", detail, pointer=pointer)
    try:
        module.validate(number)
    except ValidationError:
        try:
            module.validate(number[2:])
        except ValidationError as error:
            detail = f"{tax_id[:40]!r} is no VAT number of {country}: {error}; ask the customer for it again"
            raise Rejection("invalid_tax_id", detail, pointer=pointer) from error
    return country
