"""What goes into the file of a run: its debits as they were placed, opened by the vault."""

from __future__ import annotations

import asyncpg
import msgspec

from services.payments.direct_debit.shapes import read_run
from services.payments.payment_method.api import details_of
from services.payments.sepa.pain008 import Creditor, Debit, DebitFile
from shared.http.api import Api
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed


async def file_of(api: Api, run_id: str) -> DebitFile:
    """Raises `Rejection`: `run_placing`, `run_empty`, `debtor_erased`."""
    run = await read_run(api, run_id)
    if run["placing"]:
        raise Rejection("run_placing", "its debits are still being placed; wait a moment", status=409)
    sql = "select * from direct_debit_row where run_id = $1 and status <> 'refused' order by debit_id"
    rows = await api.db.fetch(sql, run_id)
    if not rows:
        raise Rejection("run_empty", "all its debits were refused: there is nothing to collect", status=409)
    opened = await api.vault.open_all([Sealed(row["details"]) for row in rows])
    return DebitFile(
        run_id=run_id,
        creditor=msgspec.json.decode(run["creditor"], type=Creditor),
        scheme=run["scheme"],
        collection_date=run["collection_date"],
        made_at=run["recorded_at"],
        debits=[_debit(row, text) for row, text in zip(rows, opened, strict=True)],
    )


def _debit(row: asyncpg.Record, text: str) -> Debit:
    said = details_of(text)
    if not said.iban:
        detail = f"the bank account of {row['account_id']} was erased; cancel the run"
        raise Rejection("debtor_erased", detail, status=409)
    shown = ("debit_id", "sequence", "amount", "mandate_id", "signed_on")
    fields = {name: row[name] for name in shown}
    return Debit(name=said.holder, iban=said.iban, bic=said.bic, text=row["number"], **fields)
