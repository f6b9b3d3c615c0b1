"""Refunds that a gateway pays: sent in the log, called once, and their outcome told to the owner of the account.

    refund_row requested               ->  SendRefund            (in the log before anything is called)
    refund_row sent, ours              ->  the call, once        ->  EndRefund
    refund_row sent, of a process that is no more, and those that are waited for now and then
                                       ->  a look at the gateway ->  EndRefund        never a second call
    the gateway knows of none          ->  see not_received.py

As collections.py: by what the tables say of the partitions that this process owns, so a rebuild pays nothing.
"""

from __future__ import annotations

import asyncio
import os
from typing import Final

import asyncpg
import httpx
import structlog

from services.payments.commands import COMMANDS
from services.payments.gateways import gateways
from services.payments.gateways.contract import NOT_RECEIVED, Answer, Refund, refund_intent_of
from services.payments.processes.gateway_calls import TIMEOUT_S, GatewayCalls
from services.payments.processes.not_received import next_step, not_received
from services.payments.processes.seen import Seen
from services.payments.refund.messages import EndRefund, SendRefund
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
AT_ONCE: Final = 16
PAGE: Final = 500
ORPHAN_AFTER_S: Final = TIMEOUT_S + 10.0
LOOK_UP_EVERY_S: Final = 60.0

_OPEN: Final = """
select * from refund_row
 where partition = any($1::int[]) and way = 'gateway' and status in ('requested', 'sent') and refund_id > $2
 order by refund_id limit $3
"""


async def run_refunds(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    vault, commands = Vault(host.settings), BackgroundCommands(host, COMMANDS, actor="refunds")
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
        refunds = PaidRefunds(host, commands, GatewayCalls(host.pool, vault, client))
        try:
            while True:
                seen = host.changes.count
                try:
                    await refunds.look()
                except (*AWAY, asyncpg.PostgresError) as error:
                    log.warning("refunds_met_fault", error=repr(error))
                await host.changes.after(seen, at_least_s=LOOK_EVERY_S)
        finally:
            await refunds.stop()
            await commands.close()
            await vault.close()


class PaidRefunds:
    """Pays back for this process's partitions."""

    def __init__(self, host: Host, commands: BackgroundCommands, calls: GatewayCalls) -> None:
        self._host = host
        self._commands = commands
        self._gateways = calls
        self._claim = os.urandom(8).hex()
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._seen = Seen({"call": 86_400.0})
        self._after = ""

    async def look(self) -> None:
        """A page at a time, and then the next one, so that each has its turn however many there are."""
        self._forget()
        if not self._host.owned:
            return
        rows = await self._host.pool.fetch(_OPEN, sorted(self._host.owned), self._after, PAGE)
        self._after = rows[-1]["refund_id"] if len(rows) == PAGE else ""
        for row in rows:
            await self._follow(row)

    async def stop(self) -> None:
        """Calls that are under way may end, so that their outcome is known."""
        if self._calls:
            _done, late = await asyncio.wait(self._calls.values(), timeout=5)
            for call in late:
                call.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _follow(self, row: asyncpg.Record) -> None:
        refund_id = row["refund_id"]
        if refund_id in self._calls or len(self._calls) >= AT_ONCE:
            return
        if row["status"] == "requested":
            if self._is_time("send", refund_id, LOOK_UP_EVERY_S, at_first=True):
                send = SendRefund(account_id=row["account_id"], refund_id=refund_id, claim=self._claim)
                await self._commands.send(send, derive("refund", "send", self._claim, refund_id, str(self._now())))
            return
        unheard = row["outcome"] == ""
        if unheard and row["claim"] == self._claim and self._is_time("call", refund_id, float("inf"), at_first=True):
            self._calls[refund_id] = asyncio.create_task(self._pay(row), name="refund")
        elif self._is_time("look", refund_id, ORPHAN_AFTER_S if unheard else LOOK_UP_EVERY_S, at_first=False):
            self._calls[refund_id] = asyncio.create_task(self._ask(row), name="refund")

    async def _pay(self, row: asyncpg.Record) -> None:
        """Once, whatever comes of it: an answer that is lost is looked for, never asked for by another call."""
        await self._tell(row, await self._answer(row, asks=False))

    async def _ask(self, row: asyncpg.Record) -> None:
        gateway = gateways().get(row["gateway"])
        is_local = gateway is not None and gateway.local is not None
        if is_local and row["outcome"]:
            return
        answer = Answer(outcome="unknown", code=NOT_RECEIVED) if is_local else await self._answer(row, asks=True)
        if gateway is not None and answer.code == NOT_RECEIVED:
            again = next_step(gateway, row["moved_at"], self._host.clock.now())
            answer = await self._answer(row, asks=False) if again == "repeat" else not_received(again)
        if row["outcome"] and answer.outcome in ("unknown", row["outcome"]):
            return
        await self._tell(row, answer)

    async def _answer(self, row: asyncpg.Record, *, asks: bool) -> Answer:
        gateway = gateways().get(row["gateway"])
        if gateway is None or gateway.refund is None:
            return Answer(outcome="unknown", code="gateway_unknown")
        refund = Refund(
            intent_id=refund_intent_of(row["refund_id"]),
            charge=row["charge"],
            amount=row["amount"],
            currency=row["currency"],
            reference=row["reference"],
        )
        return await self._gateways.refund(gateway, gateway.refund, refund, asks=asks)

    async def _tell(self, row: asyncpg.Record, answer: Answer) -> None:
        end = EndRefund(
            account_id=row["account_id"],
            refund_id=row["refund_id"],
            outcome=answer.outcome,
            reference=answer.reference,
            code=answer.code,
        )
        said = derive("refund", "end", self._claim, row["refund_id"], answer.outcome, answer.code, str(self._now()))
        await self._commands.send(end, said)

    def _forget(self) -> None:
        """Calls that have ended. One that could not be told of is found again: its row stands as it stood."""
        for refund_id, task in [*self._calls.items()]:
            if task.done():
                del self._calls[refund_id]
                if (error := task.exception()) is not None:
                    log.error("refund_call_failed", error=repr(error))
        self._seen.forget(self._now())

    def _is_time(self, what: str, refund_id: str, every_s: float, *, at_first: bool) -> bool:
        return self._seen.is_time((what, refund_id), every_s, self._now(), at_first=at_first)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
