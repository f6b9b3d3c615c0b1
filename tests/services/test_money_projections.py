"""The tables of invoicing and payments are the same however their log is cut into batches: rebuilt equals live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from services.invoicing import service as invoicing_service
from services.invoicing.approval.messages import ApproveInvoice, RejectInvoice
from services.invoicing.billing_run.messages import StartBillingRun
from services.invoicing.clearance.messages import ReportClearance
from services.invoicing.debit_note.messages import DebitInvoice, LineToDebit
from services.invoicing.invoice.messages import FinaliseInvoice
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.invoice_policy.messages import ApprovalPolicy, SetInvoicePolicy
from services.payments import app as payments_app
from shared.engine.generation import prepare
from shared.engine.service import Applied, Service
from shared.engine.settings import Settings
from tests.kit.decider import Specification
from tests.kit.servers import FreshEnvironment
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, Partitions, charge, closed, opened, subscribed, tell
from tests.services.payments.story import OPENED, owed, pay, payments


class Recorder:
    """Keeps every event of a partition with its envelope, as a log would."""

    def __init__(self) -> None:
        self.log: list[Applied] = []

    def took(self, spec: Specification) -> None:
        self.log += [
            Applied(event, envelope)
            for event, envelope in zip(spec.events, spec.envelopes, strict=True)
            if envelope.seq > len(self.log)
        ]


def invoicing_log() -> list[Applied]:
    """One partition's life: accounts, drafts (one of which disagrees without a line), a dry run and a real one."""
    partitions, recorder = Partitions(count=1), Recorder()
    [spec] = partitions.specs
    facts: list[Any] = []
    for account, net in (("acc-1", "30.03"), ("acc-2", "10.00")):
        facts += [
            opened(account),
            subscribed(account),
            charge(1, net, account=account),
            charge(2, "1.00", account=account),
        ]
        facts += [closed(2, f"{Decimal(net) + 1}", account=account)]
    facts += [opened("acc-3"), closed(1, "5.00", account="acc-3"), opened("acc-4"), subscribed("acc-4")]
    for fact in facts:
        recorder.took(tell(spec, fact))
    take = spec.when

    def recorded(*args: Any, **kwargs: Any) -> Specification:
        took = take(*args, **kwargs)
        recorder.took(took)
        return took

    spec.when = recorded  # type: ignore[method-assign]
    for run_id, dry_run in (("dry", True), ("real", False)):
        partitions.run(
            StartBillingRun(run_id=run_id, target_date=date(2026, 10, 1), dry_run=dry_run, cycle_id="monthly")
        )
    # A draft that waits and is approved, a debit note of what was issued, and what an authority says of it.
    partitions.run(SetInvoicePolicy(approval=ApprovalPolicy(every=True), clearance=[]))
    for fact in (
        charge(3, "7.00", account="acc-2", period=OCTOBER),
        closed(1, "7.00", account="acc-2", period=OCTOBER),
    ):
        recorder.took(tell(spec, fact))
    october: dict[str, Any] = {"invoice_id": invoice_id_of("acc-2", OCTOBER), "account_id": "acc-2"}
    for command in (FinaliseInvoice(**october), RejectInvoice(**october, reason="too high"), ApproveInvoice(**october)):
        partitions.run(command)
    september: dict[str, Any] = {"invoice_id": invoice_id_of("acc-2", SEPTEMBER), "account_id": "acc-2"}
    more = [LineToDebit(description="Router", net=Decimal("40.00"))]
    partitions.run(DebitInvoice(debit_note_id="dn-1", reason="missing_charge", lines=more, **september))
    for status in ("submitted", "rejected", "submitted"):
        partitions.run(ReportClearance(status=status, authority="SdI", reason="00404", **september))
    return recorder.log


def payments_log() -> list[Applied]:
    """Credit before an invoice, invoices before payments, one paid by two payments."""
    spec, recorder = payments(), Recorder()
    batch = spec._batch()
    for event in (OPENED, owed(1, "40.00"), owed(2, "25.00")):
        batch.replay(event, spec._envelope(event, seq=spec.next_seq + len(batch.events)))
    recorder.took(spec._keep(batch))
    for n, amount in enumerate(("30.00", "20.00", "50.00"), 1):
        recorder.took(spec.when(pay(amount, payment=f"pay-{n}", key=f"bank-{n}")))
    return recorder.log


async def rows_after(
    service: Service, settings: Settings, batches: Sequence[Sequence[Applied]]
) -> dict[str, list[Any]]:
    """All rows of the projection, with the transaction undone afterwards."""
    dsn = settings.postgres_dsn_of(service.name)
    generation = await prepare(dsn, service, settings)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": generation.search_path})
    try:
        undone = connection.transaction()
        await undone.start()
        for batch in batches:
            await service.project(connection, 0, batch)
        tables = await connection.fetch(
            "select table_name from information_schema.tables where table_schema = $1 order by 1", generation.schema
        )
        found = {
            row["table_name"]: await connection.fetch(f"select t::text from {row['table_name']} t order by 1")
            for row in tables
        }
        await undone.rollback()
        return found
    finally:
        await connection.close()


@pytest.mark.servers
@pytest.mark.parametrize(
    ("service", "log"),
    [(invoicing_service.SERVICE, invoicing_log), (payments_app.SERVICE, payments_log)],
    ids=["invoicing", "payments"],
)
async def test_a_projection_does_not_depend_on_how_its_log_is_cut(
    fresh_env: FreshEnvironment, service: Service, log: Any
) -> None:
    events = log()
    one_by_one = await rows_after(service, fresh_env.settings, [[event] for event in events])
    at_once = await rows_after(service, fresh_env.settings, [events])
    in_threes = await rows_after(service, fresh_env.settings, [events[n : n + 3] for n in range(0, len(events), 3)])
    assert one_by_one == at_once == in_threes
    assert sum(len(rows) for rows in at_once.values()) > 8


def test_the_logs_of_this_test_have_every_event_in_order() -> None:
    for log in (invoicing_log(), payments_log()):
        assert [applied.envelope.seq for applied in log] == list(range(1, len(log) + 1))
