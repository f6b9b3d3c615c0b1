"""A month of rating's events as a log holds it when a billing day begins, written without running rating.

    book = BilledBook(accounts=10_000, lines=5)
    await book.sign_up(settings)        # AccountOpened, SubscriptionStarted
    charges = await book.prepare_charges(settings)
    await charges.commit()              # ChargeFixed × 5 of every account, readable from now on
    closes = await book.prepare_closes(settings)
    await closes.commit()               # PeriodClosed likewise

Charges are five of an internet line: a monthly fee, gigabytes in two tiers, a static address, a router, a discount-free
voice flat; each account's gigabytes are its own. What their invoices come to is counted here, by hand of integers, and
not by the product's code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from aiokafka import AIOKafkaProducer

from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from services.rating.events import EVENTS
from services.rating.period.messages import ChargeFixed, ChargeStep, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Event, encode
from shared.kernel.partition import partition_of
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

CYCLE: Final = "monthly"
TERMS: Final = CycleTerms(cycle_id=CYCLE, frequency="month", anchor_day=1, time_zone="Europe/Paris")
CLOSED: Final = Period(date(2026, 10, 1), date(2026, 11, 1))
NEXT: Final = Period(date(2026, 11, 1), date(2026, 12, 1))
TAX_PERCENT: Final = 20
_FLAT_CENTS: Final = (("Fibre 500", 2990), ("Static address", 300), ("Router", 450), ("Voice flat", 990))


@dataclass(frozen=True)
class Prepared:
    """Events that are written and can't be read yet."""

    producers: list[AIOKafkaProducer]

    async def commit(self) -> None:
        """From now on they can, of all partitions."""
        await asyncio.gather(*(producer.commit_transaction() for producer in self.producers))
        for producer in self.producers:
            await producer.stop()


@dataclass
class BilledBook:
    """Accounts with one invoice each to come; `lines` (at least 1) lines on each."""

    accounts: int
    lines: int
    _seq: dict[int, int] = field(default_factory=dict)

    @property
    def net_cents(self) -> int:
        """What all invoices come to without tax."""
        return sum(cents for n in range(self.accounts) for cents in _amounts(n, self.lines))

    @property
    def tax_cents(self) -> int:
        """The tax of each invoice, rounded half up to the cent, of all of them."""
        return sum(_tax(sum(_amounts(n, self.lines))) for n in range(self.accounts))

    async def sign_up(self, settings: Settings) -> None:
        """Accounts that are open and have a subscription; their first period is open."""
        opened = (event for n in range(self.accounts) for event in _signed_up(n))
        await (await self._write(settings, [BillingCycleDefined(name="Monthly", terms=TERMS), *opened])).commit()

    async def prepare_charges(self, settings: Settings) -> Prepared:
        """All charges, written in one transaction for each partition; nobody can read them before `commit`.

        Transactions of the broker last ten seconds.
        """
        charges = (event for n in range(self.accounts) for event in _charges(n, self.lines))
        return await self._write(settings, charges)

    async def prepare_closes(self, settings: Settings) -> Prepared:
        """The close of every account's period, likewise."""
        return await self._write(settings, (_closed(n, self.lines) for n in range(self.accounts)))

    async def _write(self, settings: Settings, events: Iterable[Event]) -> Prepared:
        log = Log(settings)
        messages = self._messages(settings, events)
        producers = [await log.transactional_producer(f"{settings.env}.rating.{p}") for p in range(settings.partitions)]
        for producer in producers:
            await producer.begin_transaction()
        await asyncio.gather(*(self._send(*pair, settings) for pair in zip(producers, messages, strict=True)))
        return Prepared(producers)

    def _messages(self, settings: Settings, events: Iterable[Event]) -> list[list[tuple[int, Event, Envelope]]]:
        by_partition: list[list[tuple[int, Event, Envelope]]] = [[] for _ in range(settings.partitions)]
        now = datetime.now(UTC)
        for event in events:
            # Reference data lives in partition 0, everything else where its account does.
            partition = 0 if isinstance(event, BillingCycleDefined) else partition_of(event.key, settings.partitions)
            seq = self._seq[partition] = self._seq.get(partition, 0) + 1
            envelope = Envelope(
                env=settings.env,
                service="rating",
                partition=partition,
                type=EVENTS.name_of(event),
                recorded_at=now,
                subject=event.key,
                seq=seq,
                causation_id=f"close-{event.key}",
                correlation_id=f"close-{event.key}",
                actor="system",
            )
            by_partition[partition].append((partition, event, envelope))
        return by_partition

    async def _send(
        self, producer: AIOKafkaProducer, messages: list[tuple[int, Event, Envelope]], settings: Settings
    ) -> None:
        topic = f"{settings.env}.rating.events"
        sent = [
            await producer.send(
                topic, encode(event), key=event.key.encode(), partition=partition, headers=to_headers(envelope)
            )
            for partition, event, envelope in messages
        ]
        await asyncio.gather(*sent)


