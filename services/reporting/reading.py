"""What a task of the process reads with: the same as a request, of which there is none.

async with reading(process) as read:
    async for data in read.files.of(job, caller): ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, cast

import asyncpg

from services.reporting.customer.names import CustomerNames
from services.reporting.export.files import Files
from shared.engine.settings import Settings
from shared.http.api import Api
from shared.http.ports import Clock
from shared.http.vault import Vault


class Process(Protocol):
    """The process around a task."""

    @property
    def pool(self) -> asyncpg.Pool[Any]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Settings: ...


@dataclass(frozen=True)
class Reading:
    api: Api
    names: CustomerNames
    files: Files


@asynccontextmanager
async def reading(process: Process) -> AsyncIterator[Reading]:
    vault = Vault(process.settings)
    try:
        yield reading_of(process, vault)
    finally:
        await vault.close()


def reading_of(process: Process, vault: Vault) -> Reading:
    api = Api(cast(Any, process), bus=_no_commands, vault=vault)
    names = CustomerNames(api)
    return Reading(api, names, Files(api, names))


def _no_commands() -> NoReturn:
    raise RuntimeError("reporting decides nothing")
