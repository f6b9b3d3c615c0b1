"""A service out of its aggregates. Each says once, in its `aggregate.py`, what it decides, folds, follows and shows:

    AGGREGATE = Aggregate(                                  # services/payments/receivable/aggregate.py
        decides=(decide_receivable,),
        folds=(evolve_receivable,),
        follows=(react_issued,),
        states=(KnownInvoice, InvoiceNumber),
        project=rows.project,
        routers=(api.router,),
    )

    PARTS = compose("services.payments", "balance", "receivable", "payment", ...)      # services/payments/service.py

What a function takes, its first parameter says: `decide_account(command: OpenAccount | CloseAccount, ...)` decides
these two. Every command has one aggregate that decides it. An event is folded, followed and written to rows by every
aggregate that takes it, in the order of `compose`. Each folds it into its own states and sees all states as they were
before the event, so that the order says nothing about what comes of it.

A service whose parts don't fit does not start: `Misfit` says what is missing or there twice.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar, get_type_hints

from shared.engine.postgres import Connection
from shared.engine.service import Applied, Loader, Preload, PreloadNext, Project, Router
from shared.engine.taken import kinds_of, leaves
from shared.kernel.decider import (
    Asked,
    Decide,
    Do,
    Evolve,
    Gone,
    Many,
    React,
    Reactions,
    Run,
    Runs,
    Send,
    State,
    View,
)
from shared.kernel.envelope import Envelope
from shared.kernel.message import Catalogue, Command, Event, Message

F = TypeVar("F", bound=Callable[..., Any])
K = TypeVar("K")
Ask = Callable[[Any], Iterable[Asked]]
"""The states that a message is known to ask for."""
AskNext = Callable[[Any, View], Iterable[Asked]]
"""Those that it asks for because of what these say."""

By = dict[type[Message], dict[str, F]]
"""For each class of messages the functions that take it, by the name of their aggregate."""

_BASES: Final = (Message, Event, Command)


class Misfit(Exception):
    """What a service is put together from does not fit. The message names the aggregate and what to do."""


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """What a folder takes part in. `unfolded` are its events that change no state; `routers` are asked in this order;
    `runs` says of events that it folds how many of them are folded as one.

    Its tables are in the `tables.sql` beside it; without that file it has none.
    """

    decides: tuple[Decide, ...] = ()
    folds: tuple[Evolve, ...] = ()
    unfolded: tuple[type[Event], ...] = ()
    runs: Mapping[type[Event], Run] = field(default_factory=dict)
    follows: tuple[React, ...] = ()
    preloads: tuple[Ask, ...] = ()
    preloads_next: tuple[AskNext, ...] = ()
    states: tuple[type[State], ...] = ()
    loaders: Mapping[type[State], Loader] = field(default_factory=dict)
    project: Project | None = None
    routers: tuple[Router, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a `Service` takes of its aggregates."""

    decide: Decide
    evolve: Evolve
    runs: Mapping[type[Event], Runs]
    react: Reactions
    followed: frozenset[type[Message]]
    preload: Preload
    preload_next: PreloadNext
    project: Project
    states: tuple[type[State], ...]
    loaders: Mapping[type[State], Loader]
    tables: tuple[Path, ...]
    routers: tuple[Router, ...]


def compose(package: str, *names: str, events: Catalogue[Event], commands: Catalogue[Command]) -> Parts:
    """The aggregates of these folders, put together. Raises `Misfit`."""
    folder = Path(*importlib.import_module(package).__path__)
    there = {file.parent.name for file in folder.glob("*/aggregate.py")}
    if unlisted := sorted(there.difference(names)):
        raise Misfit(f"{package} has {', '.join(unlisted)}: name it where the service is composed")
    listed = {name: _aggregate(package, name) for name in names}
    tables = tuple(file for name in names if (file := folder / name / "tables.sql").exists())
    return parts(listed, events=events, commands=commands, tables=tables)


def parts(
    aggregates: Mapping[str, Aggregate],
    *,
    events: Catalogue[Event],
    commands: Catalogue[Command],
    tables: tuple[Path, ...] = (),
) -> Parts:
    """Likewise, of aggregates that are at hand."""
    folds = _by_message(aggregates, lambda a: a.folds)
    follows = _by_message(aggregates, lambda a: a.follows)
    return Parts(
        decide=_decide(_by_message(aggregates, lambda a: a.decides), commands),
        evolve=_evolve(folds, aggregates, events),
        runs=_runs(folds, aggregates),
        react=_react(follows),
        followed=frozenset(follows),
        preload=_preload(_by_message(aggregates, lambda a: a.preloads)),
        preload_next=_preload_next(_by_message(aggregates, lambda a: a.preloads_next)),
        project=_project([a.project for a in aggregates.values() if a.project is not None]),
        states=tuple(_once("state", ((s, s) for a in aggregates.values() for s in a.states))),
        loaders=_once("loader", (pair for a in aggregates.values() for pair in a.loaders.items())),
        tables=tables,
        routers=tuple(router for a in aggregates.values() for router in a.routers),
    )


def taken(function: Callable[..., Any]) -> Iterator[type[Message]]:
    """The classes that the first parameter of a function stands for; of a base those that derive from it."""
    named, hint = next(iter(get_type_hints(function).items()))
    for kind in kinds_of(hint):
        if not (isinstance(kind, type) and issubclass(kind, Message)) or kind in _BASES:
            raise Misfit(f"{function.__module__}.{function.__name__}: `{named}` has to name the messages it takes")
        yield from leaves(kind)


