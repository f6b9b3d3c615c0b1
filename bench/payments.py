"""How many payments a second are recorded and allocated, on real servers: from readable commands to rows of the tables.

    meterlog bench payments [--payments 20000] [--replicas 2] [--json]
    20,000 payments in … s (… a second); with a bank's reference each … a second

Accounts with five open invoices each stand in the tables; then a payment comes for each invoice, as a bank file brings
them: commands in bulk, all readable at one moment. It is measured from there to the last payment that is allocated in
the tables, durable and ready to be read. Once without keys, and once with an external key each, which its owner claims
before the payment is decided (R52). No figure is printed before every count and sum is what was written: each payment
recorded once and allocated in full, nothing open any more, and a ledger that sums to zero.
"""

from __future__ import annotations

import asyncio
import time as monotonic
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

import asyncpg

from bench.billing_log import Prepared
from bench.counted import until_there
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from services.payments.balance.messages import OpenPayer
from services.payments.commands import COMMANDS
from services.payments.payment.messages import RecordPayment
from services.payments.receivable.messages import OpenReceivable
from shared.embedded.databases import drop_databases
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.claims import address
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.ids import derive
from shared.kernel.message import Command, encode
from shared.kernel.money import Money

INVOICES_EACH: Final = 5
WARM_UP: Final = 500
_ISSUED_ON: Final = date(2024, 10, 1)
"""Behind the clock of any machine: nothing comes in before its day."""
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_OPEN: Final = "select count(*) from live.receivable_row"
_PAID: Final = "select count(*) from live.payment_row where unallocated = 0"
_FOUND: Final = """
select (select count(*) from live.payment_row) as payments, (select sum(amount) from live.payment_row) as amount,
       (select count(*) from live.allocation_row) as allocations,
       (select sum(amount) from live.allocation_row) as allocated,
       (select coalesce(sum(open), 0) from live.receivable_row) as open,
       (select coalesce(sum(amount), 0) from live.ledger_entry) as ledger,
       (select coalesce(sum(amount), 0) from live.ledger_entry where account in ('receivables', 'unapplied')) as owed
"""


@dataclass(frozen=True)
class Paid:
    """What was measured of one way to pay."""

    payments: int
    seconds: float
    cpu_s: Mapping[str, float]

    @property
    def per_s(self) -> int:
        return round(self.payments / self.seconds)

    def cpu_us(self) -> dict[str, float]:
        """Microseconds of the processor for each payment, by process."""
        return {name: round(s * 1e6 / self.payments, 1) for name, s in self.cpu_s.items() if s >= 0.05}


async def measure(
    *, payments: int, replicas: int, say: Callable[[str], None], warm_up: int = WARM_UP, on: Sandbox | None = None
) -> dict[str, Any]:
    """Both ways, after `warm_up` untimed payments. Raises `BenchFailed` where a count or a sum is not exact."""
    async with servers(on) as sandbox:
        if warm_up:
            await _paid(sandbox, warm_up, env="warm", replicas=replicas, keyed=True, say=lambda line: None)
        plain = await _paid(sandbox, payments, env="plain", replicas=replicas, keyed=False, say=say)
        keyed = await _paid(sandbox, payments, env="keyed", replicas=replicas, keyed=True, say=say)
    return figures(plain, keyed, replicas)


def figures(plain: Paid, keyed: Paid, replicas: int) -> dict[str, Any]:
    return {
        "payments_per_s": plain.per_s,
        "keyed_payments_per_s": keyed.per_s,
        "payments": plain.payments,
        "seconds": round(plain.seconds, 2),
        "keyed_seconds": round(keyed.seconds, 2),
        "invoices_each": INVOICES_EACH,
        "replicas": replicas,
        "cpu_us_per_payment": plain.cpu_us(),
        "cpu_us_per_keyed_payment": keyed.cpu_us(),
        "machine": machine(),
    }


def sentence(found: dict[str, Any]) -> str:
    spent = "\n".join(
        f"µs of processor a payment{what}: {', '.join(f'{name} {us}' for name, us in found[key].items())}"
        for what, key in (("", "cpu_us_per_payment"), (" with a key", "cpu_us_per_keyed_payment"))
    )
    return (
        f"{found['payments']:,} payments recorded and allocated in {found['seconds']} s"
        f" ({found['payments_per_s']:,} a second); with an external key each in {found['keyed_seconds']} s"
        f" ({found['keyed_payments_per_s']:,} a second)\n{spent}"
    )