def account_id(n: int) -> str:
    return f"acc-{n:06d}"


def _signed_up(n: int) -> Iterator[Event]:
    yield AccountOpened(
        account_id=account_id(n),
        name=Sealed("v1.bench.bm9ib2R5"),
        currency="EUR",
        cycle=TERMS,
        tax_rate=Decimal(TAX_PERCENT),
        opened_on=CLOSED.start,
        collection_grace_s=3600,
    )
    yield SubscriptionStarted(
        subscription_id=f"sub-{n:06d}",
        account_id=account_id(n),
        plan_id="fibre-500",
        start=CLOSED.start,
        period=CLOSED,
        plan_version=1,
    )


def _charges(n: int, lines: int) -> Iterator[Event]:
    for place, cents in enumerate(_amounts(n, lines)):
        yield _charge(n, place, cents)


def _closed(n: int, lines: int) -> Event:
    return PeriodClosed(
        account_id=account_id(n),
        period=CLOSED,
        lines=lines,
        sum=_euros(sum(_amounts(n, lines))),
        currency="EUR",
        next_period=NEXT,
    )


def _charge(n: int, place: int, cents: int) -> ChargeFixed:
    """Line 1 is usage, the others are flat."""
    usage = place == 1
    name = "Traffic" if usage else _FLAT_CENTS[place % len(_FLAT_CENTS)][0]
    return ChargeFixed(
        charge_id=f"chg-{n:06d}-{place:04d}-k5m2pq",
        account_id=account_id(n),
        billing_period=CLOSED,
        n=place + 1,
        kind="usage" if usage else "recurring",
        subscription_id=f"sub-{n:06d}",
        plan_id="fibre-500",
        plan_version=1,
        price_index=place,
        description=name,
        period=CLOSED,
        amount=_euros(cents),
        unrounded=_euros(cents),
        currency="EUR",
        meter="data_bytes" if usage else None,
        unit="bytes" if usage else None,
        quantity=Decimal(200_000_000_000 + cents * 10**9) if usage else None,
        records=8928 if usage else 0,
        steps=_steps(cents) if usage else [],
    )


def _steps(cents: int) -> list[ChargeStep]:
    """Two hundred gigabytes are free, each one more is a cent."""
    gigabyte = str(10**9)
    return [
        ChargeStep(tier="1", quantity=str(200 * 10**9), unit_price="0", amount="0", unit_size=gigabyte),
        ChargeStep(
            tier="2",
            quantity=str(cents * 10**9),
            unit_price="0.01",
            amount=str(_euros(cents)),
            unit_size=gigabyte,
        ),
    ]


def _amounts(n: int, lines: int) -> Iterator[int]:
    for place in range(lines):
        yield (n * 7919 + 13) % 2000 if place == 1 else _FLAT_CENTS[place % len(_FLAT_CENTS)][1]


def _tax(net_cents: int) -> int:
    return (net_cents * TAX_PERCENT + 50) // 100


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
