"""What pydantic finds wrong with a request, in the words of the API: a JSON pointer, a stable code, and the fix.

    {"type": "missing", "loc": ("body", "amount", "currency"), "msg": "Field required"}
    ->  Rejection("required", "currency is missing; give it", pointer="/amount/currency")

pydantic's locations hold more than the path: the branch of a union that was tried, or the kind of a key. Walking them
along the body that was sent keeps the segments that exist there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.kernel.bodies import REFUSALS_MAX, code_of
from shared.kernel.errors import Rejection
from shared.kernel.json_keys import json_pointer


def refusals_of(errors: Sequence[Mapping[str, Any]], body: Any) -> list[Rejection]:
    """One refusal per thing that is wrong, at most 100; malformed JSON is a single 400."""
    for error in errors:
        if error["type"] == "json_invalid":
            return [_not_json(error)]
    return [_refusal(error, body) for error in errors[:REFUSALS_MAX]]


def pointer_of(location: Sequence[str | int], body: Any) -> str:
    """The JSON pointer of a location inside `body`; segments that are no part of the body are left out.

    >>> pointer_of(("price", "graduated", "tiers", 0, "up_to"), {"price": {"model": "graduated", "tiers": [{}]}})
    '/price/tiers/0/up_to'
    """
    found: list[str | int] = []
    here = body
    for index, segment in enumerate(location):
        last = index == len(location) - 1
        if isinstance(here, Mapping) and (segment in here or (last and isinstance(segment, str))):
            here = here.get(segment)
        elif isinstance(here, list) and isinstance(segment, int) and segment < len(here):
            here = here[segment]
        else:
            continue
        found.append(segment)
    return json_pointer(*found)


def _refusal(error: Mapping[str, Any], body: Any) -> Rejection:
    where, *location = error["loc"]
    refusal = Rejection(code_of(error["type"]), _detail(error), pointer=None)
    if where == "body":
        refusal.pointer = pointer_of(location, body)
    else:
        refusal.pointer = "".join(f"/{segment}" for segment in location)
        refusal.place = where  # type: ignore[attr-defined]  # shown as "in": query, path or header
    return refusal


def _not_json(error: Mapping[str, Any]) -> Rejection:
    position = error["loc"][-1]
    reason = error.get("ctx", {}).get("error", "not JSON")
    return Rejection("malformed", f"the body is not JSON: {reason} at character {position}", status=400)


def _detail(error: Mapping[str, Any]) -> str:
    """pydantic's sentence, completed where it does not say what to do."""
    kind, message = error["type"], str(error["msg"])
    name = error["loc"][-1] if len(error["loc"]) > 1 else "the body"
    match kind:
        case "missing":
            return f"{name} is missing; give it" if name != "the body" else "a JSON body is required"
        case "extra_forbidden":
            return f"{name} is not a field of this request; remove it or check its spelling"
        case "model_attributes_type" | "dict_type" if len(error["loc"]) > 1:
            return f"an object is expected, not {_json_type(error.get('input'))}"
        case "model_attributes_type" | "dict_type" if len(error["loc"]) == 1:
            return "a JSON object is expected, sent with Content-Type: application/json"
        case "value_error":
            return message.removeprefix("Value error, ")
        case "timezone_aware":
            return "an instant needs its offset; write e.g. 2026-11-23T01:00:00Z"
        case "string_type":
            return f"a string is expected, not {_json_type(error.get('input'))}; put it in quotes"
        case _:
            return message[:1].lower() + message[1:] if message[:1].isupper() else message


def _json_type(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case list():
            return "an array"
        case Mapping():
            return "an object"
        case _:
            return type(value).__name__
