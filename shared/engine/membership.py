"""Whether this process is what it takes itself for: a member of its group, with the partitions that it works on.

    membership = Membership(groups, "rating", "rating.commands", client_id, working_on=lambda: {0, 1}, partitions=4)
    await membership.look()
    membership.standing()       # (True, ""), (True, "standby: ...") or (False, "no member of the group ...")

A client can lose its place in the group and believe otherwise, or know it and wait for a poll that never comes. So the
coordinator is asked, from outside of the client. One whose place is not found again within `LOST_S` is ended: the
supervisor starts it anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Final
from uuid import uuid4

import structlog
from aiokafka.errors import KafkaError

from shared.engine.groups import STABLE, Group, Groups
from shared.engine.settings import Settings

log = structlog.get_logger()

# A rebalance may wait 10 s for its members and each of them 25 s for its batch in flight.
LOST_S: Final = 60.0
# The coordinator moves within seconds where its broker dies; longer without an answer is an outage.
UNANSWERED_S: Final = 15.0


class NotAMember(Exception):
    """The coordinator does not know this process, or gave it other partitions than it works on: start again."""


class Membership:
    """What the coordinator last said; `look` asks it, and forgives what is healed within `lost_s`."""

    def __init__(
        self,
        groups: Groups,
        group: str,
        topic: str,
        client_id: str,
        *,
        working_on: Callable[[], Collection[int]],
        partitions: int,
        lost_s: float = LOST_S,
    ) -> None:
        self._groups = groups
        self._group = group
        self._topic = topic
        self._client_id = client_id
        self._working_on = working_on
        self._partitions = partitions
        self._lost_s = lost_s
        self._said: Group | None = None
        self._answered_at = self._well_at = time.monotonic()

    async def look(self) -> None:
        """Raises `NotAMember` once the place has been lost for too long. A coordinator that is away says nothing."""
        try:
            self._said = await self._groups.describe(self._group, self._topic)
        except (KafkaError, OSError, TimeoutError) as error:
            log.info("group_not_described", group=self._group, error=repr(error))
            # Nothing is known of this time: it does not count against us.
            self._well_at = time.monotonic()
            return
        now = self._answered_at = time.monotonic()
        why = self._wrong()
        if why is None:
            self._well_at = now
        elif now - self._well_at > self._lost_s:
            raise NotAMember(f"for {now - self._well_at:.0f} s: {why}")

    def standing(self) -> tuple[bool, str]:
        """Whether this process may call itself ready, as far as its group goes, and what is to be said of it."""
        silent_s = time.monotonic() - self._answered_at
        if silent_s > UNANSWERED_S:
            return False, f"Kafka has not said for {silent_s:.0f} s who is in the group {self._group}"
        why = self._wrong()
        if why is not None:
            return False, why
        assert self._said is not None, "otherwise it is wrong"
        if not self._said.owners:
            return False, f"the group {self._group} is handing out its partitions"
        if missing := self._said.unowned(self._partitions):
            return False, f"nobody has partitions {missing} of {self._topic}"
        if not self._working_on():
            return True, f"standby: others have all {self._partitions} partitions of {self._topic}"
        return True, ""

    def _wrong(self) -> str | None:
        if self._said is None:
            return f"asking who is in the group {self._group}"
        if self._client_id not in self._said.members:
            return f"no member of the group {self._group}"
        given = {partition for partition, owner in self._said.owners.items() if owner == self._client_id}
        working_on = set(self._working_on())
        if self._said.state == STABLE and given != working_on:
            return f"the group {self._group} gave this process {sorted(given)}, it works on {sorted(working_on)}"
        return None


def client_id_of(settings: Settings, service: str) -> str:
    """A name in the group that no other process has. A static member keeps it: the coordinator remembers its first."""
    return f"{settings.env}.{service}-{settings.instance or uuid4().hex[:12]}"
