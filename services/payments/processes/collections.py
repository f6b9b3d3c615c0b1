"""Collections on their way: started in the log, called once, and their outcome told to the owner of the account.

    collection_row waiting, due     ->  StartCollection          (in the log before anything is called)
    collection_row calling, ours    ->  the call, once           ->  EndCollection
    collection_row calling, of a process that is no more, and pending ones now and then
                                    ->  a look at the gateway    ->  EndCollection       never a second charge
    the gateway knows of no such intent ->  see not_received.py
    collection_row pending on the customer for too long, or to be stopped
                                    ->  called off there         ->  EndCollection

Each process does this for the partitions that it owns, by what their tables say: nothing follows from reading events,
so a rebuild collects nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import asyncpg
import httpx
import msgspec
import structlog

from services.payments.collection.messages import EndCollection, StartCollection
from services.payments.commands import COMMANDS
from services.payments.gateways import gateways
from services.payments.gateways.contract import NOT_RECEIVED, Answer, Charge, Gateway
from services.payments.payment_method.api import details_of
from services.payments.processes.gateway_calls import TIMEOUT_S, GatewayCalls
from services.payments.processes.not_received import next_step, not_received
from services.payments.processes.seen import Seen
from services.payments.settings.messages import ONLY, SettingsTerms
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.failpoints import failpoint
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
AT_ONCE: Final = 32
PAGE: Final = 500
ORPHAN_AFTER_S: Final = TIMEOUT_S + 10.0
"""A call that may still be under way is not asked for; its process tells what came of it."""
LOOK_UP_EVERY_S: Final = 60.0
_FORGET_CHARGE_S: Final = 86_400.0

_DUE: Final = """
select * from collection_row where partition = any($1::int[]) and status = 'waiting' and due_at <= $2
 order by due_at, collection_id limit $3
"""
_CALLING: Final = """
select * from collection_row where partition = any($1::int[]) and status = 'calling' order by collection_id limit $2
"""
_PENDING: Final = """
select * from collection_row where partition = any($1::int[]) and status = 'pending' and collection_id > $2
 order by collection_id limit $3
