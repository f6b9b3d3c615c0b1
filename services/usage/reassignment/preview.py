"""What a reassignment would take along: how many records, from whom and to whom, before anything is done.

found = await moves_of(api, ReassignResource("mac:00:1b", bolt, 10 to 20 September))
found.assignments          as they would be
found.moves                {(acme, sub-1) -> (bolt, sub-9): 412 records, ...}

It asks the functions that will decide. More than `RECORDS_MAX` records are refused, with the instant to split at: the
time of the caller, and of the partitions, is bounded by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeVar

from services.usage.quarantine.loading import parked_at
from services.usage.quarantine.messages import Place
from services.usage.quarantine.returnable import ReturnableRecord
from services.usage.quarantine.state import place_name
from services.usage.reassignment.rows import counted, found_in, wanted_by
from services.usage.reassignment.state import INDEX_LAST, Asked
from services.usage.resource.decide import decide_resource
from services.usage.resource.messages import ReassignResource, ResourceReassigned
from services.usage.resource.reassigning import reassigned
from services.usage.resource.state import Assignment, Resource, micros_of
from services.usage.retraction.holders import Holders
from services.usage.retraction.rows import load_standings
from services.usage.retraction.state import REFUSED, RESTORED
from shared.engine.postgres import Connection
from shared.engine.stored_states import StoredStates
from shared.http.api import Api
from shared.kernel.decider import Context, Home, State, View
from shared.kernel.errors import Rejection
from shared.kernel.instants import clamped
from shared.kernel.partition import partition_of

RECORDS_MAX: Final = 10_000
"""About what one line reports every five minutes in a month; and so many events are looked into at most."""

NEVER_LATE: Final = timedelta(days=35)
"""So long a period is open to what comes late after its end (R34), so a record that is younger is never too late."""

_PAGE: Final = 100

D = TypeVar("D", bound=State)

Holder = tuple[str, str] | None
"""Account and subscription; `None` for nobody."""


class Moves(NamedTuple):
    """Assignments as they would be, and how many records go from whom to whom; nothing where nothing would change.

    `old` of them began so long ago that rating may refuse them, `too_late`: their bill may be closed for good.
    """

    event: ResourceReassigned | None
    assignments: tuple[Assignment, ...]
    moves: Mapping[tuple[Holder, Holder], int]
    old: Mapping[tuple[Holder, Holder], int]


async def moves_of(api: Api, command: ReassignResource, expected_version: int | None) -> Moves:
    """Raises what the command would be refused for, and `too_much_usage`."""
    partitions = api.settings.partitions
    context = Context(
        now=api.clock.now(),
        partition=partition_of(command.resource_id, partitions),
        partitions=partitions,
        command_id="preview",
        expected_version=expected_version,
    )
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        view = _StoredResources(connection, partitions)
        events = await view.ask(lambda v: decide_resource(command, v, context))
        event = next((one for one in events if isinstance(one, ResourceReassigned)), None)
        before = await view.ask(lambda v: v.get(Resource, command.resource_id))
        if event is None:
            return Moves(None, before.assignments if before is not None else (), {}, {})
        after = reassigned(event, before)
        view.put(after)
        moves, old = await _counted_moves(connection, command, context, view)
    return Moves(event, after.assignments, moves, old)


async def _counted_moves(
    connection: Connection, command: ReassignResource, context: Context, view: _StoredResources
) -> tuple[Counter[tuple[Holder, Holder]], Counter[tuple[Holder, Holder]]]:
    since, until = micros_of(command.valid_from), None if command.valid_to is None else micros_of(command.valid_to)
    moves: Counter[tuple[Holder, Holder]] = Counter()
    old: Counter[tuple[Holder, Holder]] = Counter()
    never_late = micros_of(context.now - NEVER_LATE)
    events = 0
    for partition in range(context.partitions):
        asked = Asked((0, -1), since, until, command.resource_id)
        while rows := await counted(connection, partition, asked, _PAGE):
            found = dict(pair for row in rows for pair in found_in(row, asked, wanted_by(asked)))
            moved, of_old = await _moved(connection, partition, found, view, never_late)
            moves += moved
            old += of_old
            events += len(rows)
            if moves.total() > RECORDS_MAX or events > RECORDS_MAX:
                raise _too_much(command, context.now)
            asked = asked._replace(after=(rows[-1]["seq"], INDEX_LAST))
            if len(rows) < _PAGE:
                break
    return moves, old


async def _moved(
    connection: Connection,
    partition: int,
    found: Mapping[Place, ReturnableRecord],
    view: _StoredResources,
    never_late: int,
) -> tuple[Counter[tuple[Holder, Holder]], Counter[tuple[Holder, Holder]]]:
    standings = await load_standings(connection, partition, [place_name(*place) for place in found])
    parked = await parked_at(connection, partition, [*found])
    records = {}
    for place, kept in found.items():
        standing = standings.get(place_name(*place))
        if standing is None or standing.status in (RESTORED, REFUSED):
            records[place] = (kept.recorded(), parked.get(place))

    def moves(v: View) -> tuple[Counter[tuple[Holder, Holder]], Counter[tuple[Holder, Holder]]]:
        holders = Holders(v, [record for record, _ in records.values()])
        moved: Counter[tuple[Holder, Holder]] = Counter()
        old: Counter[tuple[Holder, Holder]] = Counter()
        for record, parked in records.values():
            if holders.is_misplaced(record, parked):
                to = holders.of(record)
                origin = (record.account or "", record.subscription or "")
                move = (origin, None if to is None else (to.account, to.subscription))
                moved[move] += 1
                # What is parked is in no bill, and rating is not asked for it.
                old[move] += record.started_at < never_late and parked is None
        return moved, old

    return await view.ask(moves)


def _too_much(command: ReassignResource, now: datetime) -> Rejection:
    until = min(command.valid_to or now, now)
    middle = command.valid_from + max(until - command.valid_from, until - until) / 2
    at = clamped(micros_of(middle) // 1_000_000 * 1_000_000).isoformat().replace("+00:00", "Z")
    detail = (
        f"more than {RECORDS_MAX:,} records would be looked into; reassign it in parts, first with to {at}"
        " and then from there on"
    )
    return Rejection("too_much_usage", detail, pointer="/to", status=409)


class _StoredResources(StoredStates):
    """Resources and lengths of prefixes, each in the partition of its own key."""

    def __init__(self, connection: Connection, partitions: int) -> None:
        super().__init__(connection, home=0)
        self._partitions = partitions

    def put(self, state: State) -> None:
        self._held[type(state), state.key] = state

    async def load(self, kind: type[D], keys: Sequence[str]) -> dict[str, D]:
        by_home: dict[int, list[str]] = {}
        for key in keys:
            home = 0 if kind.HOME is Home.REFERENCE else partition_of(key, self._partitions)
            by_home.setdefault(home, []).append(key)
        found: dict[str, D] = {}
        for home, names in by_home.items():
            found |= await self._read(kind, names, home)
        return found
