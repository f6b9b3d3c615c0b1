"""What a price comes to, in one short sentence: for lists, and for what differs between two versions.

    summary({"model": "flat", "amount": "29.90", "interval": "month"}, "EUR", {})     "€29.90 a month"
    summary({"model": "per_unit", "unit_price": "0.10", "unit_size": "1000000000", "included": "200000000000",
             "meter": "data.octets"}, "EUR", {"data.octets": "octets"})               "€0.10 per GB over 200 GB"

It reads the JSON of a price, valid already, and never computes with it: what is owed is said by a quote. A model that
is not told of here is named with its meter. Units of volume and time are scaled where that is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from babel.numbers import get_currency_symbol

from shared.kernel.decimals import exact, format_decimal
from shared.kernel.money import format_amount

Units = Mapping[str, str]
"""The unit of each meter."""

_SCALES: Final[Mapping[str, Sequence[tuple[int, str]]]] = {
    "octets": ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"), (1, "B")),
    "seconds": ((3600, "h"), (60, "min"), (1, "s")),
}
_INTERVALS: Final = {"month": "a month", "quarter": "a quarter", "year": "a year"}


def summary(price: Mapping[str, Any], currency: str, units: Units) -> str:
    """One price in a sentence; what modifiers add stands behind it."""
    told = _MODELS.get(price["model"])
    sentence = told(price, _Words(currency, units)) if told else _unknown(price)
    return ", ".join([sentence, *_modified(price.get("modifiers") or {}, _Words(currency, units))])


def summaries(prices: Sequence[Mapping[str, Any]], currency: str, units: Units) -> list[str]:
    """All prices of a plan, each in a sentence."""
    return [summary(price, currency, units) for price in prices]


class _Words:
    """Amounts and quantities as people read them."""

    def __init__(self, currency: str, units: Units) -> None:
        self._currency = currency
        self._units = units

    def money(self, amount: str) -> str:
        """ "0.0800" in EUR is "€0.08"."""
        return f"{get_currency_symbol(self._currency, locale='en')}{format_amount(Decimal(amount), self._currency)}"

    def quantity(self, quantity: str, price: Mapping[str, Any]) -> str:
        """ "200000000000" octets are "200 GB"; of other units the number with the unit."""
        unit = self.unit(price)
        with exact():
            value = Decimal(quantity)
            for size, word in _SCALES.get(unit, ()):
                if value and not value % size:
                    return f"{format_decimal(value / size)} {word}"
        return f"{format_decimal(value)} {unit}"

    def each(self, price: Mapping[str, Any], size: str | None) -> str:
        """What a unit price is for: "per GB", "per 100 messages", "per message"."""
        if size is None or Decimal(size) == 1:
            unit = _SCALES.get(self.unit(price))
            return f"per {unit[-1][1] if unit else self.unit(price)}"
        return f"per {self.quantity(size, price).removeprefix('1 ')}"

    def unit(self, price: Mapping[str, Any]) -> str:
        """The unit of the price's meter; the meter itself where nobody has told it."""
        meter = price.get("meter") or "units"
        return self._units.get(meter, meter)


_Told = Callable[[Mapping[str, Any], _Words], str]


def _flat(price: Mapping[str, Any], words: _Words) -> str:
    interval = price.get("interval")
    if isinstance(interval, Mapping):
        return f"{words.money(price['amount'])} every {interval['days']} days"
    return f"{words.money(price['amount'])} {_INTERVALS.get(interval or '', 'a period')}"


def _once(price: Mapping[str, Any], words: _Words) -> str:
    return f"{words.money(price['amount'])} once"


def _per_unit(price: Mapping[str, Any], words: _Words) -> str:
    sentence = f"{words.money(price['unit_price'])} {words.each(price, price.get('unit_size'))}"
    return f"{sentence} over {words.quantity(price['included'], price)}" if _some(price.get("included")) else sentence


def _tiered(price: Mapping[str, Any], words: _Words) -> str:
    """The first and the last tier, and how many there are."""
    tiers = price["tiers"]
    first, last = _tier(tiers[0], price, words), _tier(tiers[-1], price, words)
    if len(tiers) == 1:
        return first
    between = f", {len(tiers)} tiers" if len(tiers) > 2 else ""
    reached = words.quantity(tiers[-2]["up_to"], price)
    whole = "all at " if price["model"] == "volume" else ""
    return f"{first} up to {words.quantity(tiers[0]['up_to'], price)}, {whole}{last} over {reached}{between}"


