"""Price models: every other file of this folder is one price model, and nothing outside names it.

A new model is one new file that ends in a `MODEL`: see `per_unit.py` for the shape. It is found by listing the folder,
its parameters become part of the API's JSON schema, and one shared test runs its `EXAMPLES`.

What all models share lives in `engine/`: the contract of a model, modifiers, lines and the pricing of a period's usage.

    price = parse_price({"model": "per_unit", "unit_price": "0.10", "meter": "data.gigabytes"})
    quote = usage_lines([price], currency="EUR", period=june, quantity_by_meter={"data.gigabytes": Decimal("120")})
    quote.amount      # Decimal('12.00')
"""

from services.rating.pricing.engine.lines import Line, Quote, line_body, quote_body, step_body
from services.rating.pricing.engine.price import Price, parse_price, price_schema
from services.rating.pricing.engine.usage import price_usage, usage_lines

__all__ = [
    "Line",
    "Price",
    "Quote",
    "line_body",
    "parse_price",
    "price_schema",
    "price_usage",
    "quote_body",
    "step_body",
    "usage_lines",
]
