"""A field that has either a value written out or the id of a stored one; both errors keep the field's own pointer.

    rate_table: Annotated[tuple[RateBody, ...] | str | None, IdOr(tuple[RateBody, ...])] = None

pydantic's own unions would put the name of the branch into the place of an error.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.kernel.ids import ID_PATTERN, STEPS

_ID: Final = re.compile(ID_PATTERN)


class IdOr:
    """Annotation: the id of a stored value, or one of the type `written`."""

    def __init__(self, written: Any) -> None:
        self.written = written

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(_read, handler.generate_schema(self.written))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        written = handler(schema)
        return {"anyOf": [{"type": "string", "pattern": ID_PATTERN}, written, {"type": "null"}]}


def _read(value: Any, written: core_schema.ValidatorFunctionWrapHandler) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        return written(value)
    if _ID.fullmatch(value) is None or value in STEPS:
        raise PydanticCustomError("invalid", "{reason}", {"reason": f"{value[:64]!r} is not an id"})
    return value
