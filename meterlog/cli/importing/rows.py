"""What a row of a file asks for, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True)
class Failure:
    """Why a row is not taken: `line` in the file from 1, `pointer` the field in its body."""

    line: int
    code: str
    pointer: str
    detail: str

    @property
    def sentence(self) -> str:
        what = " ".join(part for part in (self.pointer, self.code) if part)
        return f"line {self.line}: {what}: {self.detail}"

    @property
    def shape(self) -> dict[str, Any]:
        return {"line": self.line, "code": self.code, "pointer": self.pointer, "detail": self.detail}


@dataclass(frozen=True, kw_only=True)
class ImportRow:
    """A thing that is made by `body`. `needs` are paths that must be there; `then` what is asked after it is made."""

    line: int
    id: str
    body: Mapping[str, Any]
    failures: tuple[Failure, ...] = ()
    needs: tuple[tuple[str, str], ...] = field(default=())
    """Pointer and path of what is named."""
    then: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Path and body of further commands."""


def checked(model: type[BaseModel], body: Mapping[str, Any], line: int) -> tuple[Failure, ...]:
    """What the API would refuse of the body, whatever is there."""
    from pydantic import ValidationError

    from shared.kernel.bodies import refusals

    try:
        model.model_validate(body)
    except ValidationError as error:
        return tuple(Failure(line, no.code, no.pointer or "", no.detail) for no in refusals(error))
    return ()


def twice(line: int, id: str, first: int) -> Failure:
    return Failure(line, "duplicate", "/id", f"{id} is in line {first} already")
