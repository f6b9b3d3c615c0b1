"""What must be true once everything is quiet, whatever went wrong on the way: the product's promise, from events alone.

    check(world)                  records, numbers, sums, receivables, and the log replayed from zero
    totals(world)                 what must be the same with faults and without

Each check raises an `AssertionError` that names the record, the invoice or the partition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import DraftCarriedForward, InvoiceDrafted, InvoiceIssued
from services.invoicing.numbering_series.messages import NumberAssigned
from services.invoicing.void.messages import InvoiceVoided
from services.payments.balance.messages import CreditAllocated, PaymentAllocated
from services.payments.balance.state import Payer
from services.payments.exposure.figures import with_tax
from services.payments.exposure.state import Amounts, Exposure
from services.payments.ledger.accounts import RECEIVABLES, UNAPPLIED
from services.payments.ledger.postings import Money, postings
from services.payments.payment.messages import PaymentRecorded
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.rating.account.state import Account
from services.rating.credit_restriction.state import CreditRestriction
from services.rating.period.live import live_spend
from services.rating.period.messages import ChargeFixed, PeriodClosed, PeriodClosing
from services.rating.rated_usage.messages import UsageRated, UsageTakenBack
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.quarantine.messages import UsageReturned
from services.usage.record.messages import UsageRecorded
from shared.kernel import wire
from shared.kernel.calendar import local_date
from shared.kernel.claims import ClaimedKey
from shared.kernel.decider import State
from shared.kernel.ids import derive
from shared.kernel.money import quantity_micro
from shared.kernel.outcome import CommandFaulted, InputParked, InputRequeued
from shared.kernel.partition import partition_of
from tests.simulation import booked
from tests.simulation.dunned import nobody_is_astray
from tests.simulation.plot import CONTESTED_IDS, CONTESTED_KEYS, RIVALS

if TYPE_CHECKING:
    from tests.simulation.world import World

D = TypeVar("D", bound=State)
RecordId = tuple[int, int, int]
"""A record: usage partition, seq, index."""

ZERO: Final = Decimal(0)


def check(world: World) -> None:
    """All that one run must keep by itself. (The observer checks `seq`, and that nothing else crashed, as it reads.)"""
    _nothing_is_left_aside(world)
    _every_record_has_one_fate(world)
    _charges_agree_with_sums(world)
    _invoices_agree_with_charges(world)
    _numbers_have_no_gap(world)
    _no_invoice_is_credited_above_its_total(world)
    _receivables_agree_with_payments(world)
    _exposure_is_what_is_owed_and_unbilled(world)
    booked.check(world)
    _each_key_has_one_effect(world)
    nobody_is_astray(world)


def totals(world: World) -> dict[str, Any]:
    """What does not depend on the order of things: quantities, charges, invoices, balances, fates of records."""
    fates: Counter[str] = Counter()
    for recorded in world.observer.events("usage", UsageRecorded):
        fates.update(record.reason or "accepted" for record in recorded.records)
        fates.update(aside.state for aside in recorded.set_aside)
    rated = world.observer.events("rating", UsageRated)
    fates.update(reason for event in rated for _, reason, _ in (*event.not_billable, *event.returned))
    for back in world.observer.events("rating", UsageTakenBack):
        fates.update({back.reason: sum(taken.records for taken in (*back.taken, *back.closed))})
    return {
        "fates": dict(sorted(fates.items())),
        "charges": sorted(
            (c.account_id, str(c.billing_period.start), c.n, c.kind, str(c.amount), c.quantity, c.records)
            for c in world.observer.events("rating", ChargeFixed)
        ),
        "invoices": sorted(
            (i.account_id, str(i.period.start), str(i.net), str(i.tax), str(i.total))
            for i in world.observer.events("invoicing", InvoiceIssued)
        ),
        "open": sorted((account, str(amount)) for account, amount in _open(world).items()),
    }


def _nothing_is_left_aside(world: World) -> None:
    """Whatever crashed was taken again, by an operator or by its sender."""
    for service, database in world.databases.items():
        parked = [key for _, kind, key in database.states if kind == "Parking"]
        assert not parked, f"{service}: still parked: {parked}"
        crashed: set[tuple[int, int]] = set()
        resolved = Counter[tuple[int, int]]()
        for seen in world.observer.all(service):
            partition = seen.envelope.partition
            match seen.event:
                case InputParked() | CommandFaulted():
                    crashed.add((partition, seen.envelope.seq))
                    if isinstance(seen.event, CommandFaulted) and seen.event.previous is not None:
                        # Sent again, it crashed again: one dead letter, the later one.
                        resolved[partition, seen.event.previous] += 1
                case InputRequeued(seq=seq):
                    resolved[partition, seq] += 1
        assert resolved == dict.fromkeys(crashed, 1), f"{service}: crashed {crashed}, taken again {resolved}"


# -- records ---------------------------------------------------------------------------------------------------------


def _every_record_has_one_fate(world: World) -> None:
    """What was published is recorded or set aside, once; what was accepted is rated, unbillable or returned, once."""
    accepted: set[RecordId] = set()
    counted, keys = 0, Counter[bytes]()
    for seen in world.observer.all("usage"):
        if isinstance(seen.event, UsageRecorded):
            counted += len(seen.event.records) + len(seen.event.set_aside)
            keys.update(record.dedupe_key for record in seen.event.records)
            for index, record in enumerate(seen.event.records):
                assert (record.account is None) == (record.reason is not None), f"{seen.envelope.citation}#{index}"
                if record.account is not None:
                    accepted.add((seen.envelope.partition, seen.envelope.seq, index))
    assert counted == world.published, f"{world.published} records were published, {counted} are accounted for"
    twice = [key.hex() for key, times in keys.items() if times > 1]
    assert not twice, f"recorded twice: {twice}"
    fates = _fates(world)
    assert not (lost := accepted - fates.keys()), f"accepted and neither rated nor returned: {sorted(lost)}"
    assert not (strange := fates.keys() - accepted), f"rated and never accepted: {sorted(strange)}"
    assert not (double := [place for place, times in fates.items() if times > 1]), f"rated twice: {double}"
    returned = {
        (seen.envelope.partition, seen.event.seq, index)
        for seen in world.observer.all("usage")
        if isinstance(seen.event, UsageReturned)
        for index, _ in seen.event.items
    }
    given_back = {
        (event.source, event.usage_seq, index)
        for event in world.observer.events("rating", UsageRated)
        for index, _, _ in event.returned
    }
    given_back |= {
        (partition, seq, index)
        for event in world.observer.events("rating", UsageTakenBack)
        for taken in (*event.taken, *event.closed)
        for partition, seq, indexes in taken.behind
        for index in indexes
    }
    assert returned == given_back, f"returned by rating {given_back}, quarantined in usage {returned}"


def _fates(world: World) -> Counter[RecordId]:
    fates: Counter[RecordId] = Counter()
    for event in world.observer.events("rating", UsageRated):
        indexes = [index for rated in event.sums for index in rated.indexes]
        indexes += [index for index, _, _ in (*event.not_billable, *event.returned)]
        fates.update((event.source, event.usage_seq, index) for index in indexes)
    return fates


# -- money -----------------------------------------------------------------------------------------------------------


def _charges_agree_with_sums(world: World) -> None:
    """Each closed period: as many charges as announced, and the sum; each rated unit charged in its period."""
    charges = world.observer.events("rating", ChargeFixed)
    closings = world.observer.events("rating", PeriodClosing)
    closed = world.observer.events("rating", PeriodClosed)
    periods = Counter((event.account_id, event.period.start) for event in closed)
    assert all(times == 1 for times in periods.values()), f"closed twice: {periods}"
    announced: list[PeriodClosing | PeriodClosed] = [*closings, *closed]
    for event in announced:
        mine = [c for c in charges if (c.account_id, c.billing_period) == (event.account_id, event.period)]
        assert len(mine) == event.lines, f"{event}: {len(mine)} charges"
        assert sum((c.amount for c in mine), ZERO) == event.sum, f"{event}: {mine}"
    rated: Counter[Any] = Counter()
    for usage in world.observer.events("rating", UsageRated):
        late = {late.of: late.billed_in for late in usage.late}
        for place, added in enumerate(usage.sums):
            # What came late is charged when the period that was open then is closed.
            if (added.account, late.get(place, added.period_start)) in periods:
                rated[added.subscription, added.meter, added.version, added.period_start] += added.quantity
    for back in world.observer.events("rating", UsageTakenBack):
        for taken in back.taken:
            if (back.account_id, taken.period_start) in periods:
                rated[back.subscription_id, taken.meter, taken.version, taken.period_start] -= taken.quantity
    billed = Counter[Any]()
    for charge in charges:
        if charge.kind == "usage":
            period = charge.settles or charge.billing_period
            key = (charge.subscription_id, charge.meter, charge.plan_version, period.start)
            billed[key] += quantity_micro(str(charge.quantity or 0))
    assert rated == billed, f"rated {rated}, billed {billed}"


def _invoices_agree_with_charges(world: World) -> None:
    """Each closed period with charges has one invoice; its lines are the charges and sum to its totals."""
    charges = {c.charge_id: c for c in world.observer.events("rating", ChargeFixed)}
    drafted = Counter(event.invoice_id for event in world.observer.events("invoicing", InvoiceDrafted))
    issued = world.observer.events("invoicing", InvoiceIssued)
    assert drafted == Counter(invoice.invoice_id for invoice in issued), f"drafted {drafted}, issued {issued}"
    assert all(times == 1 for times in drafted.values()), f"drafted twice: {drafted}"
    lines = [line.charge_id for invoice in issued if invoice.replaces is None for line in invoice.lines]
    assert sorted(lines) == sorted(charges), "the lines of all invoices are not the charges, each once"
    for invoice in issued:
        assert [line.n for line in invoice.lines] == list(range(1, len(invoice.lines) + 1)), invoice
        assert sum((line.net for line in invoice.lines), ZERO) == invoice.net, invoice
        assert all(line.net == charges[line.charge_id].amount for line in invoice.lines), invoice
        assert sum((group.tax for group in invoice.tax_groups), ZERO) == invoice.tax, invoice
        assert invoice.net + invoice.tax == invoice.total, invoice


def _numbers_have_no_gap(world: World) -> None:
    """1, 2, 3, … in order in each series, each for one document, dates never going back; what is issued bears it."""
    every = world.observer.events("invoicing", NumberAssigned)
    for series_id in {number.series_id for number in every}:
        assigned = [number for number in every if number.series_id == series_id]
        assert [number.n for number in assigned] == list(range(1, len(assigned) + 1)), assigned
        dates = [number.issued_on for number in assigned]
        assert dates == sorted(dates), assigned
    numbers = {number.document.id: number.number for number in every}
    assert len(numbers) == len(every), f"two numbers for one document: {every}"
    issued = {invoice.invoice_id: invoice.number for invoice in world.observer.events("invoicing", InvoiceIssued)}
    notes = {note.credit_note_id: note.number for note in world.observer.events("invoicing", CreditNoteIssued)}
    assert issued | notes == numbers, f"issued {issued}, {notes}, numbered {numbers}"


def _no_invoice_is_credited_above_its_total(world: World) -> None:
    """Credit notes of an invoice come to no more than it; a void one has none, and of one nothing was paid."""
    left = {invoice.invoice_id: invoice.total for invoice in world.observer.events("invoicing", InvoiceIssued)}
    for note in world.observer.events("invoicing", CreditNoteIssued):
        left[note.invoice_id] -= note.total
    assert all(amount >= 0 for amount in left.values()), left
    void = {event.invoice_id for event in world.observer.events("invoicing", InvoiceVoided)}
    assert void == {event.invoice_id for event in world.observer.events("payments", ReceivableWithdrawn)}
    paid = {event.invoice_id for event in world.observer.events("payments", PaymentAllocated)}
    paid |= {event.invoice_id for event in world.observer.events("payments", CreditAllocated)}
    assert not void & paid, f"void and paid: {void & paid}"


def _receivables_agree_with_payments(world: World) -> None:
    """Receivable = issued - void - credited - paid, for each account; and what the payer's state says is the same."""
    issued = {invoice.invoice_id: invoice.total for invoice in world.observer.events("invoicing", InvoiceIssued)}
    opened = world.observer.events("payments", ReceivableOpened)
    assert {r.invoice_id: r.amount for r in opened} == issued and len(opened) == len(issued), f"{opened}, {issued}"
    balances = _open(world)
    for account, balance in balances.items():
        payer = _payer(world, account)
        known = sum((invoice.open for invoice in payer.owed), ZERO) - sum((c.left for c in payer.credits), ZERO)
        assert known == balance, f"{account}: {payer} and a balance of {balance}"
        posted = _posted(world, account)
        owed = sum((invoice.open for invoice in payer.owed), ZERO)
        assert (posted[RECEIVABLES], posted[UNAPPLIED]) == (owed, known - owed), f"{account}: {posted} and {payer}"
        assert not sum(posted.values()), f"{account}: the ledger is out of balance: {posted}"
    for allocated in world.observer.events("payments", PaymentAllocated):
        assert allocated.amount > 0 and allocated.open >= 0 and allocated.unallocated >= 0, allocated


