"""A price read from its JSON: the model's function with its parameters, or a refusal for every bad field.

>>> price = parse_price({"model": "per_unit", "unit_price": "0.05", "meter": "data.gigabytes"})
>>> price.name, price.meter, price.recurring
('per_unit', 'data.gigabytes', False)
>>> parse_price({"model": "per_unit", "unit_price": 0.05}, pointer="/prices/0")
Traceback (most recent call last):
shared.kernel.errors.Rejections: invalid_decimal: a JSON number is not accepted here, as it may have lost digits; wri...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from pydantic import TypeAdapter, ValidationError

from services.rating.pricing.engine.catalogue import Model, models
from services.rating.pricing.engine.contract import (
    Measure,
    Measured,
    PriceTerms,
    PricingContext,
    Problem,
    RecurringModel,
    RecurringTerms,
    Step,
    UsageModel,
    quantity_of,
)
from services.rating.pricing.engine.modifiers import Modifiers
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.rounding import Rounding
from shared.kernel.wire import Written

_NO_MODIFIERS = Modifiers()
_REFS = "#/components/schemas/"


class Price(Written):
    """A price ready to be applied. In messages and states it is this value, on the wire the JSON that was given."""

    __slots__ = ("_given", "model", "terms")

    WIRE_SCHEMA: ClassVar[dict[str, Any]] = {
        "description": "A price of docs/api.md, section 4; its model says which further fields it has.",
        "type": "object",
        "properties": {"model": {"type": "string"}},
        "required": ["model"],
    }

    def __init__(self, model: Model, terms: PriceTerms, given: Mapping[str, Any]) -> None:
        self.model = model
        self.terms = terms
        self._given = given

    def __eq__(self, other: object) -> bool:
        return type(other) is Price and self.terms == other.terms

    def __hash__(self) -> int:
        return hash((self.name, self.meter))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._given})"

    def to_wire(self) -> Mapping[str, Any]:
        return self._given

    @classmethod
    def from_wire(cls, value: Any) -> Price:
        """A price that was valid when it was written. One that this version cannot read is kept as it is."""
        try:
            return parse_price(value)
        except Rejection as refusal:
            if isinstance(value, Mapping) and isinstance(value.get("model"), str):
                return UnreadablePrice(value)
            raise ValueError(refusal.detail) from refusal

    @property
    def name(self) -> str:
        """The word of the model."""
        return self.terms.model

    @property
    def meter(self) -> str | None:
        """The meter whose usage is priced; `None` where the price does not say."""
        return self.terms.meter

    @property
    def rounding(self) -> Rounding:
        """How a line of this price is rounded."""
        return self.terms.rounding

    @property
    def modifiers(self) -> Modifiers:
        """The price's modifiers, all empty where it has none."""
        return _NO_MODIFIERS if self.terms.modifiers is None else self.terms.modifiers

    @property
    def recurring(self) -> bool:
        """Whether the price is for time (`recurring_lines`), not for usage (`usage_lines`)."""
        return self.model.recurring

    @property
    def once(self) -> bool:
        """Whether a recurring price is charged once, and has no periods."""
        return isinstance(self.model, RecurringModel) and self.model.once

    @property
    def recurring_terms(self) -> RecurringTerms:
        """The terms of a recurring price. Raises `TypeError` for one that has no periods."""
        if not isinstance(self.terms, RecurringTerms):
            raise TypeError(f"a {self.name} price has no period of its own")
        return self.terms

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it asks of the usage of a period, each with its meter; nothing where it prices time."""
        if isinstance(self.model, RecurringModel):
            return ()
        asked = self.model.measures(self.terms)
        return tuple(replace(measure, meter=measure.meter or self.meter) for measure in asked)

    def steps(self, *measured: Measured, context: PricingContext | None = None) -> tuple[Step, ...]:
        """The model's steps for what was measured (a recurring model: for a share of its period), before modifiers."""
        if isinstance(self.model, UsageModel) and self.model.in_context:
            return self.model.steps(self.terms, _here(context), *measured)
        return self.model.steps(self.terms, *measured)

    def quantity(self, *measured: Measured, context: PricingContext | None = None) -> Decimal | None:
        """What a line says was used; `None` where what was measured is no one quantity."""
        if isinstance(self.model, UsageModel) and self.model.quantity is not None:
            return self.model.quantity(self.terms, _here(context), *measured)
        return quantity_of(measured[0])


