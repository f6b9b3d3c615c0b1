"""What a way of telling the network is: what a line is to have becomes requests, purely.

To ask for a state twice is to ask for it once: every driver sets a state and adds nothing to it, so that a request
whose answer was lost may be sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import msgspec

AccessState = Literal["open", "throttled", "blocked"]


class CannotTell(Exception):
    """This way can't say that of this line; the text tells the operator what is missing."""


class Rates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A bandwidth profile as it was when it was asked for; rates in kbit/s, `None` where nobody knows them."""

    profile: str
    down_kbps: int | None = None
    up_kbps: int | None = None
    burst_down_kbps: int | None = None
    burst_up_kbps: int | None = None
    burst_s: int | None = None


class Wanted(NamedTuple):
    """What a line is to have, and the version of that. `rates` of an open line are its plan's, if that names any."""

    state: AccessState
    rates: Rates | None = None
    version: int = 1
    why: str = ""


class Line(NamedTuple):
    """A line by the names that equipment knows it by."""

    resource_id: str
    resources: tuple[str, ...] = ()

    def named(self, prefix: str) -> tuple[str, ...]:
        """Its names of one kind, without the word before the colon."""
        return tuple(name[len(prefix) :] for name in self.resources if name.startswith(prefix))


class RadiusRequest(NamedTuple):
    """A CoA-Request, or a Disconnect-Request."""

    disconnect: bool
    attributes: tuple[tuple[str, str], ...]


class HttpRequest(NamedTuple):
    """A POST; `message_id` is the same however often it is sent."""

    message_id: str
    body: bytes


class FileRequest(NamedTuple):
    """The line's row in a CSV file; it replaces those that begin with the same value."""

    header: tuple[str, ...]
    row: tuple[str, ...]


class SqlRequest(NamedTuple):
    """Statements with their arguments, in one transaction."""

    statements: tuple[tuple[str, tuple[str, ...]], ...]


class SimulatedRequest(NamedTuple):
    """What a network element of ours is told."""

    resource_id: str
    state: str
    version: int


Request: TypeAlias = RadiusRequest | HttpRequest | FileRequest | SqlRequest | SimulatedRequest
Render = Callable[[Wanted, Line, str], Sequence[Request]]


class Example(NamedTuple):
    """What is wanted of a line, by vendor, and the requests that say so; `None` where this way can't."""

    wanted: Wanted
    line: Line
    vendor: str
    requests: tuple[Request, ...] | None


@dataclass(frozen=True, kw_only=True)
class Driver:
    """A way. `render` raises `CannotTell`. `needs_secret`: an element of it has one."""

    name: str
    render: Render
    examples: Sequence[Example]
    vendors: frozenset[str] = frozenset({"generic"})
    needs_secret: bool = True