def _exposure_is_what_is_owed_and_unbilled(world: World) -> None:
    """Exposure in payments = receivables - credit + what rating would charge now + the drafts of invoicing, and whoever
    has nothing left is blocked, and nobody else."""
    states = StatesOf(world, "rating")
    issued = {invoice.invoice_id for invoice in world.observer.events("invoicing", InvoiceIssued)}
    gone = {carried.invoice_id for carried in world.observer.events("invoicing", DraftCarriedForward)}
    drafted = {one.invoice_id: one for one in world.observer.events("invoicing", InvoiceDrafted)}
    waiting = [one for one in drafted.values() if one.invoice_id not in issued | gone]
    for account_id, balance in _open(world).items():
        exposure = _only(world, "payments", Exposure, account_id)
        account = _only(world, "rating", Account, account_id)
        live = live_spend(account, local_date(world.now, account.terms.time_zone), states)
        told = Amounts(period_start=world.now.date(), net=live.net, gross=live.gross)
        unbilled = with_tax(told, exposure.tax_share, "EUR")
        unbilled += sum((one.total or ZERO for one in waiting if one.account_id == account_id), ZERO)
        assert exposure.shown is not None, f"{account_id}: nobody has told what is unbilled"
        assert exposure.shown.exposure == balance + unbilled, f"{account_id}: {exposure}, {balance} and {unbilled}"
        blocked = states.get(CreditRestriction, account_id) is not None
        assert blocked == exposure.restricted == (exposure.shown.standing == "over"), f"{account_id}: {exposure}"


