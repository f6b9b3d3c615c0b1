"""What rating costs per record, without servers: decode, react, decide, evolve, encode, on one core.

    python -m bench.rating_decide [--accounts 2000] [--records 250] [--messages 200] [--mixed]

Guided messages of `records` records, spread over `accounts` subscriptions and a day of five-minute intervals, are taken
into one batch after the other, 48 messages (12,000 records) each, as the worker does. With `--mixed` the subscriptions
have the plans of a mixed book (mixed_book.py), and their records are what those plans measure. Time is the process's
own, so that a busy machine says less. The last line is JSON:
{"us_per_record", "records_per_s", "records", "accounts", "records_per_message"}.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bench.mixed_book import BOOK, METERS, OCTETS, PORTS, plan_of, prices
from services.rating.account.state import Account
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.plan.decide import evolve_plan
from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import parse_price
from services.rating.rated_usage.state import PairNumber
from services.rating.service import SERVICE
from services.rating.subscription.state import Subscription, Term
from services.usage.events import GUIDED
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.kernel.decider import State
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode
from shared.kernel.period import Period
from shared.kernel.unit_of_work import PartitionAddress, States, UnitOfWork

NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
BATCH_MESSAGES = 48
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
TYPE = "usage.GuidedUsage.v2"


class Held:
    """All states in memory, as a warm cache holds them."""

    def __init__(self) -> None:
        self.states: States = {kind: {} for kind in SERVICE.states}

    def get(self, kind: type, key: str) -> object:
        return self.states.get(kind, {}).get(key)

    def keep(self, states: States) -> None:
        for kind, changed in states.items():
            self.states.setdefault(kind, {}).update(changed)

    def get_many(self, kind: type, keys: Collection[str]) -> dict[str, object]:
        """As the cache of a partition does: all at once where none is absent."""
        held = self.states.get(kind, {})
        found = [*map(held.get, keys)]
        if all(found):
            return dict(zip(keys, found, strict=True))
        return {key: state for key, state in zip(keys, found, strict=True) if state is not None}


def world(accounts: int, *, mixed: bool = False) -> Held:
    held = Held()
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="Europe/Paris")
    held.states[Plan].update(_plans(mixed=mixed))
    for n in range(accounts):
        account, subscription = f"acc-{n}", f"sub-{n}"
        held.states[Account][account] = Account(
            account_id=account,
            currency="EUR",
            terms=terms,
            opened_on=date(2026, 9, 1),
            open_period=SEPTEMBER,
            collection_grace_s=3600,
        )
        held.states[Subscription][subscription] = Subscription(
            subscription_id=subscription,
            account_id=account,
            start=date(2026, 9, 1),
            first=Term(start=date(2026, 9, 1), plan_id=plan_of(n).plan_id if mixed else "fiber"),
        )
    return held


def _plans(*, mixed: bool) -> dict[str, State]:
    """The plans of the mixed book as they are once published; else one that prices octets."""
    if not mixed:
        version = PlanVersion(version=1, prices=(), meters=("data.octets",), effective_from=date(2026, 1, 1))
        return {"fiber": Plan(plan_id="fiber", name="Fiber", currency="EUR", versions=(version,))}
    held = Held()
    aggregations = {meter: aggregation for meter, (_, aggregation) in METERS.items() if aggregation != "sum"}
    for plan in BOOK:
        draft = PlanDrafted(
            plan_id=plan.plan_id,
            version=1,
            name=plan.plan_id,
            currency="EUR",
            prices=[parse_price(price) for price in prices(plan)],
        )
        published = PlanVersionPublished(
            plan_id=plan.plan_id, version=1, effective_from=date(2026, 1, 1), aggregations=aggregations
        )
        for event in (draft, published):
            for state in evolve_plan(event, None, held):  # type: ignore[arg-type]
                held.states.setdefault(Plan, {})[plan.plan_id] = state
    return dict(held.states[Plan])  # type: ignore[arg-type]


def messages(count: int, records: int, accounts: int, *, mixed: bool = False) -> list[bytes]:
    chance = random.Random(7)
    midnight = int((NOW - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) - 12 * 3_600_000_000
    made = []
    for n in range(1, count + 1):
        chosen = [(chance.randrange(accounts), midnight + chance.randrange(288) * 300_000_000) for _ in range(records)]
        said = [_record(i, line, at, n * records + i if mixed else None) for i, (line, at) in enumerate(chosen)]
        origins = {r.index: ("olt-12.par3", f"{n:06d}-{r.index:06d}") for r in said if r.attributes or r.meter == PORTS}
        made.append(encode(GuidedUsage(source=0, n=n, seq=n, records=GuidedColumns.of(said), origins=origins)))
    return made


def _record(index: int, line: int, at: int, number: int | None) -> GuidedRecord:
    """`number`: which record of the mixed book; `None` for octets."""
    meter, quantity, attributes = plan_of(line).usage(number) if number is not None else (OCTETS, 73_400_320, None)
    return GuidedRecord(
        index, f"acc-{line}", f"sub-{line}", meter, quantity * 1_000_000, at, at + 300_000_000, attributes
    )


def run(held: Held, payloads: list[bytes]) -> int:
    """Take all messages; returns the bytes written, so that nothing can be left out."""
    place = PartitionAddress(env="bench", partition=0, partitions=4)
    written, seq = 0, 1
    for start in range(0, len(payloads), BATCH_MESSAGES):
        batch = UnitOfWork(SERVICE.domain, held, place, next_seq=seq, now=NOW)  # type: ignore[arg-type]
        for n, payload in enumerate(payloads[start : start + BATCH_MESSAGES], start=start + 1):
            envelope = Envelope(
                env="bench", service="usage", partition=0, type=TYPE, recorded_at=NOW, subject="", seq=n
            )
            batch.take_event(GUIDED.decode(TYPE, payload), envelope)
        written += sum(len(encode(event)) for event, _ in batch.events)
        seq += len(batch.events)
        held.keep(batch.states)
    return written


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--accounts", type=int, default=2000)
    options.add_argument("--records", type=int, default=250)
    options.add_argument("--messages", type=int, default=200)
    options.add_argument("--mixed", action="store_true")
    asked = options.parse_args()
    held = world(asked.accounts, mixed=asked.mixed)
    payloads = messages(asked.messages, asked.records, asked.accounts, mixed=asked.mixed)
    # As a service process does: what is imported is not walked again with every collection.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    before = time.process_time()
    written = run(held, payloads)
    seconds = Decimal(str(time.process_time() - before))
    records = asked.messages * asked.records
    last = held.states[PairNumber]["0"]
    if not isinstance(last, PairNumber) or last.n != asked.messages or not written:
        raise SystemExit("the bench lost messages")
    answer = {
        "us_per_record": f"{seconds / records * 1_000_000:.2f}",
        "records_per_s": int(records / seconds),
        "records": records,
        "accounts": asked.accounts,
        "records_per_message": asked.records,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