"""
Row = asyncpg.Record | Mapping[str, Any]
Attempt = tuple[str, int]


async def run_collections(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    vault, commands = Vault(host.settings), BackgroundCommands(host, COMMANDS, actor="collections")
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
        collections = Collections(host, commands, vault, GatewayCalls(host.pool, vault, client))
        try:
            while True:
                seen = host.changes.count
                try:
                    await collections.look()
                except (*AWAY, asyncpg.PostgresError) as error:
                    log.warning("collections_met_fault", error=repr(error))
                await host.changes.after(seen, at_least_s=LOOK_EVERY_S)
        finally:
            await collections.stop()
            await commands.close()
            await vault.close()


class Collections:
    """Collects for this process's partitions."""

    def __init__(self, host: Host, commands: BackgroundCommands, vault: Vault, calls: GatewayCalls) -> None:
        self._host = host
        self._commands = commands
        self._vault = vault
        self._gateways = calls
        self._claim = os.urandom(8).hex()
        self._calls: dict[Attempt, asyncio.Task[None]] = {}
        self._seen = Seen({"charge": _FORGET_CHARGE_S})
        self._abandon = timedelta(hours=SettingsTerms().abandon_hours)
        self._after = ""

    async def look(self) -> None:
        owned = sorted(self._host.owned)
        self._forget()
        if not owned:
            return
        for row in await self._host.pool.fetch(_CALLING, owned, PAGE):
            self._follow_call(row)
        await self._look_at_pending(owned)
        room = AT_ONCE - len(self._calls)
        for row in await self._host.pool.fetch(_DUE, owned, self._host.clock.now(), max(0, room)):
            await self._start(row)

    async def stop(self) -> None:
        """Calls that are under way may end, so that their outcome is known."""
        if self._calls:
            _done, late = await asyncio.wait(self._calls.values(), timeout=5)
            for call in late:
                call.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _look_at_pending(self, owned: list[int]) -> None:
        """A page at a time, and then the next one, so that each has its turn however many there are."""
        rows = await self._host.pool.fetch(_PENDING, owned, self._after, PAGE)
        self._after = rows[-1]["collection_id"] if len(rows) == PAGE else ""
        if any(row["outcome"] == "action_required" for row in rows):
            await self._read_settings()
        for row in rows:
            self._follow_pending(row)

    async def _read_settings(self) -> None:
        sql = "select terms::text from payment_settings_row where settings_id = $1"
        terms = await self._host.pool.fetchval(sql, ONLY)
        if terms is not None:
            self._abandon = timedelta(hours=msgspec.json.decode(terms, type=SettingsTerms).abandon_hours)

    async def _start(self, row: Row) -> None:
        attempt = (row["collection_id"], row["attempts"] + 1)
        if not self._is_time(("start", *attempt), LOOK_UP_EVERY_S, at_first=True):
            return
        start = StartCollection(
            account_id=row["account_id"], collection_id=attempt[0], attempt=attempt[1], claim=self._claim
        )
        await self._commands.send(start, derive("collection", "start", self._claim, *attempt, str(self._now())))

    def _follow_call(self, row: Row) -> None:
        attempt = _attempt(row)
        if attempt in self._calls:
            return
        if row["claim"] == self._claim and self._is_time(("charge", *attempt), float("inf"), at_first=True):
            self._calls[attempt] = asyncio.create_task(self._charge(row, attempt), name="collection")
        elif len(self._calls) < AT_ONCE and self._is_time(("look", *attempt), ORPHAN_AFTER_S, at_first=False):
            self._calls[attempt] = asyncio.create_task(self._look_up(row, attempt), name="collection")

    def _follow_pending(self, row: Row) -> None:
        attempt = _attempt(row)
        if attempt in self._calls or len(self._calls) >= AT_ONCE:
            return
        asks = row["outcome"] == "action_required"
        gateway = gateways().get(row["gateway"])
        waits = self._abandon if gateway is None or gateway.waits is None else gateway.waits
        is_over = asks and (row["stopping"] or row["moved_at"] + waits <= self._host.clock.now())
        if is_over and self._is_time(("cancel", *attempt), LOOK_UP_EVERY_S, at_first=True):
            code = "stopped" if row["stopping"] else "abandoned"
            self._calls[attempt] = asyncio.create_task(self._cancel(row, attempt, code), name="collection")
        elif not is_over and self._is_time(("look", *attempt), LOOK_UP_EVERY_S, at_first=False):
            self._calls[attempt] = asyncio.create_task(self._look_up(row, attempt), name="collection")

    async def _charge(self, row: Row, attempt: Attempt) -> None:
        """Once, whatever comes of it: an answer that is lost is looked for, never asked for by another charge."""
        failpoint("gateway_calling")
        answer = await self._answer(row, attempt)
        failpoint("gateway_called")
        await self._tell(row, attempt, answer)

    async def _answer(self, row: Row, attempt: Attempt) -> Answer:
        gateway = gateways().get(row["gateway"])
        details = details_of(await self._vault.open(Sealed(row["details"])))
        charge = Charge(
            intent_id=_intent(attempt),
            amount=row["amount"],
            currency=row["currency"],
            token=details.token,
            text=row["invoice_id"] or row["collection_id"],
            at=self._host.clock.now(),
            statement_key=row["statement_key"],
            return_url=row["return_url"],
        )
        if gateway is None:
            return Answer(outcome="failed", code="gateway_unknown", hard=True)
        if gateway.needs_token and not details.token:
            return Answer(outcome="failed", code="method_erased", hard=True)
        return await self._gateways.charge(gateway, charge)

    async def _look_up(self, row: Row, attempt: Attempt) -> None:
        gateway = gateways().get(row["gateway"])
        if gateway is None:
            return
        now = self._host.clock.now()
        answer = await self._gateways.look_up(gateway, _intent(attempt), row["reference"], now)
        if gateway.local is not None and row["status"] == "calling":
            answer = Answer(outcome="unknown", code=NOT_RECEIVED)
        if answer is not None and answer.code == NOT_RECEIVED:
            again = next_step(gateway, row["moved_at"], now)
            answer = await self._answer(row, attempt) if again == "repeat" else not_received(again)
        if answer is None and row["status"] == "calling":
            # Its process is gone, and the gateway can't be asked: a webhook or the statement may still tell.
            answer = Answer(outcome="unknown", code="timeout")
        if answer is None or (row["status"] == "pending" and answer.outcome in ("unknown", row["outcome"])):
            return
        await self._tell(row, attempt, answer)

    async def _cancel(self, row: Row, attempt: Attempt, code: str) -> None:
        gateway: Gateway | None = gateways().get(row["gateway"])
        answer = None if gateway is None else await self._gateways.cancel(gateway, row["reference"])
        if answer is None or answer.outcome == "failed":
            answer = Answer(outcome="failed", code=code, hard=True)
        if answer.outcome != "unknown":
            await self._tell(row, attempt, answer)

    async def _tell(self, row: Row, attempt: Attempt, answer: Answer) -> None:
        end = same_fields(
            EndCollection, answer, account_id=row["account_id"], collection_id=attempt[0], attempt=attempt[1]
        )
        said = derive("collection", "end", self._claim, *attempt, answer.outcome, answer.code, str(self._now()))
        await self._commands.send(end, said)

    def _forget(self) -> None:
        """Calls that have ended, and what was seen so long ago that rows show it by now. A call that could not be told
        of is found again: its row stands as it stood."""
        for attempt, task in [*self._calls.items()]:
            if task.done():
                del self._calls[attempt]
                if (error := task.exception()) is not None:
                    log.error("collection_call_failed", error=repr(error))
        self._seen.forget(self._now())

    def _is_time(self, what: tuple[str, str, int], every_s: float, *, at_first: bool) -> bool:
        return self._seen.is_time(what, every_s, self._now(), at_first=at_first)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _attempt(row: Row) -> Attempt:
    return row["collection_id"], row["attempts"]


def _intent(attempt: Attempt) -> str:
    """Ours for this attempt, and the gateway's key of idempotency."""
    return f"{attempt[0]}-{attempt[1]}"
