"""An allowance as a client writes it, and as it is shown.

{"id": "data", "meter": "data.octets", "quantity": "100000000000"}
{"id": "night", "meter": "data.octets", "quantity": "50", "priority": -1, "validity": {"periods": 3},
 "rollover": {"periods": 1, "max_quantity": "50"}, "shared": "family", "then": [{"at": "80%", "profile": "slow"}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, PlainValidator, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from services.rating.allowance.messages import Allowance, FairUseStep, Rollover, Validity
from services.rating.fields import Body
from services.rating.pricing.engine.contract import MeterId
from shared.kernel.bodies import IdText
from shared.kernel.money import QuantityString

ALLOWANCES_MAX: Final = 20
PERIODS_MAX: Final = 120
DAYS_MAX: Final = 3_660
STEPS_MAX: Final = 10

_COUNT: Final = {"type": "integer", "minimum": 1}
_VALIDITY: Final = {
    "anyOf": [
        {"type": "string", "enum": ["period"]},
        *(
            {
                "type": "object",
                "properties": {name: {**_COUNT, "maximum": most}},
                "required": [name],
                "additionalProperties": False,
            }
            for name, most in (("days", DAYS_MAX), ("periods", PERIODS_MAX))
        ),
    ]
}
_SHARED: Final = {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$"}]}


def _validity(value: object) -> Any:
    match value:
        case "period" | Validity():
            return value
        case {"days": bool()} | {"periods": bool()}:
            pass
        case {"days": int(days), **rest} if not rest and 1 <= days <= DAYS_MAX:
            return Validity(days=days)
        case {"periods": int(periods), **rest} if not rest and 1 <= periods <= PERIODS_MAX:
            return Validity(periods=periods)
    reason = f'"period", {{"days": 1 to {DAYS_MAX}}} or {{"periods": 1 to {PERIODS_MAX}}} is expected'
    raise PydanticCustomError("invalid", "{reason}", {"reason": reason})


def _shared(value: object) -> Any:
    if isinstance(value, bool) or (isinstance(value, str) and 1 <= len(value) <= 64 and value.isascii()):
        return value
    raise PydanticCustomError("invalid", "true, false or the id of a pool is expected")


class RolloverBody(Body):
    """What is left is valid for `periods` more; `max_quantity` bounds all that is carried of the allowance."""

    periods: Annotated[StrictInt, Field(ge=1, le=PERIODS_MAX)]
    max_quantity: QuantityString | None = None


class FairUseStepBody(Body):
    """From the usage `at` on, "80%" of what is there or a quantity, the line gets the bandwidth profile."""

    at: Annotated[str, Field(pattern=r"^\d{1,18}(\.\d{1,6})?%?$")]
    profile: IdText


class AllowanceBody(Body):
    """What a plan includes of a meter in each period; buckets of lower `priority` are used first.

    `shared`: true for a pool of the account's subscriptions of the plan, or the id of a pool of all that name it.
    """

    id: IdText
    meter: MeterId
    quantity: QuantityString
    priority: Annotated[StrictInt, Field(ge=-1000, le=1000)] = 0
    validity: Annotated[Any, PlainValidator(_validity), WithJsonSchema(_VALIDITY)] = "period"
    rollover: RolloverBody | None = None
    shared: Annotated[Any, PlainValidator(_shared), WithJsonSchema(_SHARED)] = False
    then: Annotated[list[FairUseStepBody], Field(max_length=STEPS_MAX)] = []

    def terms(self) -> Allowance:
        """The allowance as messages have it."""
        over = self.rollover
        return Allowance(
            id=self.id,
            meter=self.meter,
            quantity=self.quantity,
            priority=self.priority,
            validity=self.validity,
            rollover=Rollover(periods=over.periods, max_quantity=over.max_quantity) if over else None,
            shared=self.shared,
            then=tuple(FairUseStep(at=step.at, profile=step.profile) for step in self.then),
        )


class RolloverShape(BaseModel):
    periods: int
    max_quantity: str | None


class FairUseStepShape(BaseModel):
    at: str
    profile: str


class AllowanceShape(BaseModel):
    """An allowance as it is shown: all fields of `AllowanceBody`."""

    id: str
    meter: str
    quantity: str
    priority: int
    validity: Annotated[Any, WithJsonSchema(_VALIDITY)]
    rollover: RolloverShape | None
    shared: Annotated[Any, WithJsonSchema(_SHARED)]
    then: list[FairUseStepShape]


def allowance_shape(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of `AllowanceShape` from an allowance as it is kept, without what it does not say."""
    rollover = kept.get("rollover")
    return {
        "id": kept["id"],
        "meter": kept["meter"],
        "quantity": kept["quantity"],
        "priority": kept.get("priority", 0),
        "validity": kept.get("validity", "period"),
        "rollover": rollover and {"periods": rollover["periods"], "max_quantity": rollover.get("max_quantity")},
        "shared": kept.get("shared", False),
        "then": kept.get("then", []),
    }


AllowanceBodies = Annotated[list[AllowanceBody], Field(max_length=ALLOWANCES_MAX)]