class StatesOf:
    """All states of a service as they are in its tables, as deciders see them."""

    def __init__(self, world: World, service: str) -> None:
        self._states = {(kind, key): body for (_, kind, key), body in world.databases[service].states.items()}

    def get(self, kind: type[D], key: str) -> D | None:
        body = self._states.get((kind.__name__, key))
        return None if body is None else wire.decoder(kind).decode(body)

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}


def _only(world: World, service: str, kind: type[D], key: str) -> D:
    found = StatesOf(world, service).get(kind, key)
    assert found is not None, f"{service} has no {kind.__name__} {key}"
    return found


def _posted(world: World, account_id: str) -> dict[str, Decimal]:
    """What stands on each account of the ledger, of one customer."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for seen in world.observer.all("payments"):
        if isinstance(seen.event, Money) and seen.event.account_id == account_id:
            for posting in postings(seen.event):
                sums[posting.debit] += posting.amount
                sums[posting.credit] -= posting.amount
    return sums


def _open(world: World) -> dict[str, Decimal]:
    """What each account owes (negative: its credit)."""
    balances: dict[str, Decimal] = dict.fromkeys(world.story.accounts, ZERO)
    for invoice in world.observer.events("invoicing", InvoiceIssued):
        balances[invoice.account_id] += invoice.total
    for void in world.observer.events("invoicing", InvoiceVoided):
        balances[void.account_id] -= void.total
    for note in world.observer.events("invoicing", CreditNoteIssued):
        balances[note.account_id] -= note.total
    for payment in world.observer.events("payments", PaymentRecorded):
        if payment.account_id not in RIVALS:
            balances[payment.account_id] -= payment.amount
    return balances


def _payer(world: World, account_id: str) -> Payer:
    found = [
        msgspec.json.decode(body, type=Payer)
        for (_, kind, key), body in world.databases["payments"].states.items()
        if (kind, key) == ("Payer", account_id)
    ]
    assert len(found) == 1, f"{account_id}: {found}"
    return found[0]


# -- keys ------------------------------------------------------------------------------------------------------------


def _each_key_has_one_effect(world: World) -> None:
    """Of all who ask for a key one gets it; it is held by what it made, and nothing else is held."""
    made = Counter[tuple[str, str]]()
    holders: dict[tuple[str, str], str] = {}
    for payment in world.observer.events("payments", PaymentRecorded):
        keys = [("payment", payment.payment_id), ("external_key", payment.external_key or "")]
        made.update(keys)
        holders.update(dict.fromkeys(keys, payment.payment_id))
    wanted = [*(("payment", name) for name in CONTESTED_IDS), *(("external_key", key) for key in CONTESTED_KEYS)]
    assert not (lost := [key for key in wanted if key not in made]), f"refused to everybody: {lost}"
    assert not (double := [key for key, times in made.items() if times > 1]), f"used twice: {double}"
    _held(world, "payments", holders)
    started = [
        ("subscription", event.subscription_id) for event in world.observer.events("rating", SubscriptionStarted)
    ]
    assert len(started) == len(set(started)), f"started twice: {started}"
    _held(world, "rating", {key: key[1] for key in started})


def _held(world: World, service: str, holders: Mapping[tuple[str, str], str]) -> None:
    known = [
        (partition, msgspec.json.decode(body, type=ClaimedKey))
        for (partition, kind, _), body in world.databases[service].states.items()
        if kind == "ClaimedKey"
    ]
    found = {(partition, claim.digest): (claim.used, claim.holder) for partition, claim in known}
    wanted = {derive(service, *key): (True, holder) for key, holder in holders.items()}
    assert found == {(partition_of(digest, world.partitions), digest): held for digest, held in wanted.items()}
