"""An event, once written, stays: what its schema allows is folded into state and into rows, in all five services."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec
import pytest

from services.invoicing.service import SERVICE as INVOICING
from services.payments.app import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.reporting.app import SERVICE as REPORTING
from services.usage.app import SERVICE as USAGE
from shared.engine.aggregate import Aggregate, taken
from shared.engine.generation import prepare
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Service, ViewService
from shared.engine.store import write_results, write_states
from shared.kernel import dead_letters, wire
from shared.kernel.decider import Due, Evolve, State, View
from shared.kernel.errors import NeverBegan
from shared.kernel.message import Catalogue, Event
from shared.kernel.outcome import OUTCOMES, outcomes
from tests.kit.any_event import Made, Nothing, envelope_of, examples
from tests.kit.servers import FreshEnvironment

DECIDING: tuple[Service, ...] = (USAGE, RATING, INVOICING, PAYMENTS)
FOLDED = 20
WRITTEN = 16

Write = Callable[[Connection, Sequence[Applied]], Awaitable[None]]


def readable(service: Service) -> Catalogue[Event]:
    return service.events | outcomes(service.name)


def allowed(catalogue: Catalogue[Event], name: str, count: int) -> list[Applied]:
    """Events of a type as they come out of a log. What decoding refuses was never an event."""
    found = []
    for data in examples(catalogue[name], count):
        try:
            event = catalogue.decode(name, data)
        except msgspec.ValidationError:
            continue
        found.append(Applied(event, envelope_of(name, event), 14))
    assert len(found) > count // 2, f"the examples of {name} are no events"
    return found


def fold(service: Service, applied: Applied, view: View) -> list[State]:
    event, envelope, _ = applied
    changes = (
        dead_letters.fold(event, envelope.seq, view)
        if isinstance(event, OUTCOMES)
        else service.evolve(event, envelope, view)
    )
    return [change for change in changes if isinstance(change, State)]


@cache
def folded(service_name: str, name: str) -> list[Applied]:
    """The same for every test; rows are written of the first of them."""
    (service,) = (s for s in DECIDING if s.name == service_name)
    return allowed(readable(service), name, FOLDED)


@pytest.mark.parametrize(
    ("service", "name"), [pytest.param(s, name, id=name) for s in DECIDING for name in readable(s)]
)
def test_evolve_takes_every_event_that_its_schema_allows(service: Service, name: str) -> None:
    for applied in folded(service.name, name):
        for document in (d for full in (False, True) for d in fold(service, applied, Made(full=full))):
            # As the store keeps it, and reads it again.
            assert wire.read(type(document), wire.write(document)) == document
        # The one thing it may say: what it goes on with is not in the log.
        with suppress(NeverBegan):
            fold(service, applied, Nothing())


def aggregates() -> dict[str, Aggregate]:
    """Each that folds, by its package."""
    found = {}
    for service in DECIDING:
        package = importlib.import_module(f"services.{service.name}")
        for file in sorted(Path(*package.__path__).glob("*/aggregate.py")):
            name = f"{package.__name__}.{file.parent.name}"
            found[name] = importlib.import_module(f"{name}.aggregate").AGGREGATE
    return {name: aggregate for name, aggregate in found.items() if aggregate.folds}


AGGREGATES: Final = aggregates()
OWNERS: Final = {state: name for name, aggregate in AGGREGATES.items() for state in aggregate.states}


def changed_kinds(fold: Evolve, applied: Applied, view: View) -> set[type[State]]:
    """What a fold writes or ends. Timers are the engine's, and whoever folds may set them."""
    event, envelope, _ = applied
    changes: list[Any] = []
    with suppress(NeverBegan):
        changes.extend(fold(event, envelope, view))
    return {type(change) if isinstance(change, State) else change.kind for change in changes} - {Due}


@pytest.mark.parametrize("name", AGGREGATES)
def test_an_aggregate_changes_no_states_but_those_that_it_declares(name: str) -> None:
    service = next(s for s in DECIDING if s.name == name.split(".")[1])
    names: dict[type[Any], str] = {kind: n for n, kind in readable(service).items()}
    changed = set()
    for evolve in AGGREGATES[name].folds:
        for kind in taken(evolve):
            for applied in folded(service.name, names[kind]):
                for view in (Made(full=True), Made(full=False), Nothing()):
                    for state in changed_kinds(evolve, applied, view):
                        owner = OWNERS.get(state, "nobody")
                        assert owner == name, f"{name} folds {kind.__name__} into {state.__name__} of {owner}"
                        changed.add(state)
    # What is read from tables alone is folded nowhere.
    kept = [state for state in AGGREGATES[name].states if state.STORED or AGGREGATES[name].project is not None]
    assert changed or not kept, f"{name} folds nothing of all that its events allow"


async def written_alone(pool: asyncpg.Pool[Any], write: Write, applied: Applied) -> None:
    """One event in one transaction, which is undone. Two of one name in one event are a damaged log: it stops there."""
    async with pool.acquire() as connection:
        undone = connection.transaction()
        await undone.start()
        try:
            await write(connection, [applied])
        except (NeverBegan, asyncpg.UniqueViolationError):
            pass
        except Exception as error:
            raise AssertionError(f"{applied.envelope.type}: {error!r} at {applied.event}") from error
        finally:
            await undone.rollback()


@pytest.mark.servers
@pytest.mark.parametrize("service", DECIDING, ids=lambda service: service.name)
async def test_a_service_writes_the_rows_of_every_event_that_its_schema_allows(
    fresh_env: FreshEnvironment, service: Service
) -> None:
    async def write(connection: Connection, batch: Sequence[Applied]) -> None:
        for applied in batch:
            states: dict[type[State], dict[str, State | None]] = {}
            for document in fold(service, applied, Made(full=True)):
                states.setdefault(type(document), {})[document.key] = document
            await write_states(connection, 0, states)
        await write_results(connection, 0, batch, since=None)
        await service.project(connection, 0, batch)

    await _all_written(fresh_env, service, [(readable(service), write)])


@pytest.mark.servers
async def test_reporting_writes_the_rows_of_every_event_that_a_schema_allows(fresh_env: FreshEnvironment) -> None:
    def writer(topic: str) -> Write:
        async def write(connection: Connection, batch: Sequence[Applied]) -> None:
            await REPORTING.project(connection, topic, 0, batch)

        return write

    sources = [(i.readable, writer(i.topic)) for i in REPORTING.inputs]
    await _all_written(fresh_env, REPORTING, sources)


async def _all_written(
    environment: FreshEnvironment, service: Service | ViewService, sources: Sequence[tuple[Catalogue[Event], Write]]
) -> None:
    dsn = environment.settings.postgres_dsn_of(service.name)
    generation = await prepare(dsn, service, environment.settings)
    async with asyncpg.create_pool(
        dsn, min_size=1, max_size=1, server_settings={"search_path": generation.search_path}
    ) as pool:
        for catalogue, write in sources:
            for name in catalogue:
                for applied in folded(catalogue.service, name)[:WRITTEN]:
                    await written_alone(pool, write, applied)