def _aggregate(package: str, name: str) -> Aggregate:
    try:
        made = importlib.import_module(f"{package}.{name}.aggregate").AGGREGATE
    except ModuleNotFoundError as error:
        raise Misfit(f"{package} has no {name}/aggregate.py that can be imported: {error}") from error
    if not isinstance(made, Aggregate):
        raise Misfit(f"{package}.{name}.aggregate: AGGREGATE is no Aggregate")
    return made


def _by_message(aggregates: Mapping[str, Aggregate], which: Callable[[Aggregate], Iterable[F]]) -> By[F]:
    found: By[F] = {}
    for name, aggregate in aggregates.items():
        for function in which(aggregate):
            for kind in taken(function):
                if name in (by_name := found.setdefault(kind, {})):
                    raise Misfit(
                        f"{name} takes {kind.__name__} twice: in {by_name[name].__name__} and {function.__name__}"
                    )
                by_name[name] = function
    return found


def _once(what: str, pairs: Iterable[tuple[type[State], K]]) -> dict[type[State], K]:
    found: dict[type[State], K] = {}
    for kind, value in pairs:
        if kind in found:
            raise Misfit(f"two aggregates have the {what} {kind.__name__}; one has to have it")
        found[kind] = value
    return found


def _complete(what: str, by_message: By[F], wanted: Iterable[type[Message]]) -> None:
    wanted = set(wanted)
    if missing := _names(wanted - by_message.keys()):
        raise Misfit(f"no aggregate {what} {missing}: list the function that does in its aggregate.py")
    if strange := _names(by_message.keys() - wanted):
        raise Misfit(f"an aggregate {what} {strange}, which the service does not have")


def _newest(catalogue: Catalogue[Any]) -> set[type[Message]]:
    """Its classes without those of earlier versions, which are read as the newest."""
    return {kind for kind in catalogue.values() if kind.upcast is Message.upcast}


def _names(kinds: Iterable[type[Message]]) -> str:
    return ", ".join(sorted(kind.__name__ for kind in kinds))


def _decide(by_command: By[Decide], commands: Catalogue[Command]) -> Decide:
    _complete("decides", by_command, _newest(commands))
    for kind, by_name in by_command.items():
        if len(by_name) > 1:
            raise Misfit(f"{' and '.join(by_name)} both decide {kind.__name__}; one has to")
    table = {kind: function for kind, by_name in by_command.items() for function in by_name.values()}

    def decide(command: Command, view: View, context: Any) -> Sequence[Event]:
        return table[type(command)](command, view, context)

    return decide


def _evolve(by_event: By[Evolve], aggregates: Mapping[str, Aggregate], events: Catalogue[Event]) -> Evolve:
    unfolded = {kind for a in aggregates.values() for kind in a.unfolded}
    if both := _names(unfolded & by_event.keys()):
        raise Misfit(f"{both} is folded, and said to be `unfolded`")
    # What was read of an earlier version is folded as the newest.
    _complete("folds", by_event, _newest(events) - unfolded)
    table = {kind: _together([*by_name.values()]) for kind, by_name in by_event.items()}
    table |= {kind: _changes_nothing for kind in unfolded}

    def evolve(event: Event, envelope: Envelope, view: View) -> Iterable[State | Gone | Many]:
        return table[type(event)](event, envelope, view)

    return evolve


def _runs(by_event: By[Evolve], aggregates: Mapping[str, Aggregate]) -> Mapping[type[Event], Runs]:
    found: dict[type[Event], Runs] = {}
    for name, aggregate in aggregates.items():
        for kind, run in aggregate.runs.items():
            if kind in found or name not in by_event.get(kind, {}):
                raise Misfit(f"{name} folds runs of {kind.__name__}: one aggregate may, of events that it folds")
            others = _together([fold for other, fold in by_event[kind].items() if other != name])
            found[kind] = Runs(fits=run.fits, fold=run.fold, others=others)
    return found


def _together(folds: Sequence[Evolve]) -> Evolve:
    if len(folds) == 1:
        return folds[0]

    def fold(event: Event, envelope: Envelope, view: View) -> Iterable[State | Gone | Many]:
        return [state for fold in folds for state in fold(event, envelope, view)]

    return fold


def _changes_nothing(event: Event, envelope: Envelope, view: View) -> Iterable[State | Gone | Many]:
    return ()


def _react(by_event: By[React]) -> Reactions:
    table = {kind: tuple(by_name.items()) for kind, by_name in by_event.items()}

    def react(event: Event, envelope: Envelope, view: View) -> Iterator[tuple[str, Iterable[Do | Send]]]:
        for name, follow in table.get(type(event), ()):
            yield name, follow(event, envelope, view)

    return react


def _preload(by_message: By[Ask]) -> Preload:
    table = {kind: tuple(by_name.values()) for kind, by_name in by_message.items()}

    def preload(message: Message) -> Sequence[Asked]:
        """What a message tells of the states that it will ask for; only a hint."""
        return [state for ask in table.get(type(message), ()) for state in ask(message)]

    return preload


def _preload_next(by_message: By[AskNext]) -> PreloadNext:
    table = {kind: tuple(by_name.values()) for kind, by_name in by_message.items()}

    def preload_next(message: Message, view: View) -> Sequence[Asked]:
        return [state for ask in table.get(type(message), ()) for state in ask(message, view)]

    return preload_next


def _project(writers: Sequence[Project]) -> Project:
    async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
        """The rows of a batch of own events, in the worker's transaction: no row waits for one of a later aggregate."""
        for write in writers:
            await write(connection, partition, batch)

    return project
