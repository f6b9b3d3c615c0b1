"""Which column of a bank's CSV file is what, as its user has said it.

{"booked_on": "Buchungstag", "amount": "Betrag", "text": "Verwendungszweck", "name": "Auftraggeber",
 "date_format": "DD.MM.YYYY", "decimal_mark": ","}
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.kernel.bodies import Body, PrintableText

Column = Annotated[PrintableText, Field(min_length=1, max_length=100)]

DateFormat = Literal["YYYY-MM-DD", "DD.MM.YYYY", "DD.MM.YY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY", "YYYYMMDD"]

DATE_FORMATS: Final[dict[str, str]] = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD.MM.YY": "%d.%m.%y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "DD-MM-YYYY": "%d-%m-%Y",
    "YYYYMMDD": "%Y%m%d",
}


class CsvColumns(Body):
    """The names of the columns, and how days and amounts are written. Either `amount`, signed, or `credit` with
    `debit`: money in and money out in columns of their own. Several columns of `text` are joined."""

    booked_on: Column
    amount: Column | None = None
    credit: Column | None = None
    debit: Column | None = None
    text: Annotated[list[Column], Field(max_length=10)] = []
    value_on: Column | None = None
    currency: Column | None = None
    name: Column | None = None
    iban: Column | None = None
    reference: Column | None = None
    date_format: DateFormat = "YYYY-MM-DD"
    decimal_mark: Literal[".", ","] = "."

    @model_validator(mode="after")
    def _one_amount(self) -> CsvColumns:
        if (self.amount is None) == (self.credit is None):
            raise PydanticCustomError("invalid", "either amount or credit (with debit) names a column")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that has to be there."""
        single = (self.booked_on, self.amount, self.credit, self.debit, self.value_on, self.currency)
        rest = (self.name, self.iban, self.reference, *self.text)
        return tuple(column for column in (*single, *rest) if column is not None)
