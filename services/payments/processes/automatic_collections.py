"""Invoices that are collected by themselves: of accounts that prefer a card or wallet, when the settings say.

    on_issue     receivable_row open                          ->  Collect, once for each invoice
    on_due       receivable_row open, due where the account is

Once: an invoice that was collected before, by whomever, is left to people. So is one that is disputed. Each process
does this for the partitions that it owns, by what their tables say; the account decides whether it is so.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import msgspec
import structlog

from services.payments.collection.messages import Collect
from services.payments.commands import COMMANDS
from services.payments.settings.messages import ONLY, SettingsTerms
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
ASK_AGAIN_S: Final = 3_600.0
"""What the account has refused is asked again then: something else may be open, or another method there."""
AT_ONCE: Final = 200

_TERMS: Final = "select terms::text from payment_settings_row where settings_id = $1"
_WAITING: Final = """
select r.invoice_id, r.account_id
  from receivable_row r
  join payer_row p on p.partition = r.partition and p.account_id = r.account_id
  join preferred_method_row f on f.partition = r.partition and f.account_id = r.account_id
  join payment_method_row m on m.partition = r.partition and m.method_id = f.method_id
 where r.partition = any($1::int[]) and r.open > 0 and not r.withdrawn and r.disputed = 0 and r.kind <> 'adjustment'
   and m.gateway <> '' and m.status = 'active' and m.declined = ''
   and ($2 or r.due_on <= ($3::timestamptz at time zone p.time_zone)::date)
   and not exists (select 1 from collection_row c where c.partition = r.partition and c.invoice_id = r.invoice_id)
   and not exists (select 1 from direct_debit_row d where d.invoice_id = r.invoice_id and d.status = 'placed')
   and r.invoice_id <> all ($4::text[])
 order by r.due_on, r.invoice_id limit $5
"""


async def run_automatic_collections(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    commands = BackgroundCommands(host, COMMANDS, actor="automatic-collections")
    said: dict[str, float] = {}
    try:
        while True:
            try:
                await _look(host, commands, said)
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("automatic_collections_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await commands.close()


async def _look(host: Host, commands: BackgroundCommands, said: dict[str, float]) -> None:
    now = asyncio.get_running_loop().time()
    for invoice_id in [one for one, at in said.items() if now - at >= ASK_AGAIN_S]:
        del said[invoice_id]
    terms = await host.pool.fetchval(_TERMS, ONLY)
    when = "by_hand" if terms is None else msgspec.json.decode(terms, type=SettingsTerms).collect
    if when == "by_hand" or not host.owned:
        return
    owned, at_once = sorted(host.owned), when == "on_issue"
    for row in await host.pool.fetch(_WAITING, owned, at_once, host.clock.now(), [*said], AT_ONCE):
        collection_id = f"auto-{derive('collection', 'automatic', row['invoice_id'])}"
        collect = Collect(account_id=row["account_id"], collection_id=collection_id, invoice_id=row["invoice_id"])
        await commands.send(collect, derive("automatic-collections", row["invoice_id"], str(now)))
        said[row["invoice_id"]] = now
