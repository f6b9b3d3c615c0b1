"""How long a billing day takes rating: the close of many accounts, on one core and without servers.

    meterlog bench close [--accounts 10000] [--records 20] [--json]
    10,000 accounts closed in 3.7 s (2,730 a second): 20,000 charges

Each account has one subscription to a plan of the mixed book (mixed_book.py) and `records` usage records in September,
rated by the service's own functions beforehand. Then the timers of all accounts fire, in batches as a worker takes
them: decide, fold, encode of everything that would go to the log. Times are of the process, so that a busy machine says
less. Before a figure is given, every account has closed its period, and the charges add up to what the closes say and
are of as many records as were made.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec

from bench.mixed_book import PORTS, plan_of
from bench.rating_decide import SEPTEMBER, Held, world
from bench.servers import BenchFailed
from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed, ClosePeriod, PeriodClosed, PeriodClosing
from services.rating.service import SERVICE
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, encode
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork

BATCH: Final = 200
RECORDS_PER_MESSAGE: Final = 250
RATED_AT: Final = datetime(2026, 9, 30, 23, tzinfo=UTC)
DUE_AT: Final = datetime(2026, 9, 30, 23, tzinfo=UTC)
FIRST_US: Final = 1_788_213_600_000_000  # 2026-08-31T22:00:00Z, the beginning of September in Paris
MONTH_US: Final = 30 * 86_400_000_000
PLACE: Final = PartitionAddress(env="bench", partition=0, partitions=4)


class Closed:
    """What the closes of all accounts said."""

    def __init__(self) -> None:
        self.accounts = 0
        self.charges = 0
        self.records = 0
        self.lines = 0
        self.amount = Decimal(0)
        self.sums = Decimal(0)
        self.bytes = 0

    def take(self, event: Event) -> None:
        self.bytes += len(encode(event))
        if isinstance(event, ChargeFixed):
            self.charges += 1
            self.records += event.records
            self.amount += event.amount
        elif isinstance(event, PeriodClosing):
            self.lines += event.lines
            self.sums += event.sum
        elif isinstance(event, PeriodClosed):
            self.accounts += 1

    def check(self, *, accounts: int, records: int) -> None:
        """Raises `BenchFailed` unless all is there."""
        found = (self.accounts, self.records, self.charges, self.amount)
        if found != (accounts, records, self.lines, self.sums):
            raise BenchFailed(f"accounts, records, charges and amount are {found}, of {accounts} and {records}")


def measure(*, accounts: int, records: int) -> dict[str, Any]:
    """Close the September of so many accounts with so many records each. Raises `BenchFailed`."""
    held, commands = _opened(accounts)
    _rate(held, accounts, records)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    closed = Closed()
    before, longest = time.process_time(), 0.0
    for start in range(0, accounts, BATCH):
        began = time.process_time()
        _close(held, commands[start : start + BATCH], closed)
        longest = max(longest, time.process_time() - began)
    seconds = time.process_time() - before
    closed.check(accounts=accounts, records=accounts * records)
    return {
        "seconds": round(seconds, 2),
        "accounts_per_s": round(accounts / seconds),
        "longest_batch_ms": round(longest * 1000),
        "accounts": accounts,
        "charges": closed.charges,
        "records": closed.records,
        "amount": str(closed.amount),
    }


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['accounts']:,} accounts closed in {figures['seconds']} s of one core "
        f"({figures['accounts_per_s']:,} a second): {figures['charges']:,} charges for {figures['records']:,} records"
    )


def _opened(accounts: int) -> tuple[Held, list[ClosePeriod]]:
    """Accounts with a subscription each, and the timers of their first period."""
    held = world(accounts, mixed=True)
    commands = []
    for n in range(accounts):
        account_id, subscriptions = f"acc-{n}", (f"sub-{n}",)
        account = held.states[Account][account_id]
        assert isinstance(account, Account)
        held.states[Account][account_id] = msgspec.structs.replace(
            account, subscriptions=subscriptions, close_due=DUE_AT, known_at=RATED_AT
        )
        commands.append(
            ClosePeriod(account_id=account_id, period=SEPTEMBER, due_at=DUE_AT, subscriptions=subscriptions)
        )
    return held, commands


def _rate(held: Held, accounts: int, records: int) -> None:
    """Every account's records, spread over the month, in messages of many accounts."""
    made = [(number, number % accounts) for number in range(accounts * records)]
    for n, first in enumerate(range(0, len(made), RECORDS_PER_MESSAGE), start=1):
        said = []
        for index, (number, line) in enumerate(made[first : first + RECORDS_PER_MESSAGE]):
            meter, quantity, attributes = plan_of(line).usage(number)
            at = FIRST_US + number // accounts * (MONTH_US // records)
            said.append(
                GuidedRecord(index, f"acc-{line}", f"sub-{line}", meter, quantity * 1_000_000, at, at, attributes)
            )
        origins = {r.index: ("olt-12.par3", f"{n:06d}-{r.index}") for r in said if r.attributes or r.meter == PORTS}
        message = GuidedUsage(source=0, n=n, seq=n, records=GuidedColumns.of(said), origins=origins)
        batch = UnitOfWork(SERVICE.domain, held, PLACE, next_seq=n, now=RATED_AT)  # type: ignore[arg-type]
        batch.take_event(message, _envelope("usage", "usage.GuidedUsage.v2", "", seq=n))
        held.keep(batch.states)


def _close(held: Held, commands: list[ClosePeriod], closed: Closed) -> None:
    """One batch of timers, as a worker takes them; its events are encoded for the log."""
    batch = UnitOfWork(SERVICE.domain, held, PLACE, next_seq=1, now=DUE_AT + timedelta(hours=1))  # type: ignore[arg-type]
    for command in commands:
        command_id = f"close-{command.account_id}"
        envelope = _envelope("rating", "rating.ClosePeriod.v1", command.account_id, command_id=command_id)
        batch.take_command(command, envelope)
    for event, _ in batch.events:
        closed.take(event)
    held.keep(batch.states)


def _envelope(service: str, type_name: str, subject: str, **more: Any) -> Envelope:
    return Envelope(
        env="bench", service=service, partition=0, type=type_name, recorded_at=DUE_AT, subject=subject, **more
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--accounts", type=int, default=10_000)
    options.add_argument("--records", type=int, default=20)
    asked = options.parse_args()
    print(json.dumps(measure(accounts=asked.accounts, records=asked.records)))


if __name__ == "__main__":
    main()
