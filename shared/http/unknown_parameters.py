"""What would be ignored without a word is refused: a filter would show wrong numbers, an amount would be another.

GET /v1/payments/pay-1?as_of=2026-01-01                       400 unknown_parameter
GET /v1/payments?q=%00                                        422 invalid, /q
POST /v1/payments {"amount": "1.00", "amount": "1000.00"}     422 duplicate_key

A route declares its query parameters as arguments of its function, or as OpenAPI parameters (`documented`).
"""

from __future__ import annotations

from fastapi import Request
from fastapi.routing import APIRoute

from shared.http.problems import BadParameter
from shared.kernel.json_keys import check_keys


def check_parameters(request: Request) -> None:
    """Raises `BadParameter`, naming the first one that nobody declared (400), or with U+0000 in it (422): no table has
    such text."""
    if not request.query_params:
        return
    route = request.scope["route"]
    # What is not in the document refuses whatever it is sent.
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return
    declared = _declared_by(route)
    for name, value in request.query_params.multi_items():
        if name not in declared:
            takes = f"it takes {', '.join(sorted(declared))}" if declared else "it takes none"
            raise BadParameter(
                name, f"{name} is no parameter of this path; {takes}", code="unknown_parameter", status=400
            )
        if "\0" in value:
            raise BadParameter(name, f"{name} may not contain U+0000; remove it")


async def check_body(request: Request) -> None:
    """Raises `duplicate_key` (422) for a body that the framework reads as JSON, and has at hand by now; a route that
    reads its own looks itself."""
    route = request.scope["route"]
    if isinstance(route, APIRoute) and route.body_field is not None:
        check_keys(await request.body())


def _declared_by(route: APIRoute) -> frozenset[str]:
    arguments = {argument.alias for argument in route.dependant.query_params}
    documented = (route.openapi_extra or {}).get("parameters", ())
    return frozenset(arguments | {parameter["name"] for parameter in documented if parameter["in"] == "query"})
