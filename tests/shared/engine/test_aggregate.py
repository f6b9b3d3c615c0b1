"""A service is what its aggregates say: each command has one that decides it, each event is folded by all that take it,
and what doesn't fit is said before anything starts.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.payments.service import SERVICE as PAYMENTS
from services.rating.service import SERVICE as RATING
from shared.engine.aggregate import Aggregate, Misfit, compose, parts
from shared.engine.service import Service
from shared.kernel.decider import Context, Do, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.folders import commands_of, events_of
from shared.kernel.ids import derive
from shared.kernel.message import Command, Event, catalogue
from tests.kit.any_event import Nothing
from tests.kit.decider import NOON, Specification


class Open(Command, frozen=True, kw_only=True):
    account_id: str


class Shut(Command, frozen=True, kw_only=True):
    account_id: str


class Opened(Event, frozen=True, kw_only=True):
    account_id: str


class OpenedV1(Event, frozen=True, kw_only=True):
    VERSION = 0

    account_id: str

    def upcast(self) -> Opened:
        return Opened(account_id=self.account_id)


class Shed(Event, frozen=True, kw_only=True):
    account_id: str


class Door(State, frozen=True, kw_only=True):
    account_id: str
    visits: int = 0


class Bell(State, frozen=True, kw_only=True):
    account_id: str
    heard_of: int = 0


def decide_door(command: Open | Shut, view: View, context: Context) -> Sequence[Event]:
    return [Opened(account_id=command.account_id)] if isinstance(command, Open) else []


def evolve_door(event: Opened, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    known = view.get(Door, event.account_id)
    yield Door(account_id=event.account_id, visits=known.visits + 1 if known else 1)


def evolve_bell(event: Opened, envelope: Envelope, view: View) -> Iterator[State]:
    door = view.get(Door, event.account_id)
    yield Bell(account_id=event.account_id, heard_of=door.visits if door else 0)


def react_door(event: Opened, envelope: Envelope, view: View) -> list[Do | Send]:
    return [Send(Shut(account_id=event.account_id), to="toy")]


def react_bell(event: Opened, envelope: Envelope, view: View) -> list[Do | Send]:
    return [Send(Shut(account_id="bell"), to="toy"), Send(Shut(account_id="bell-2"), to="toy")]


def preload_door(message: Open) -> list[tuple[type[State], str]]:
    return [(Door, message.account_id)]


EVENTS = catalogue("toy", Opened, OpenedV1, Shed)
COMMANDS = catalogue("toy", Open, Shut)
DOOR = Aggregate(
    decides=(decide_door,),
    folds=(evolve_door,),
    unfolded=(Shed,),
    follows=(react_door,),
    preloads=(preload_door,),
    states=(Door,),
)
BELL = Aggregate(folds=(evolve_bell,), follows=(react_bell,), states=(Bell,))


def toy(**aggregates: Aggregate) -> Service:
    made = parts(aggregates, events=EVENTS, commands=COMMANDS)
    return Service(
        name="toy",
        events=EVENTS,
        commands=COMMANDS,
        inputs=(),
        decide=made.decide,
        evolve=made.evolve,
        react=made.react,
        preload=made.preload,
        project=made.project,
        states=made.states,
        tables=(),
        projection_version=1,
        routers=(),
    )


def sent(service: Service) -> dict[str, str]:
    """What follows from `Opened`, by the account of the message: the id of its command."""
    batch = Specification(service.domain)._batch()
    batch.take_command(Open(account_id="acc-1"), asked("c1"))
    return {send.message.key: envelope.command_id or "" for send, envelope in batch.sends}


def asked(command_id: str) -> Envelope:
    return Envelope(
        env="test",
        service="toy",
        partition=0,
        type="",
        recorded_at=NOON,
        subject="acc-1",
        command_id=command_id,
    )


def test_an_event_is_folded_by_all_that_take_it_each_seeing_the_states_before_it() -> None:
    for service in (toy(door=DOOR, bell=BELL), toy(bell=BELL, door=DOOR)):
        spec = Specification(service.domain).given(Opened(account_id="acc-1"), Opened(account_id="acc-1"))
        assert spec.state.get(Door, "acc-1") == Door(account_id="acc-1", visits=2)
        assert spec.state.get(Bell, "acc-1") == Bell(account_id="acc-1", heard_of=1)


def test_another_aggregate_shifts_no_command_id() -> None:
    alone, before, after = sent(toy(door=DOOR)), sent(toy(bell=BELL, door=DOOR)), sent(toy(door=DOOR, bell=BELL))
    assert alone == {"acc-1": derive("toy/0/1", "door", 0)}
    assert before == after == {**alone, "bell": derive("toy/0/1", "bell", 0), "bell-2": derive("toy/0/1", "bell", 1)}


def test_what_is_known_to_be_asked_for_is_told_of_those_messages_alone() -> None:
    service = toy(door=DOOR, bell=BELL)
    assert service.preload(Open(account_id="acc-1")) == [(Door, "acc-1")]
    assert service.preload(Shut(account_id="acc-1")) == []


def vague(event: Event, envelope: Envelope, view: View) -> list[State]:
    return []


def evolve_shed(event: Shed, envelope: Envelope, view: View) -> list[State]:
    return []


class Ring(Command, frozen=True, kw_only=True):
    account_id: str


def decide_ring(command: Ring, view: View, context: Context) -> Sequence[Event]:
    return []


@pytest.mark.parametrize(
    ("aggregates", "said"),
    [
        ({"door": replace(DOOR, decides=())}, "no aggregate decides Open, Shut"),
        ({"door": DOOR, "gate": replace(BELL, decides=(decide_door,))}, "door and gate both decide Open"),
        ({"door": replace(DOOR, decides=(decide_door, decide_ring))}, "decides Ring, which the service does not have"),
        ({"door": replace(DOOR, folds=())}, "no aggregate folds Opened"),
        ({"door": replace(DOOR, unfolded=())}, "no aggregate folds Shed"),
        ({"door": replace(DOOR, folds=(evolve_door, evolve_shed))}, "Shed is folded, and said to be `unfolded`"),
        ({"door": replace(DOOR, folds=(evolve_door, evolve_bell))}, "door takes Opened twice"),
        ({"door": DOOR, "bell": replace(BELL, states=(Door,))}, "two aggregates have the state Door"),
        ({"door": replace(DOOR, folds=(evolve_door, vague))}, "`event` has to name the messages it takes"),
    ],
)
def test_parts_that_do_not_fit_are_refused_by_name(aggregates: dict[str, Any], said: str) -> None:
    with pytest.raises(Misfit, match=said.replace("`", ".")):
        toy(**aggregates)


@pytest.mark.parametrize("service", [RATING, PAYMENTS], ids=lambda service: service.name)
def test_what_no_service_knows_is_decided_and_folded_by_nobody(service: Service) -> None:
    with pytest.raises(KeyError):
        service.decide(Open(account_id="acc-1"), Nothing(), None)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        service.evolve(Opened(account_id="acc-1"), asked("c1"), Nothing())
    assert list(service.react(Opened(account_id="acc-1"), asked("c1"), Nothing())) == []


# -- a folder and a line ---------------------------------------------------------------------------------------------

MESSAGES = """
from shared.kernel.message import Command, Event


