"""The `rounding` of a price: a mode's name, or a mode with its decimals.

"half_even" and {"mode": "half_even"} round to the currency's minor unit, {"mode": "up", "decimals": 4} to four
decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, get_args

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from shared.kernel.rounding import HALF_UP, ROUNDING_DECIMALS_MAX, Rounding, RoundingMode

_MODES: Final[tuple[str, ...]] = get_args(RoundingMode)
_FIELDS: Final = {"mode", "decimals"}


def _parse(value: object) -> Rounding:
    if value is None:
        return HALF_UP
    if isinstance(value, Rounding):
        return value
    mode: Any = value
    decimals: Any = None
    if isinstance(value, Mapping):
        if unknown := sorted(str(name) for name in value if name not in _FIELDS):
            raise _invalid(f"rounding has mode and decimals, not {', '.join(unknown)}")
        mode, decimals = value.get("mode", HALF_UP.mode), value.get("decimals")
    if mode not in _MODES:
        raise _invalid(f"a rounding mode is expected: {', '.join(_MODES)}")
    if decimals is not None and (
        isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= ROUNDING_DECIMALS_MAX
    ):
        raise _invalid(f"decimals is a JSON integer from 0 to {ROUNDING_DECIMALS_MAX}")
    return Rounding(mode, decimals)


def _invalid(reason: str) -> PydanticCustomError:
    return PydanticCustomError("invalid", "{reason}", {"reason": reason})


def _body(rounding: Rounding) -> str | dict[str, Any]:
    if rounding.decimals is None:
        return rounding.mode
    return {"mode": rounding.mode, "decimals": rounding.decimals}


_MODE_SCHEMA: Final = {"type": "string", "enum": list(_MODES)}

RoundingField = Annotated[
    Rounding,
    PlainValidator(_parse),
    PlainSerializer(_body),
    WithJsonSchema(
        {
            "anyOf": [
                _MODE_SCHEMA,
                {
                    "type": "object",
                    "properties": {
                        "mode": _MODE_SCHEMA,
                        "decimals": {
                            "anyOf": [
                                {"type": "integer", "minimum": 0, "maximum": ROUNDING_DECIMALS_MAX},
                                {"type": "null"},
                            ]
                        },
                    },
                    "additionalProperties": False,
                },
                {"type": "null"},
            ],
            "default": "half_up",
        }
    ),
]
