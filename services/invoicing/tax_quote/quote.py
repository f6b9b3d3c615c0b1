"""A tax quote: a body in, lines, groups and sums out. Pure; nothing is stored.

    quote({"currency": "EUR", "lines": [{"id": "1", "net": "908.91", "category": "S", "rate": "21"}]})
    -> {"groups": [{"category": "S", "rate": "21", "base": "908.91", "tax": "190.87"}], "total": "1099.78", ...}

Everything that is wrong with a body is told at once, each with a pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
from pydantic import ValidationError

from services.invoicing.tax_quote.bodies import TaxQuoteAdjustment, TaxQuoteBody, TaxQuoteLineBody
from services.invoicing.tax_quote.determining import determined
from services.invoicing.tax_quote.shapes import groups_shape, line_shape
from services.invoicing.taxes.engine.categories import CATEGORIES, why_not
from services.invoicing.taxes.engine.registry import Registry, Tables
from services.invoicing.taxes.engine.sums import Adjustment, Document, Levy, Line, RoundBy, spread, total
from shared.kernel.bodies import refusals
from shared.kernel.decider import State, View
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.money import format_amount
from shared.kernel.rounding import HALF_UP, round_amount, round_quotient
from shared.kernel.unit_of_work import Missing

Side = Literal["allowances", "charges"]

_SIDES: Final[tuple[Side, Side]] = ("allowances", "charges")
_ONE: Final = Decimal(1)
_ZERO: Final = Decimal(0)


def quote(body: Any, view: View | None = None) -> dict[str, Any]:
    """The answer to a question. Raises `Rejection` with everything that is wrong with it.

    `view` has the tables of taxes, which only lines with a product tax class ask for.
    """
    try:
        asked = TaxQuoteBody.model_validate(body)
    except ValidationError as error:
        raise Rejections(refusals(error)) from error
    if wrong := [*_wrong_lines(asked), *_wrong_adjustments(asked)]:
        raise Rejections(wrong)
    with exact():
        return _answer(asked, Registry(view or Tables({}, {})))


def _answer(asked: TaxQuoteBody, registry: Registry) -> dict[str, Any]:
    currency, round_by = asked.currency, asked.tax_round or "group"
    lines = _lines(asked, registry)
    nets = [line.net for line in total(lines, currency=currency).lines]
    if wrong := list(_wrong_spread(asked, nets)):
        raise Rejections(wrong)
    allowances, charges = _spread(asked, "allowances", nets), _spread(asked, "charges", nets)
    lines = [
        msgspec.structs.replace(line, share=off - on) for line, off, on in zip(lines, allowances, charges, strict=True)
    ]
    document = total(lines, currency=currency, adjustments=_adjustments(asked, round_by))
    shown = [
        line_shape(line, off, on, currency) for line, off, on in zip(document.lines, allowances, charges, strict=True)
    ]
    return {"currency": currency, "lines": shown, "groups": groups_shape(document, currency), **_sums(asked, document)}


def _sums(asked: TaxQuoteBody, document: Document) -> dict[str, str]:
    prepaid = _rounded(asked.prepaid, asked)
    amounts = {
        "net": document.net,
        "allowances": sum((_rounded(one.amount, asked) for one in asked.allowances), _ZERO),
        "charges": sum((_rounded(one.amount, asked) for one in asked.charges), _ZERO),
        "tax": document.tax,
        "total": document.total,
        "prepaid": prepaid,
        "payable": document.total - prepaid,
    }
    return {name: format_amount(amount, asked.currency) for name, amount in amounts.items()}


def _lines(asked: TaxQuoteBody, registry: Registry) -> list[Line]:
    """All of them, or all that is wrong with them. What they miss is asked for together: each of 10,000 lines may be
    supplied at a place of its own, and a quote that asks place by place is begun anew for each."""
    lines: list[Line] = []
    missing: dict[type[State], dict[str, None]] = {}
    refused: list[Rejection] = []
    for n, line in enumerate(asked.lines):
        try:
            lines.append(_line(n, line, asked, registry))
        except Missing as states:
            for kind, keys in states.wanted.items():
                missing.setdefault(kind, {}).update(dict.fromkeys(keys))
        except Rejection as refusal:
            refused += refusal.all
    for kind, together in missing.items():
        raise Missing(kind, list(together))
    if refused:
        first = {(refusal.pointer, refusal.code): refusal for refusal in reversed(refused)}
        raise Rejections(list(reversed(first.values())))
    return lines


def _line(n: int, line: TaxQuoteLineBody, asked: TaxQuoteBody, registry: Registry) -> Line:
    if line.product_tax_class is None:
        levies: tuple[Levy, ...] = (_levy(line.category, line.rate, line.reason, asked.tax_round or "group"),)
    else:
        levies = determined(n, line, asked, registry)
    named = line.id or str(n + 1)
    if line.net is not None:
        return Line(id=named, levies=levies, net=line.net)
    if line.gross is not None:
        return Line(id=named, levies=levies, gross=_rounded(line.gross, asked))
    price = round_quotient(
        (line.quantity or _ZERO) * (line.unit_price or _ZERO), line.base_quantity or _ONE, asked.currency
    )
    if asked.prices_include_tax:
        return Line(id=named, levies=levies, gross=price)
    return Line(id=named, levies=levies, net=price)


def _levy(category: str | None, rate: Decimal | None, reason: str | None, round_by: RoundBy) -> Levy:
    category = category or "S"
    name = CATEGORIES[category].name
    return Levy(category=category, rate=rate or _ZERO, name=name, reason=reason, round_by=round_by)


def _rounded(amount: Decimal, asked: TaxQuoteBody) -> Decimal:
    return round_amount(amount, HALF_UP, asked.currency)


def _adjustments(asked: TaxQuoteBody, round_by: RoundBy) -> list[Adjustment]:
    """Those that have a category; the others are spread over the lines."""
    return [
        Adjustment(amount=sign * _rounded(one.amount, asked), levies=(_levy(one.category, one.rate, None, round_by),))
        for sign, side in ((-_ONE, asked.allowances), (_ONE, asked.charges))
        for one in side
        if one.category is not None
    ]


def _spread(asked: TaxQuoteBody, side: Side, nets: Sequence[Decimal]) -> list[Decimal]:
    """What each line bears of the amounts without a category."""
    shares = [_rounded(_ZERO, asked)] * len(nets)
    for one in _of(asked, side):
        if one.category is None and one.amount:
            parts = spread(_rounded(one.amount, asked), nets, currency=asked.currency)
            shares = [share + part for share, part in zip(shares, parts, strict=True)]
    return shares


def _wrong_spread(asked: TaxQuoteBody, nets: Sequence[Decimal]) -> Iterator[Rejection]:
    if sum(nets, _ZERO):
        return
    for side in _SIDES:
        for n, one in enumerate(_of(asked, side)):
            if one.category is None and one.amount:
                detail = "the lines sum to 0, over which nothing can be spread; give a category and its rate"
                yield Rejection("invalid", detail, pointer=f"/{side}/{n}/category")


def _of(asked: TaxQuoteBody, side: Side) -> Sequence[TaxQuoteAdjustment]:
    return asked.allowances if side == "allowances" else asked.charges


def _wrong_lines(asked: TaxQuoteBody) -> Iterator[Rejection]:
    seen: set[str] = set()
    for n, line in enumerate(asked.lines):
        at = f"/lines/{n}"
        yield from _wrong_price(line, at, asked)
        yield from _wrong_tax(line, at)
        if line.id is not None and line.id in seen:
            yield Rejection("invalid", f"line {line.id!r} comes twice; each has an id of its own", pointer=f"{at}/id")
        seen.add(line.id or "")


def _wrong_price(line: TaxQuoteLineBody, at: str, asked: TaxQuoteBody) -> Iterator[Rejection]:
    """A line says in one way what it costs."""
    by_unit = [line.quantity, line.unit_price, line.base_quantity]
    ways = sum((line.net is not None, line.gross is not None, any(value is not None for value in by_unit)))
    if ways == 0:
        yield Rejection("required", "give net, gross, or quantity and unit_price", pointer=f"{at}/net")
    elif ways > 1:
        yield Rejection("invalid", "give only one of net, gross, or quantity and unit_price", pointer=at)
    elif line.gross is not None and not asked.prices_include_tax:
        yield Rejection("invalid", "a gross price needs prices_include_tax: true", pointer=f"{at}/gross")
    elif line.net is None and line.gross is None:
        for name, value in (("quantity", line.quantity), ("unit_price", line.unit_price)):
            if value is None:
                yield Rejection("required", "quantity and unit_price go together", pointer=f"{at}/{name}")


def _wrong_tax(line: TaxQuoteLineBody, at: str) -> Iterator[Rejection]:
    if line.product_tax_class is not None:
        if line.category is not None or line.rate is not None:
            detail = "a line has either a category and its rate or a product_tax_class"
            yield Rejection("invalid", detail, pointer=f"{at}/product_tax_class")
    elif line.category is None:
        detail = "give a category and its rate, or a product_tax_class"
        yield Rejection("required", detail, pointer=f"{at}/category")
    else:
        yield from _wrong_rate(line.category, line.rate, at)


def _wrong_rate(category: str, rate: Decimal | None, at: str) -> Iterator[Rejection]:
    if (reason := why_not(category, rate)) is not None:
        yield Rejection("required" if rate is None else "invalid", reason, pointer=f"{at}/rate")


def _wrong_adjustments(asked: TaxQuoteBody) -> Iterator[Rejection]:
    for side in _SIDES:
        for n, one in enumerate(_of(asked, side)):
            at = f"/{side}/{n}"
            if one.category is not None:
                yield from _wrong_rate(one.category, one.rate, at)
            elif one.rate is not None:
                yield Rejection("required", "a rate is one of a category", pointer=f"{at}/category")
