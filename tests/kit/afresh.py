"""An API as it was when it was built: what its routes have noted since is forgotten.

    forget = what_is_noted(app)
    ...
    forget()     # names that were opened, a provider that was asked, a stream that was opened: none of it was

What a route keeps is in what its functions close over: objects of ours, lists, dicts and sets.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, MethodType
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from shared.http.openapi import api_routes

_OURS: Final = ("services.", "shared.http.")


def what_is_noted(app: FastAPI) -> Callable[[], None]:
    """Gives what to call for all of it to be as it is now."""
    found: dict[int, tuple[Any, Any]] = {}
    left: list[Any] = [call for route in api_routes(app) for call in _calls(route.dependant)]
    left += (given for middleware in app.user_middleware for given in middleware.kwargs.values())
    seen: dict[int, Any] = {}
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        if (holds := _holding(one)) is not None:
            found[id(holds)] = (holds, holds.copy())
        left.extend(_within(one))

    def forget() -> None:
        for holds, noted in found.values():
            _end(holds)
            holds.clear()
            (holds.extend if isinstance(holds, list | deque) else holds.update)(noted)

    return forget


def _end(holds: Any) -> None:
    """What is still going on for whoever has gone, and what it has told."""
    for one in list(holds.values()) if isinstance(holds, dict) else ():
        if isinstance(one, asyncio.Task):
            one.cancel()
        elif isinstance(one, asyncio.Event):
            one.clear()


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def _holding(one: Any) -> Any:
    """What of it may change."""
    if isinstance(one, list | dict | set | deque):
        return one
    return vars(one) if _is_ours(one) and hasattr(one, "__dict__") else None


def _within(one: Any) -> Iterable[Any]:
    if isinstance(one, FunctionType):
        return [cell.cell_contents for cell in one.__closure__ or ()]
    if isinstance(one, MethodType):
        return [one.__self__, one.__func__]
    if isinstance(one, dict):
        return list(one.values())
    if isinstance(one, list | tuple | set | frozenset | deque):
        return list(one)
    return list(vars(one).values()) if _is_ours(one) and hasattr(one, "__dict__") else ()


def _is_ours(one: Any) -> bool:
    return type(one).__module__.startswith(_OURS) and not isinstance(one, type)