class Add{name}(Command, frozen=True, kw_only=True):
    account_id: str


class {name}Added(Event, frozen=True, kw_only=True):
    account_id: str
"""
AGGREGATE = """
from {package}.{folder}.messages import Add{name}, {name}Added
from shared.engine.aggregate import Aggregate
from shared.kernel.decider import State


class {name}(State, frozen=True, kw_only=True):
    account_id: str


def decide(command: Add{name}, view, context):
    return [{name}Added(account_id=command.account_id)]


def evolve(event: {name}Added, envelope, view):
    return [{name}(account_id=event.account_id)]


AGGREGATE = Aggregate(decides=(decide,), folds=(evolve,), states=({name},))
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A service in a folder of its own, without aggregates."""
    folder = tmp_path / "towns" / "town"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "towns"]:
        del sys.modules[name]


def add(town: Path, folder: str) -> None:
    """A new aggregate: a folder, and nothing that was there is touched."""
    words = {"package": "towns.town", "folder": folder, "name": folder.title()}
    (town / folder).mkdir()
    (town / folder / "__init__.py").write_text("")
    (town / folder / "messages.py").write_text(MESSAGES.format(**words))
    (town / folder / "aggregate.py").write_text(AGGREGATE.format(**words))
    (town / folder / "tables.sql").write_text(f"create table {folder}_row (partition int);")
    importlib.invalidate_caches()


def test_an_aggregate_is_a_folder_and_one_line(town: Path) -> None:
    add(town, "bridge")
    add(town, "tower")
    events, commands = events_of("towns.town"), commands_of("towns.town")
    with pytest.raises(Misfit, match="has tower: name it where the service is composed"):
        compose("towns.town", "bridge", events=events, commands=commands)

    made = compose("towns.town", "bridge", "tower", events=events, commands=commands)  # the line is the name

    assert sorted(events) == ["town.BridgeAdded.v1", "town.TowerAdded.v1"]
    assert sorted(commands) == ["town.AddBridge.v1", "town.AddTower.v1"]
    (added,) = made.decide(commands["town.AddTower.v1"](account_id="acc-1"), Nothing(), None)  # type: ignore[arg-type]
    assert events.name_of(added) == "town.TowerAdded.v1"
    assert [type(state).__name__ for state in made.evolve(added, asked("c1"), Nothing())] == ["Tower"]
    assert [kind.__name__ for kind in made.states] == ["Bridge", "Tower"]
    assert made.tables == (town / "bridge" / "tables.sql", town / "tower" / "tables.sql")


def test_a_name_without_a_folder_is_refused(town: Path) -> None:
    add(town, "bridge")
    with pytest.raises(Misfit, match=r"has no ferry/aggregate\.py"):
        events, commands = events_of("towns.town"), commands_of("towns.town")
        compose("towns.town", "bridge", "ferry", events=events, commands=commands)
