"""The smallest deciding service: jars that coins are put into, under the topics of `payments`.

It has what the runtime's contract needs to be tested: a refusal, a bug on demand, an upstream reaction, a message to
another partition, a timer, hot messages that can be cut, and a projection that can be told to fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from fastapi import APIRouter

from shared.engine.postgres import Connection
from shared.engine.service import Applied, Input, Service
from shared.kernel.decider import Context, Do, Due, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Indivisible, Rejection
from shared.kernel.message import Catalogue, Command, Event, Message, catalogue, encode


class PutCoins(Command, frozen=True, kw_only=True):
    account_id: str
    coins: int
    padding: str = ""


class Empty(Command, frozen=True, kw_only=True):
    account_id: str


class PutMany(Command, frozen=True, kw_only=True):
    """Hot: coins for several jars at once, `[account, coins]`."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    puts: list[tuple[str, int]]


class CoinsPut(Event, frozen=True, kw_only=True):
    account_id: str
    coins: int
    at: datetime
    padding: str = ""


class Emptied(Event, frozen=True, kw_only=True):
    account_id: str
    at: datetime


class CoinFound(Event, frozen=True, kw_only=True):
    """An upstream event: a coin for an account; `HAUNTED` of them crash the reaction."""

    account_id: str
    coins: int


class CoinsFound(Event, frozen=True, kw_only=True):
    """An upstream event for several accounts, `[account, coins]`; a negative `n` is a bug of the whole."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    n: int
    finds: list[tuple[str, int]]

    @property
    def account(self) -> str | None:
        return self.finds[0][0] if len(self.finds) == 1 else None


class Jar(State, frozen=True, kw_only=True):
    account_id: str
    total: int


EVENTS = catalogue("payments", CoinsPut, Emptied)
COMMANDS = catalogue("payments", PutCoins, Empty, PutMany)
UPSTREAM: Catalogue[Event] = catalogue("invoicing", CoinFound, CoinsFound)


HAUNTED = 666
"""So many coins are more than the jars can bear, until they are mended."""


def decide(command: Any, view: View, context: Context, *, haunted: int | None = HAUNTED) -> Sequence[Event]:
    if isinstance(command, PutMany):
        if any(coins == haunted for _, coins in command.puts):
            raise ZeroDivisionError("one of the jars is haunted")
        return [CoinsPut(account_id=account, coins=coins, at=context.now) for account, coins in command.puts]
    jar = view.get(Jar, command.account_id)
    match command:
        case PutCoins(coins=13):
            raise Rejection("unlucky", "13 coins are unlucky; put 12 or 14", pointer="/coins")
        case PutCoins(coins=coins) if coins == haunted:
            raise ZeroDivisionError("the jar is haunted")
        case PutCoins(coins=0):
            return []
        case PutCoins():
            return [
                CoinsPut(account_id=command.account_id, coins=command.coins, at=context.now, padding=command.padding)
            ]
        case Empty():
            return [Emptied(account_id=command.account_id, at=context.now)] if jar and jar.total else []
    raise AssertionError(command)


def evolve(event: Any, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case CoinsPut():
            jar = view.get(Jar, event.account_id)
            total = event.coins + (jar.total if jar else 0)
            timer = Due(
                name=f"empty/{event.account_id}",
                due_at=event.at + timedelta(days=1),
                command_type="payments.Empty.v1",
                command=msgspec.Raw(encode(Empty(account_id=event.account_id))),
            )
            return [Jar(account_id=event.account_id, total=total), timer]
        case Emptied():
            return [Jar(account_id=event.account_id, total=0), Gone(Due, f"empty/{event.account_id}")]
    return []


def react(
    event: Any, envelope: Envelope, view: View, *, haunted: int | None = HAUNTED
) -> list[tuple[str, list[Do | Send]]]:
    return [("jar", _react(event, haunted))]


def _react(event: Any, haunted: int | None) -> list[Do | Send]:
    match event:
        case CoinFound(coins=coins) if coins == haunted:
            raise ZeroDivisionError("haunted coins")
        case CoinsFound(n=n) if n < 0:
            raise Indivisible(f"message {n} is no message")
        case CoinsFound():
            if any(coins == haunted for _, coins in event.finds):
                raise ZeroDivisionError("haunted coins")
            return [Do(PutCoins(account_id=account, coins=coins)) for account, coins in event.finds]
        case CoinFound(coins=200):
            # At once, beside what is decided here: its command id derives from the upstream event alone.
            tithe = Send(PutCoins(account_id="tithe", coins=20), to="payments")
            return [Do(PutCoins(account_id=event.account_id, coins=180)), tithe]
        case CoinFound():
            return [Do(PutCoins(account_id=event.account_id, coins=event.coins))]
        case CoinsPut(coins=100):
            return [Send(PutCoins(account_id="tithe", coins=10), to="payments")]
    return []


def split(message: Message) -> list[Message]:
    match message:
        case PutMany(puts=puts) if len(puts) > 1:
            return [PutMany(puts=puts[: len(puts) // 2]), PutMany(puts=puts[len(puts) // 2 :])]
        case CoinsFound(n=n, finds=finds) if len(finds) > 1:
            half = len(finds) // 2
            return [CoinsFound(n=n, finds=finds[:half]), CoinsFound(n=n, finds=finds[half:])]
    return []


class Projection:
    """Writes the jar table, a batch at a time and once it is `open`; `fail_next` makes the next batch fail as a crash
    between log and Postgres would.
    """

    def __init__(self) -> None:
        self.fail_next = False
        self.open = asyncio.Event()
        self.open.set()
        self.waiting = 0

    async def __call__(self, connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
        self.waiting += 1
        await self.open.wait()
        self.waiting -= 1
        if self.fail_next:
            self.fail_next = False
            raise ConnectionError("Postgres went away")
        for applied in batch:
            match applied.event:
                case CoinsPut() as put:
                    await connection.execute(
                        """insert into jar as j values ($1, $2, $3)
                           on conflict (partition, account_id) do update set total = j.total + excluded.total""",
                        partition,
                        put.account_id,
                        put.coins,
                    )
                case Emptied() as emptied:
                    await connection.execute(
                        "update jar set total = 0 where partition = $1 and account_id = $2",
                        partition,
                        emptied.account_id,
                    )


def toy_service(project: Projection | None = None, *, mended: bool = False) -> Service:
    """`mended`: a version without the bug of `HAUNTED` coins."""
    haunted = None if mended else HAUNTED
    return Service(
        name="payments",
        events=EVENTS,
        commands=COMMANDS,
        inputs=(Input("invoicing.events", UPSTREAM),),
        decide=partial(decide, haunted=haunted),
        evolve=evolve,
        react=partial(react, haunted=haunted),
        project=project or Projection(),
        states=(Jar,),
        split=split,
        tables=Path(__file__).with_name("toy.sql"),
        projection_version=1,
        routers=(lambda api: APIRouter(),),
    )