async def _paid(
    sandbox: Sandbox, count: int, *, env: str, replicas: int, keyed: bool, say: Callable[[str], None]
) -> Paid:
    settings = await fresh(sandbox, env, names=("payments",))
    children = [await service_process(sandbox, settings, "payments", replica=n) for n in range(1, replicas + 1)]
    try:
        db: _Db = await asyncpg.connect(settings.postgres_dsn_of("payments"))
        try:
            await until_ready(sandbox, [child.name for child in children])
            say(f"{count:,} invoices are issued")
            await (await prepare(settings, _owed(count))).commit()
            await until_there(sandbox, db, _OPEN, count)
            say(f"{count:,} payments come, {'with' if keyed else 'without'} keys")
            return await _measured(sandbox, settings, db, count, keyed=keyed)
        finally:
            await db.close()
    finally:
        for child in children:
            await sandbox.stop(child)
        await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)


async def _measured(sandbox: Sandbox, settings: Settings, db: _Db, count: int, *, keyed: bool) -> Paid:
    prepared = await prepare(settings, _payments(count, keyed=keyed))
    before = sandbox.cpu()
    began = monotonic.monotonic()
    await prepared.commit()
    ended = await until_there(sandbox, db, _PAID, count)
    spent: Counter[str] = sandbox.cpu()
    spent.subtract(before)
    await _check(db, count)
    return Paid(count, ended - began, {name: round(s, 2) for name, s in spent.items()})


async def _check(db: _Db, count: int) -> None:
    """Each payment is there once and allocated in full. Raises `BenchFailed`."""
    found = dict(await db.fetchrow(_FOUND) or {})
    amount = sum((_amount(n) for n in range(count)), Decimal(0))
    zero = Decimal(0)
    right = {"payments": count, "amount": amount, "allocations": count, "allocated": amount}
    right |= {"open": zero, "ledger": zero, "owed": zero}
    if wrong := {name: (found.get(name), value) for name, value in right.items() if found.get(name) != value}:
        raise BenchFailed(f"what was found and what was written differ: {wrong}")


async def prepare(settings: Settings, commands: Iterable[tuple[str, Command]]) -> Prepared:
    """Commands on the log that nobody can read before `commit`; transactions of the broker last ten seconds."""
    log, topic = Log(settings), f"{settings.env}.payments.commands"
    producers = [await log.transactional_producer(f"{settings.env}.bank.{p}") for p in range(settings.partitions)]
    for producer in producers:
        await producer.begin_transaction()
    sent = []
    for command_id, command in commands:
        partition = address("payments", command, command_id, settings.partitions)
        envelope = _envelope(settings, command, command_id, partition)
        key, headers = command.key.encode(), to_headers(envelope)
        sent.append(
            await producers[partition].send(topic, encode(command), key=key, partition=partition, headers=headers)
        )
    await asyncio.gather(*sent)
    return Prepared(producers)


def _envelope(settings: Settings, command: Command, command_id: str, partition: int) -> Envelope:
    return Envelope(
        env=settings.env,
        service="payments",
        partition=partition,
        type=COMMANDS.name_of(command),
        recorded_at=datetime.now(UTC),
        subject=command.key,
        actor="bench",
        command_id=command_id,
    )


def _owed(count: int) -> Iterable[tuple[str, Command]]:
    """Accounts, and the invoices that they owe."""
    for n in range(count):
        account_id = _account(n)
        if n % INVOICES_EACH == 0:
            yield f"open-{n}", OpenPayer(account_id=account_id, currency="EUR")
        opened = OpenReceivable(
            invoice_id=f"inv-{n}",
            account_id=account_id,
            number=f"INV-{n:06d}",
            amount=_amount(n),
            currency="EUR",
            issued_on=_ISSUED_ON,
            due_on=date(2024, 10, 15 + n % INVOICES_EACH),
            series_n=n,
        )
        yield f"owe-{n}", opened


def _payments(count: int, *, keyed: bool) -> Iterable[tuple[str, Command]]:
    """One for each invoice, in the order in which those of an account are due."""
    for n in range(count):
        command_id = f"pay-{n}"
        yield (
            command_id,
            RecordPayment(
                payment_id=derive(command_id, "payment"),
                account_id=_account(n),
                amount=Money(_amount(n), "EUR"),
                method="bank_transfer",
                received_on=_ISSUED_ON,
                external_key=f"BANK-{n:08d}" if keyed else None,
            ),
        )


def _account(n: int) -> str:
    return f"acc-{n // INVOICES_EACH:06d}"


def _amount(n: int) -> Decimal:
    """The same for all invoices of an account: whichever payment is first, each pays one invoice."""
    return Decimal(2_000 + n // INVOICES_EACH * 37 % 7_919).scaleb(-2)