def _tier(tier: Mapping[str, Any], price: Mapping[str, Any], words: _Words) -> str:
    fee = words.money(tier["flat_fee"]) if _some(tier.get("flat_fee")) else None
    if not _some(tier["unit_price"]):
        return fee or "free"
    each = f"{words.money(tier['unit_price'])} {words.each(price, tier.get('unit_size'))}"
    return f"{fee} + {each}" if fee else each


def _package(price: Mapping[str, Any], words: _Words) -> str:
    sentence = f"{words.money(price['price'])} {words.each(price, price['size'])} begun"
    return f"{sentence} over {words.quantity(price['included'], price)}" if _some(price.get("included")) else sentence


def _percentage(price: Mapping[str, Any], words: _Words) -> str:
    rate = f"{price['rate']} % of {price.get('meter') or 'amounts'}"
    return f"{rate} + {words.money(price['fixed'])} each" if _some(price.get("fixed")) else rate


def _percentile(price: Mapping[str, Any], words: _Words) -> str:
    rank = price.get("percentile", "95")
    sentence = f"{words.money(price['unit_price'])} {words.each(price, None)} at the {rank}th percentile"
    return f"{sentence} over {words.quantity(price['commit'], price)}" if _some(price.get("commit")) else sentence


def _steps_of_rates(price: Mapping[str, Any], words: _Words) -> str:
    tiers = price["tiers"]
    first, last = (f"{tier['rate']} %" for tier in (tiers[0], tiers[-1]))
    if len(tiers) == 1:
        return first
    between = f", {len(tiers)} tiers" if len(tiers) > 2 else ""
    return f"{first} up to {words.money(tiers[0]['up_to'])}, {last} over {words.money(tiers[-2]['up_to'])}{between}"


def _capacity(price: Mapping[str, Any], words: _Words) -> str:
    tiers = price["tiers"]
    meters = ", ".join(dict.fromkeys(meter for tier in tiers for meter in tier["limits"]))
    least, most = words.money(tiers[0]["amount"]), words.money(tiers[-1]["amount"])
    return f"{least} to {most} by the peak of {meters}" if len(tiers) > 1 else f"{least} for {meters or 'any peak'}"


def _matrix(price: Mapping[str, Any], words: _Words) -> str:
    unit = words.each(price, price.get("unit_size"))
    return f"{len(price['cells'])} prices {unit} by {', '.join(price['dimensions'])}"


def _dynamic(price: Mapping[str, Any], words: _Words) -> str:
    return f"{price.get('meter') or 'usage'} at the amount that is reported"


def _time_weighted(price: Mapping[str, Any], words: _Words) -> str:
    return f"{words.money(price['unit_price'])} {words.each(price, None)} on average"


def _rated_call(price: Mapping[str, Any], words: _Words) -> str:
    table = price.get("rate_table")
    if isinstance(table, str):
        return f"calls by rate table {table}"
    if table is not None:
        return f"calls by destination, {len(table)} prefixes"
    bands = price.get("bands") or ()
    return f"calls in {len(bands)} time bands" if len(bands) > 1 else "calls " + _band(bands, words)


def _band(bands: Sequence[Mapping[str, Any]], words: _Words) -> str:
    return "".join(f"at {words.money(band['unit_price'])} per {band['per_s']} s" for band in bands)


_MODELS: Final[Mapping[str, _Told]] = {
    "flat": _flat,
    "one_time": _once,
    "per_unit": _per_unit,
    "graduated": _tiered,
    "volume": _tiered,
    "package": _package,
    "percentage": _percentage,
    "graduated_percentage": _steps_of_rates,
    "dynamic": _dynamic,
    "matrix": _matrix,
    "capacity": _capacity,
    "percentile": _percentile,
    "time_weighted": _time_weighted,
    "rated_call": _rated_call,
}


def _unknown(price: Mapping[str, Any]) -> str:
    word = str(price["model"]).replace("_", " ")
    return f"{word} price of {price['meter']}" if price.get("meter") else f"{word} price"


def _modified(modifiers: Mapping[str, Any], words: _Words) -> list[str]:
    """What modifiers change, in the order in which they are applied."""
    found = []
    if _some(modifiers.get("free_quantity")):
        found.append(f"first {modifiers['free_quantity']} free")
    if discount := modifiers.get("discount"):
        off = f"{discount['percent']} %" if discount.get("percent") is not None else words.money(discount["amount"])
        found.append(f"{off} off until {discount['until']}" if discount.get("until") else f"{off} off")
    for name, word in (("minimum", "at least"), ("maximum", "at most"), ("minimum_commitment", "committed to")):
        if _some(modifiers.get(name)):
            found.append(f"{word} {words.money(modifiers[name])}")
    return found


def _some(number: str | None) -> bool:
    return number is not None and Decimal(number) != 0
