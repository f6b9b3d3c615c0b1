"""The whole product on the servers of this run: five services and the entry, each a process, supervised as by
`meterlog up`, and started out of the nursery (nursery.py).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from meterlog.demo.play import Played, play
from meterlog.demo.seller import SELLER
from meterlog.installation import INSTALLATION
from shared.embedded.ports import Ports
from shared.embedded.process import Child
from shared.embedded.programs import Program
from shared.embedded.stack import Stack
from shared.engine.log import Log
from shared.engine.settings import Settings
from tests.kit.keys import make_key
from tests.kit.nursery import ArmedChild, BornChild, end_nurseries, prepare, prepare_armed
from tests.kit.ports import free_port
from tests.kit.servers import Servers, fresh_environment

# Enough customers for every plan and every habit of paying, few enough for some seconds a month.
CUSTOMERS = 24
SEED = 11


@dataclass(frozen=True)
class DemoStack:
    """A running stack in which the demo has been played."""

    stack: Stack
    played: Played

    @property
    def base_url(self) -> str:
        return self.stack.base_url

    @property
    def email(self) -> str:
        return self.played.email

    @property
    def password(self) -> str:
        return self.played.password


class QuickStack(Stack):
    """A stack whose programs come out of the nursery."""

    _kind: ClassVar[type[BornChild]] = BornChild

    def _child(self, program: Program, ports: Ports) -> Child:
        made = super()._child(program, ports)
        return self._kind(name=made.name, command=made.command, log=made.log, environment=made.environment)


class ArmedStack(QuickStack):
    """A stack whose programs are killed at failpoints, and come back out of nurseries that have their failpoints."""

    _kind = ArmedChild

    async def start(self) -> None:
        if self.settings.failpoints is not None:
            modules = {program.name: program.command[-1] for program in INSTALLATION.programs}
            prepare_armed(self.settings.failpoints, modules)
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        if self.settings.failpoints is not None:
            end_nurseries(self.settings.failpoints)


@dataclass(frozen=True)
class Undisturbed:
    """What a chaos run is compared with: a stack on the servers of this run, where nothing happens to it."""

    stack: Stack
    key: str
    kafka: Log

    @property
    def settings(self) -> Settings:
        return self.stack.settings


@asynccontextmanager
async def undisturbed(servers: Servers, data_dir: Path) -> AsyncIterator[Undisturbed]:
    async with running_stack(servers, data_dir, seller={}) as stack:
        key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "chaos"))["key"]
        yield Undisturbed(stack, key, Log(stack.settings))


@asynccontextmanager
async def running_stack(
    servers: Servers,
    data_dir: Path,
    *,
    test_clock: bool = True,
    failpoints: Path | None = None,
    radius_port: int | None = None,
    seller: Mapping[str, object] = SELLER,
) -> AsyncIterator[Stack]:
    """A stack with an environment and databases of its own. `failpoints`: where its processes look for them."""
    if failpoints is None:
        prepare(*(program.command[-1] for program in INSTALLATION.programs))
    async with fresh_environment(servers, data_dir) as fresh:
        own = {"port": free_port(), "test_clock": test_clock, "failpoints": failpoints, "radius_port": radius_port}
        settings = fresh.settings.model_copy(update={**seller, **own})
        kind = QuickStack if failpoints is None else ArmedStack
        async with kind(settings, INSTALLATION, external=True) as stack:
            yield stack


@asynccontextmanager
async def played_demo(servers: Servers, data_dir: Path) -> AsyncIterator[DemoStack]:
    async with running_stack(servers, data_dir) as stack:
        yield DemoStack(stack, await play(stack, seed=SEED, customers=CUSTOMERS, say=print))