class UnknownModel(LookupError):
    """A price of the log has a model that this version lacks, or says of it what this version cannot read.

    What would price by it stops: the period of the account stays open until the model is back.
    """


class UnreadablePrice(Price):
    """A price whose model this version does not have; it is passed on as it stands, and prices nothing."""

    __slots__ = ()

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnreadablePrice) and self._given == other._given

    def __hash__(self) -> int:
        return super().__hash__()

    @property
    def name(self) -> str:
        return str(self._given["model"])

    @property
    def meter(self) -> str | None:
        meter = self._given.get("meter")
        return meter if isinstance(meter, str) else None

    @property
    def measures(self) -> tuple[Measure, ...]:
        raise UnknownModel(self._why())

    @property
    def recurring(self) -> bool:
        raise UnknownModel(self._why())

    def _why(self) -> str:
        return f"this version cannot read the price {self._given}; add the model {self.name} back"


def parse_price(raw: object, *, pointer: str = "/price") -> Price:
    """Read a price. Raises `Rejections`, one refusal per bad field with its JSON pointer below `pointer`."""
    given = _object(raw, pointer)
    model = _model(given, pointer)
    try:
        terms: PriceTerms = model.parameters.model_validate(given)
    except ValidationError as error:
        raise Rejections(refusals(error, pointer=pointer)) from error
    if problems := [*terms.problems(), *_misplaced(model, terms)]:
        raise Rejections([Rejection(code, detail, pointer=pointer + below) for below, detail, code in problems])
    return Price(model, terms, given)


def _misplaced(model: Model, terms: PriceTerms) -> Iterator[Problem]:
    """A modifier about one quantity, where the model counts something else (R18)."""
    if terms.modifiers is None or terms.modifiers.free_quantity is None or isinstance(model, RecurringModel):
        return
    # A capacity whose tiers limit nothing counts nothing.
    counted = model.measures(terms)
    if len(counted) != 1 or not counted[0].summed:
        detail = f"free_quantity comes off one quantity, and a {terms.model} price counts something else; leave it out"
        yield Problem("/modifiers/free_quantity", detail)


def price_schema() -> dict[str, Any]:
    """The JSON schema of a price: one of the models, told apart by `model`."""
    parameters = {word: model.parameters for word, model in models().items()}
    union = TypeAdapter(reduce(or_, parameters.values()))
    schema = union.json_schema(ref_template=_REFS + "{model}")
    mapping = {word: _REFS + parameters[word].__name__ for word in sorted(parameters)}
    return {
        "description": "What something costs; `model` says how it is computed.",
        "oneOf": [{"$ref": reference} for reference in mapping.values()],
        "discriminator": {"propertyName": "model", "mapping": mapping},
        "$defs": schema["$defs"],
    }


def _here(context: PricingContext | None) -> PricingContext:
    if context is None:
        raise ValueError("this price depends on where and when it prices; hand it a context")
    return context


def _object(raw: object, pointer: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Rejections([Rejection("invalid", "a price is a JSON object with a model", pointer=pointer)])
    return raw


def _model(raw: Mapping[str, Any], pointer: str) -> Model:
    at = f"{pointer}/model"
    if "model" not in raw:
        raise Rejections([Rejection("required", "a price names its model, such as per_unit", pointer=at)])
    word = raw["model"]
    if isinstance(word, str) and word in models():
        return models()[word]
    raise Rejections([Rejection("invalid", f"the model is one of {', '.join(models())}", pointer=at)])
