"""Amounts, quantities and dates as the customer's language writes them; always exact.

figures.amount(Decimal("1234.5"))                    # 1,234.50     1.234,50     1 234,50
figures.period(Period(2026-09-01, 2026-10-01))       # 1 – 30 Sept 2026, the last day of service included
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import numbers
from babel.dates import format_date, format_interval, format_skeleton

from services.invoicing.documents.paper.language import Language
from shared.kernel.currency import Currency, minor_units
from shared.kernel.decimals import exact
from shared.kernel.period import Period
from shared.kernel.units import for_people, multiple_of


@dataclass(frozen=True)
class Figures:
    """How one document writes its numbers."""

    language: Language
    currency: Currency

    def amount(self, amount: Decimal) -> str:
        """With the decimals of the currency (R4)."""
        return self.number(amount, minor_units(self.currency))

    def number(self, value: Decimal, decimals_min: int = 0) -> str:
        """Exactly, in groups. A minus is a real one, and zero has none."""
        pattern = f"#,##0.{'0' * decimals_min}#"
        with exact():
            text = numbers.format_decimal(
                value or abs(value), pattern, locale=self.language.locale, decimal_quantization=False
            )
        return text.replace("-", "−")

    def percent(self, rate: Decimal) -> str:
        """A rate in percent: `20 %` for 20."""
        with exact():
            return numbers.format_percent(rate / 100, locale=self.language.locale, decimal_quantization=False)

    def quantity(self, quantity: Decimal, unit: str) -> str:
        """`350 GB`, `1:02:05 h`, `1,111 messages`."""
        value, name = for_people(quantity, unit)
        written = value if ":" in value else self.number(Decimal(value))
        return f"{written} {self.language.unit(name)}".strip()

    def price(self, price: Decimal, unit: str, size: Decimal | None) -> str:
        """Prices may have more decimals than the currency (R40); of a block they name its size: `0.10 / GB`."""
        written = self.number(price, minor_units(self.currency))
        if size is None:
            return written
        value, _, name = multiple_of(unit, size).rpartition(" ")
        return f"{written} / {' '.join(part for part in (value, self.language.unit(name)) if part)}"

    def day(self, day: date) -> str:
        """`1 October 2026`: no reader takes the month for the day."""
        return format_date(day, "long", locale=self.language.locale)

    def short_day(self, day: date) -> str:
        return format_skeleton("MMMd", day, locale=self.language.locale)

    def period(self, period: Period) -> str:
        """The last day of service included, as people write it: `1 – 30 Sept 2026`."""
        start, last = period.start, date.fromordinal(max(period.start.toordinal(), period.end.toordinal() - 1))
        return format_interval(start, last, "yMMMd", locale=self.language.locale)
