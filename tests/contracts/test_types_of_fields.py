"""No body takes a word or a number for a truth, nor a word, a truth or a fraction for a count: `"dry_run": "off"` would
be carried out, and the page says `wrong_type`."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from meterlog.installation import SERVICES
from shared.http.openapi import api_routes
from tests.contracts.every_endpoint import app_of

WRONG: dict[type, tuple[object, ...]] = {bool: (0, 1, "true", "off"), int: ("1", 1.0, True)}


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Each model that an annotation names, however deep it stands."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def all_models(annotation: Any) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    waiting = list(models_in(annotation))
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [inner for field in model.model_fields.values() for inner in models_in(field.annotation)]
    return found


def kind_of(annotation: Any) -> type | None:
    """`bool` or `int`, also where it may be null or is bounded."""
    if get_origin(annotation) is Annotated:
        return kind_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [part for part in get_args(annotation) if part is not types.NoneType]
        return kind_of(kinds[0]) if len(kinds) == 1 else None
    return annotation if annotation in WRONG else None


def takes(field: FieldInfo, value: object) -> bool:
    checked: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        TypeAdapter(checked).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("service", SERVICES)
def test_a_truth_is_a_truth_and_a_count_is_a_whole_number(service: str) -> None:
    bodies = {
        model
        for each in api_routes(app_of(service))
        if isinstance(route := each.original_route, APIRoute) and route.body_field is not None
        for model in all_models(route.body_field.field_info.annotation)
    }
    assert bodies
    loose = [
        f"{model.__module__}.{model.__name__}.{name} takes {value!r}"
        for model in bodies
        for name, field in model.model_fields.items()
        if (kind := kind_of(field.annotation)) is not None
        for value in WRONG[kind]
        if takes(field, value)
    ]
    assert not loose, "\n".join(sorted(loose))
