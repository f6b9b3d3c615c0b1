"""What an operator may ask of every deciding service: take again, or discard, what a bug put aside.

    RequeueDeadLetter(seq=1842)               a dead-lettered command; or a queue up to and with that input
    RequeueParked(parking_key="acc-1")        a whole queue, from its front
    DiscardDeadLetter(seq=1842, reason=...)   a dead-lettered command, or the first input of its queue

They travel through `<service>.commands` to the partition that holds what was put aside, which the sender must name: a
parking key does not say it. Refused: `not_found`, `already_resolved`, `not_parked`, `not_first`, `account_parked`,
`crashed_again`.
"""

from __future__ import annotations

from shared.kernel.message import Catalogue, Command, catalogue


class RequeueDeadLetter(Command, frozen=True, kw_only=True):
    """Have what event `seq` put aside taken again, after what stands before it; `queue`: with all behind it as well."""

    KEY_FIELD = "seq"

    seq: int
    queue: bool = False


class RequeueParked(Command, frozen=True, kw_only=True):
    """Have the inputs of a queue taken again, in their order; `through`: not those put aside after that event.

    A long queue is taken in pages, each of which asks for the next.
    """

    KEY_FIELD = "parking_key"

    parking_key: str
    through: int | None = None


class DiscardDeadLetter(Command, frozen=True, kw_only=True):
    """Never take what event `seq` put aside. Of a queue only the first can be discarded: the others wait for it."""

    KEY_FIELD = "seq"

    seq: int
    reason: str


RecoveryCommand = RequeueDeadLetter | RequeueParked | DiscardDeadLetter
RECOVERY_COMMANDS = (RequeueDeadLetter, RequeueParked, DiscardDeadLetter)


def recovery_commands(service: str) -> Catalogue[Command]:
    """These commands under a service's name."""
    return catalogue(service, *RECOVERY_COMMANDS)
