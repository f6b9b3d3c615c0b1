"""Typed refusals: the business "no" of a decider or of the API.

A `Rejection` is the first of the three fates of an error: it is an answer, not an accident. It is never logged as an
error and never retried by us. It travels in `CommandRejected` and comes back to a caller as an RFC 9457 problem:

    raise Rejection("account_exists", "account acc-7 was opened already; choose another id", pointer="/id", status=409)

Faults (network, broker, database) and bugs are ordinary exceptions; they must never be turned into a `Rejection`.
"""

from __future__ import annotations

from collections.abc import Sequence

NOT_FOUND_CODES = frozenset(
    f"{kind}_not_found"
    for kind in (
        *("account", "cycle", "plan", "plan_version", "invoice"),
        *("service", "bandwidth_profile", "migration", "source", "network_element", "meter"),
    )
)
"""What `absent` says: a service that has heard everything knows that it does not exist."""

# Refusals that may be different on a second look: a retry under the same command id is decided again (not final).
RETRYABLE_CODES = NOT_FOUND_CODES | {"expired", "unknown_aggregate", "account_parked", "key_claimed", "usage_arriving"}


IN_USE_NAMED = 5
"""So many users of something are named where it can't be deleted; of more the number is told."""


class Rejection(Exception):
    """One refusal. `code` is stable and machine-readable, `detail` carries the values and the next step.

    `pointer` is the JSON pointer of the offending field in the request body; `None` when no single field is at fault.
    `status` is the HTTP status of the answer.
    """

    def __init__(self, code: str, detail: str, *, pointer: str | None = None, status: int = 422) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.pointer = pointer
        self.status = status

    @property
    def final(self) -> bool:
        """Whether asking again under the same command id gives the same answer."""
        return self.code not in RETRYABLE_CODES

    @property
    def all(self) -> Sequence[Rejection]:
        """Every refusal carried; a single one carries itself."""
        return (self,)


class Rejections(Rejection):
    """Several refusals of one request, told together. Code and status are those of the first."""

    def __init__(self, refusals: Sequence[Rejection]) -> None:
        if not refusals:
            raise ValueError("Rejections needs at least one refusal")
        first = refusals[0]
        super().__init__(first.code, first.detail, pointer=first.pointer, status=first.status)
        self._refusals = tuple(refusals)

    @property
    def all(self) -> Sequence[Rejection]:
        return self._refusals


class NeverBegan(LookupError):
    """An event says something of what no event before it began: the log has a hole, and a person decides.

    The only thing that `evolve` and projections may raise. A partition stops at it; an input is parked.
    """


class Indivisible(Exception):
    """A bug that lies in an input as a whole, such as its number: no part of it may be taken in its place."""


def unsupported(what: str, *, pointer: str | None = None) -> Rejection:
    """A contract that this version does not keep yet: refused, never answered with a wrong number."""
    return Rejection("unsupported", f"{what} is not supported by this version", pointer=pointer)


def absent(kind: str, key: str, *, pointer: str | None = None) -> Rejection:
    """There is no such account, plan, …: 404 for an id in the path, 422 with a pointer for one in the body.

    `kind` is one of those in `NOT_FOUND_CODES`. For what may still be on the way as a command see `unknown_aggregate`.
    """
    status = 404 if pointer is None else 422
    return Rejection(
        f"{kind}_not_found", f"there is no {kind.replace('_', ' ')} {key!r}", pointer=pointer, status=status
    )


def in_use(kind: str, key: str, user: str, users: Sequence[str]) -> Rejection:
    """What others need is not deleted: the first of them are named, and how many there are beside."""
    named, more = ", ".join(users[:IN_USE_NAMED]), len(users) - IN_USE_NAMED
    beside = f" and {more} more" if more > 0 else ""
    detail = f"{key} is used by {user} {named}{beside}; free it there first"
    return Rejection(f"{kind}_in_use", detail, status=409)


def unknown_aggregate(kind: str, key: str, *, pointer: str | None = None) -> Rejection:
    """The thing named does not exist here (yet): 404 for an id in the path, 422 with a pointer for one in the body."""
    status = 404 if pointer is None else 422
    return Rejection("unknown_aggregate", f"{kind} {key!r} is not known", pointer=pointer, status=status)
