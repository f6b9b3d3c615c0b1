"""Collections on their way: started in the log, called once, and their outcome told to the owner of the account.

    collection_row waiting, due     ->  StartCollection          (in the log before anything is called)
    collection_row calling, ours    ->  the call, once           ->  EndCollection
    collection_row calling, of a process that is no more, and pending ones now and then
                                    ->  a look at the gateway    ->  EndCollection       never a second charge

Each process does this for the partitions that it owns, by what their tables say: nothing follows from reading events,
so a rebuild collects nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import Any, Final

import asyncpg
import httpx
import structlog

from services.payments.collection.messages import EndCollection, StartCollection
from services.payments.commands import COMMANDS
from services.payments.gateways import gateways
from services.payments.gateways.contract import Access, Answer, Call, Charge, Gateway
from services.payments.payment_method.api import details_of
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed, SealedSecret

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
AT_ONCE: Final = 32
TIMEOUT_S: Final = 20.0
ORPHAN_AFTER_S: Final = 60.0
"""A call that may still be under way is not asked for; its process tells what came of it."""
LOOK_UP_EVERY_S: Final = 60.0

_DUE: Final = """
select * from collection_row where partition = any($1::int[]) and status = 'waiting' and due_at <= $2
 order by due_at, collection_id limit $3
"""
_UNDER_WAY: Final = """
select * from collection_row where partition = any($1::int[]) and status in ('calling', 'pending')
 order by collection_id limit 500
"""
Row = asyncpg.Record | Mapping[str, Any]
Attempt = tuple[str, int]


async def run_collections(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    vault, commands = Vault(host.settings), BackgroundCommands(host, COMMANDS, actor="collections")
    async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as client:
        collections = Collections(host, commands, vault, client)
        try:
            while True:
                try:
                    await collections.look()
                except (*AWAY, asyncpg.PostgresError) as error:
                    log.warning("collections_met_fault", error=repr(error))
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            await collections.stop()
            await commands.close()
            await vault.close()


class Collections:
    """Collects for this process's partitions."""

    def __init__(self, host: Host, commands: BackgroundCommands, vault: Vault, client: httpx.AsyncClient) -> None:
        self._host = host
        self._commands = commands
        self._vault = vault
        self._client = client
        self._claim = os.urandom(8).hex()
        self._calls: dict[Attempt, asyncio.Task[None]] = {}
        # What was asked, called or looked up, and when: rows show it later.
        self._seen: dict[tuple[str, *Attempt], float] = {}

    async def look(self) -> None:
        owned = sorted(self._host.owned)
        self._calls = {attempt: task for attempt, task in self._calls.items() if not task.done()}
        if not owned:
            return
        for row in await self._host.pool.fetch(_UNDER_WAY, owned):
            self._follow_up(row)
        room = AT_ONCE - len(self._calls)
        for row in await self._host.pool.fetch(_DUE, owned, self._host.clock.now(), max(0, room)):
            await self._start(row)

    async def stop(self) -> None:
        """Calls that are under way may end, so that their outcome is known."""
        if self._calls:
            await asyncio.wait(self._calls.values(), timeout=5)

    async def _start(self, row: Row) -> None:
        attempt = (row["collection_id"], row["attempts"] + 1)
        if not self._is_time(("start", *attempt), LOOK_UP_EVERY_S, at_first=True):
            return
        start = StartCollection(
            account_id=row["account_id"], collection_id=attempt[0], attempt=attempt[1], claim=self._claim
        )
        await self._commands.send(start, derive("collection", "start", self._claim, *attempt))

    def _follow_up(self, row: Row) -> None:
        attempt = (row["collection_id"], row["attempts"])
        if attempt in self._calls:
            return
        is_ours = row["status"] == "calling" and row["claim"] == self._claim
        if is_ours and self._is_time(("charge", *attempt), float("inf"), at_first=True):
            self._calls[attempt] = asyncio.create_task(self._charge(row, attempt), name="collection")
            return
        wait_s = LOOK_UP_EVERY_S if row["status"] == "pending" else ORPHAN_AFTER_S
        if self._is_time(("look", *attempt), wait_s, at_first=False):
            self._calls[attempt] = asyncio.create_task(self._look_up(row, attempt), name="collection")

    async def _charge(self, row: Row, attempt: Attempt) -> None:
        """Once, whatever comes of it: an answer that is lost is looked for, never asked for by another charge."""
        gateway = gateways()[row["gateway"]]
        details = details_of(await self._vault.open(Sealed(row["details"])))
        charge = Charge(
            intent_id=_intent(attempt),
            amount=row["amount"],
            currency=row["currency"],
            token=details.token,
            text=row["invoice_id"] or row["collection_id"],
        )
        if not details.token:
            answer = Answer(outcome="failed", code="method_erased", hard=True)
        elif gateway.local is not None:
            answer = gateway.local(charge)
        else:
            access = await self._access(gateway.name)
            answer = await self._called(gateway, gateway.charge(charge, access)) if access else _not_configured()
        await self._tell(row, attempt, answer)

    async def _look_up(self, row: Row, attempt: Attempt) -> None:
        gateway = gateways()[row["gateway"]]
        access = await self._access(gateway.name)
        if gateway.local is not None or access is None:
            return
        answer = await self._called(gateway, gateway.look_up(_intent(attempt), row["reference"], access))
        if answer.outcome not in ("unknown", row["outcome"]):
            await self._tell(row, attempt, answer)

    async def _called(self, gateway: Gateway, call: Call) -> Answer:
        try:
            answer = await self._client.request(call.method, call.url, headers=dict(call.headers), content=call.body)
        except httpx.HTTPError as error:
            log.warning("gateway_not_reached", gateway=gateway.name, error=type(error).__name__)
            return Answer(outcome="unknown", code=type(error).__name__[:64])
        return gateway.read(answer.status_code, answer.content)

    async def _tell(self, row: Row, attempt: Attempt, answer: Answer) -> None:
        end = same_fields(
            EndCollection, answer, account_id=row["account_id"], collection_id=attempt[0], attempt=attempt[1]
        )
        said = derive("collection", "end", self._claim, *attempt, answer.outcome, answer.code, str(self._now()))
        await self._commands.send(end, said)

    async def _access(self, name: str) -> Access | None:
        row = await self._host.pool.fetchrow("select * from gateway_row where gateway = $1", name)
        if row is None:
            return None
        secret = await self._vault.open_secret(SealedSecret(row["secret"]))
        return Access(secret=secret, base_url=row["base_url"])

    def _is_time(self, what: tuple[str, str, int], every_s: float, *, at_first: bool) -> bool:
        """Whether it was not done for so long; what is seen for the first time waits unless `at_first`."""
        now, before = self._now(), self._seen.get(what)
        if before is None:
            self._seen[what] = now
            return at_first
        if now - before < every_s:
            return False
        self._seen[what] = now
        return True

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _intent(attempt: Attempt) -> str:
    """Ours for this attempt, and the gateway's key of idempotency."""
    return f"{attempt[0]}-{attempt[1]}"


def _not_configured() -> Answer:
    return Answer(outcome="failed", code="gateway_not_configured")
