"""Bank statements on their way: what is taken is matched, what is to be processed is paired, a page at a time.

    bank_statement_row matching     ->  MatchEntries, page by page, the last one with `last`
    bank_statement_row processing   ->  PairEntries of what is exact, and FinishProcessing when none is left

Each process does this for the partitions that it owns, by what their tables say: nothing follows from reading events,
so a rebuild repeats nothing. A command whose effect does not show is sent again after a while; it changes nothing then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain
from typing import Final

import asyncpg
import msgspec
import structlog

from services.payments.bank_statement.matching import Candidate, Matcher, Movement, asked
from services.payments.bank_statement.messages import (
    EntryDetails,
    FinishProcessing,
    MatchEntries,
    Pair,
    PairEntries,
)
from services.payments.commands import COMMANDS
from services.payments.processes.collection_entries import collection_commands
from services.payments.processes.debit_entries import debit_commands
from services.payments.processes.match_book import book_of
from services.payments.processes.refund_entries import refund_commands
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.25
ASK_AGAIN_S: Final = 20.0
PAGE: Final = 500
PAGES_AT_ONCE: Final = 8
"""Pages of pairs that may be on their way: each asks 500 accounts."""
_TURN: Final = 50
"""So many movements are matched before others have their turn."""

_BUSY: Final = """
select statement_id, bank_account, status, rounds from bank_statement_row
 where partition = any($1::int[]) and status in ('matching', 'processing') order by recorded_at limit 20
"""
_OPEN: Final = """
select entry_id, place, amount, currency, payer, details, reference_key from bank_entry_row
 where statement_id = $1 and place > $2 and status = 'open' order by place limit $3
"""
_EXACT: Final = """
select entry_id, place, candidates from bank_entry_row
 where statement_id = $1 and status = 'open' and confidence = 'exact' and code is null order by place limit $2
"""


async def run_statements(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    vault = Vault(host.settings)
    commands = BackgroundCommands(host, COMMANDS, actor="bank-statements")
    statements = Statements(host, commands, vault)
    try:
        while True:
            seen = host.changes.count
            try:
                await statements.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("statements_met_fault", error=repr(error))
            await host.changes.after(seen, at_least_s=LOOK_EVERY_S)
    finally:
        await commands.close()
        await vault.close()


class Statements:
    """Moves the statements of this process's partitions on."""

    def __init__(self, host: Host, commands: BackgroundCommands, vault: Vault) -> None:
        self._host = host
        self._commands = commands
        self._vault = vault
        # What was said of a statement or an entry, and when: it shows in the tables some time later.
        self._said: dict[str, float] = {}

    async def look(self) -> None:
        now = self._now()
        self._said = {what: at for what, at in self._said.items() if now - at < ASK_AGAIN_S}
        if not self._host.owned:
            return
        for row in await self._host.pool.fetch(_BUSY, sorted(self._host.owned)):
            if row["status"] == "matching":
                await self._match(row)
            else:
                await self._process(row)

    async def _match(self, statement: asyncpg.Record) -> None:
        """All its open entries in their order, once."""
        statement_id = statement["statement_id"]
        if (said := f"match/{statement_id}/{statement['rounds']}") in self._said:
            return
        matcher, place = Matcher(), -1
        while True:
            rows = await self._host.pool.fetch(_OPEN, statement_id, place, PAGE)
            movements = await self._movements(rows)
            book = await book_of(self._host.pool, self._vault, movements, asked(movements))
            matches = []
            for n, movement in enumerate(movements, 1):
                matches.append(matcher.match(movement, book))
                if n % _TURN == 0:
                    await asyncio.sleep(0)
            last = len(rows) < PAGE
            command = MatchEntries(
                bank_account=statement["bank_account"], statement_id=statement_id, matches=matches, last=last
            )
            await self._commands.send(command, self._command_id("match", statement_id, place))
            if last:
                self._said[said] = self._now()
                return
            place = rows[-1]["place"]

    async def _movements(self, rows: Sequence[asyncpg.Record]) -> list[Movement]:
        texts = await self._vault.open_all([Sealed(row["details"]) for row in rows])
        return [_movement(row, text) for row, text in zip(rows, texts, strict=True)]

    async def _process(self, statement: asyncpg.Record) -> None:
        statement_id, whose = statement["statement_id"], {"bank_account": statement["bank_account"]}
        if (debits := f"debits/{statement_id}/{statement['rounds']}") not in self._said:
            found = [
                await of(self._host.pool, statement_id) for of in (debit_commands, collection_commands, refund_commands)
            ]
            for n, command in enumerate(chain.from_iterable(found)):
                await self._commands.send(command, self._command_id("told", command.key, n))
            self._said[debits] = self._now()
        rows = await self._host.pool.fetch(_EXACT, statement_id, PAGE * PAGES_AT_ONCE)
        if not rows and (said := f"finish/{statement_id}/{statement['rounds']}") not in self._said:
            self._said[said] = self._now()
            finish = FinishProcessing(statement_id=statement_id, **whose)
            await self._commands.send(finish, self._command_id("finish", statement_id))
        waiting = [row for row in rows if row["entry_id"] not in self._said]
        for start in range(0, len(waiting), PAGE):
            page = waiting[start : start + PAGE]
            pairs = [pair for row in page if (pair := _pair(row)) is not None]
            command = PairEntries(statement_id=statement_id, pairs=pairs, by="match", **whose)
            await self._commands.send(command, self._command_id("pair", statement_id, page[0]["place"]))
            self._said |= {row["entry_id"]: self._now() for row in page}

    def _command_id(self, *what: str | int) -> str:
        """What is asked for again has to be decided again, so each time it has another id."""
        return derive("bank-statements", *what, str(self._now()))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _movement(row: asyncpg.Record, text: str) -> Movement:
    """What is erased has neither text nor name."""
    try:
        said = msgspec.json.decode(text, type=EntryDetails)
    except msgspec.DecodeError:
        said = EntryDetails()
    return Movement(
        entry_id=row["entry_id"],
        amount=row["amount"],
        currency=row["currency"],
        text=said.text,
        creditor_reference=said.creditor_reference,
        payer=row["payer"],
        name=said.name,
        reference_key=row["reference_key"],
    )


def _pair(row: asyncpg.Record) -> Pair | None:
    found = msgspec.json.decode(row["candidates"], type=list[Candidate])
    if not found:
        return None
    return same_fields(Pair, found[0], entry_id=row["entry_id"])
