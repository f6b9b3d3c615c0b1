"""Who a customer is, beside the name: what an account is opened with, sealed as one field, and printed on documents.

    address = AddressBody(lines=["Rue Haute 12"], postal_code="1000", city="Brussels", country="BE")
    body = CustomerFields(address=address, tax_id="BE 0987.654.394")
    sealed = await vault.seal("acc-1", body.to_text())         # one ciphertext: the log never sees a part of it
    CustomerFields.from_text(await vault.open(sealed))

Pure: sealing and opening is the API's (shared/http/vault.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Self

from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError


@cache
def _countries() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 codes and what states call them; read when they are first asked for, which takes 50 ms."""
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code != "ZZ"}


def is_country(code: str) -> bool:
    """Whether ISO 3166-1 has the code.

    >>> is_country("BE"), is_country("EL")
    (True, False)
    """
    return code in _countries()


def _country(code: str) -> str:
    if not is_country(code):
        raise PydanticCustomError("country", "{code} is no ISO 3166-1 country, such as BE", {"code": repr(code)})
    return code


# One line of text: no control characters, among them line breaks and U+0000.
_LINE: Final = r"^[^\x00-\x1f\x7f]+$"
_EMAIL: Final = r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"
_ELECTRONIC_ADDRESS: Final = r"^[0-9A-Z]{2,4}:[^\s\x00-\x1f\x7f]+$"
_LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
LineText = Annotated[str, Field(strict=True, max_length=200, pattern=_LINE)]


class AddressBody(BaseModel):
    """A postal address. `lines` are street, building and the like; `country` is ISO 3166-1 alpha-2."""

    model_config = ConfigDict(extra="forbid")

    lines: list[LineText] = Field(min_length=1, max_length=5)
    postal_code: Annotated[str, Field(strict=True, max_length=20, pattern=_LINE)]
    city: LineText
    region: LineText | None = None
    country: Annotated[str, Field(strict=True, pattern="^[A-Z]{2}$"), AfterValidator(_country)]

    def as_printed(self, country: str = "") -> tuple[str, ...]:
        """The lines of an envelope; `country` is what the reader calls it, English if not said."""
        place = f"{self.postal_code} {self.city}"
        return (*self.lines, place, *([self.region] if self.region else []), country or _countries()[self.country])


class CustomerFields(BaseModel):
    """What else is known of a customer: `tax_id` as the customer writes it, `language` as a BCP 47 tag.

    For electronic invoices: `electronic_address` is a scheme (EAS) and an id in it, such as `0208:0987654394` or
    `9930:DE123456789`; `buyer_reference` is what the customer wants each of them to quote.
    """

    address: AddressBody | None = None
    tax_id: Annotated[str, Field(strict=True, max_length=40, pattern=_LINE)] | None = None
    email: Annotated[str, Field(strict=True, max_length=254, pattern=_EMAIL)] | None = None
    language: Annotated[str, Field(strict=True, pattern=_LANGUAGE)] | None = None
    electronic_address: Annotated[str, Field(strict=True, max_length=100, pattern=_ELECTRONIC_ADDRESS)] | None = None
    buyer_reference: LineText | None = None

    def to_text(self) -> str | None:
        """As JSON, to be sealed; `None` where nothing is known."""
        known = self.model_dump(include=set(CustomerFields.model_fields), exclude_none=True)
        return json.dumps(known, ensure_ascii=False) if known else None

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote. Any other text, such as "erased", says nothing of the customer."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return cls()
