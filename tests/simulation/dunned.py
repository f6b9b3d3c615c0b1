"""The end of a story: who still owes is dunned, and pays, promises or disputes at the moment at which he is blocked.

16 Nov   all is overdue, and everybody has the policy: a note a day after the due date, blocked two days after it
17 Nov   the midnight at which the block is carried out; at the same moment the first account pays all it owes, the
         second promises with service, the third disputes, the fourth does all of it
20 Nov   the promise is over, and broken
21 Nov   everybody pays: nobody is restricted any more

What has to be so is looked at whenever everything is quiet: `nobody_is_astray`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec

from services.payments.balance.state import Payer
from services.payments.dispute.messages import OpenDispute
from services.payments.dispute.state import Dispute
from services.payments.dunning.messages import AssignDunningPolicy
from services.payments.dunning.state import DunningAccount
from services.payments.dunning_policy.messages import DefineDunningPolicy, DunningStep, DunningTerms, Restriction
from services.payments.exposure.messages import ChangeCreditTerms, CreditTerms, SetPaymentMode
from services.payments.payment.messages import RecordPayment
from services.payments.promise.messages import MakePromise
from services.payments.promise.state import OpenPromise
from services.rating.credit_restriction.state import CreditRestriction
from services.rating.service_restriction.state import ServiceRestriction
from services.usage.access.state import Access
from shared.kernel.decider import State
from shared.kernel.money import Money
from tests.simulation.story import Line, Story
from tests.simulation.timeline import Act, Ask, Rest, SetClock, Stage

if TYPE_CHECKING:
    from tests.simulation.world import World

POLICY: Final = "strict"
TERMS: Final = DunningTerms(
    name="Strict",
    steps=(
        DunningStep(name="Note", after_days=1),
        DunningStep(name="Block", after_days=2, service=Restriction(access="blocked")),
    ),
)
AMPLE: Final = CreditTerms(credit_limit=Decimal(1_000_000), at_limit="restrict")
OVERDUE: Final = datetime(2026, 11, 16, 0, 10, tzinfo=UTC)
BLOCKING: Final = datetime(2026, 11, 17, 0, 10, tzinfo=UTC)
BROKEN: Final = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
PROMISED_BY: Final = date(2026, 11, 18)
_LATE: Final = ("nothing_open", "over_open", "dispute_exists", "promise_open", "invoice_not_found")
"""What is answered who comes after the money."""


def dunning(story: Story) -> list[Stage]:
    accounts = story.accounts
    return [
        [SetClock(OVERDUE)],
        # A line that want of credit blocks would hide whether dunning does.
        [Ask("payments", SetPaymentMode(account_id=name, mode="postpaid"), id=f"postpaid-{name}") for name in accounts],
        [Ask("payments", ChangeCreditTerms(account_id=name, terms=AMPLE), id=f"ample-{name}") for name in accounts],
        [Ask("payments", DefineDunningPolicy(policy_id=POLICY, terms=TERMS))],
        [Ask("payments", AssignDunningPolicy(account_id=name, policy_id=POLICY)) for name in accounts],
        [Rest()],
        _looked_at,
        lambda world: [SetClock(BLOCKING), *_at_that_moment(world)],
        [Rest()],
        _looked_at,
        [SetClock(BROKEN)],
        [Rest()],
        _looked_at,
        lambda world: [SetClock(BROKEN + timedelta(days=1)), *_all_pay(world)],
        [Rest()],
        _looked_at,
    ]


def nobody_is_astray(world: World) -> None:
    """Nobody paid and blocked, nobody overdue past the last step and open: of the states of three services."""
    held = _of(world, "rating", ServiceRestriction)
    short = _of(world, "rating", CreditRestriction)
    wanted = {key.removeprefix("subscription:"): access.wanted for key, access in _of(world, "usage", Access).items()}
    accounts = _of(world, "payments", DunningAccount)
    promises = _of(world, "payments", OpenPromise)
    for name in world.story.accounts:
        overdue, since = _overdue(world, name)
        account, promise = accounts.get(name), promises.get(name)
        case = account.case if account else None
        lines = [line for line in world.story.lines if line.account_id == name]
        blocked = sorted(line.subscription_id for line in lines if wanted.get(line.subscription_id) == "blocked")
        # Of lines that want of credit blocks, access does not say what dunning would have them be.
        is_short = name in short
        told = f"{name}: overdue {overdue} since {since}, {case}, {promise}, {held.get(name)}, blocked {blocked}"
        if not overdue:
            assert case is None and name not in held and (is_short or not blocked), f"paid and blocked: {told}"
            continue
        if account is None or account.policy_id is None:
            continue
        assert case is not None and case.since == since, f"overdue and not dunned: {told}"
        stage = 2 if world.now >= BLOCKING else 1
        promised = promise is not None and promise.restores
        # Whoever has owed since before the policy is noted first, blocked a day later; a promise holds up the rest.
        assert case.stage == stage or promise is not None or case.opened_on == world.now.date(), f"a step late: {told}"
        if case.stage == 2 and not promised:
            begun = _begun(lines, world.now.date())
            assert name in held and (is_short or blocked == begun), f"overdue and open: {told}"
        else:
            assert name not in held and (is_short or not blocked), f"blocked without a step: {told}"


def _looked_at(world: World) -> Sequence[Act]:
    nobody_is_astray(world)
    return []


def _at_that_moment(world: World) -> Iterator[Act]:
    for n, name in enumerate(world.story.accounts):
        payer = _of(world, "payments", Payer)[name]
        if not payer.owed:
            continue
        if n % 4 in (0, 3):
            yield _pays(world, payer, "moment")
        if n % 4 in (1, 3):
            promise = MakePromise(promise_id=f"promise-{name}", account_id=name, pay_by=PROMISED_BY, restores=True)
            yield Ask("payments", promise, id=promise.promise_id, may_be=_LATE)
        if n % 4 in (2, 3):
            for invoice in payer.owed:
                dispute_id = f"dispute-{invoice.invoice_id}"
                dispute = OpenDispute(
                    dispute_id=dispute_id, account_id=name, invoice_id=invoice.invoice_id, reason="other"
                )
                yield Ask("payments", dispute, id=dispute_id, may_be=_LATE)


def _all_pay(world: World) -> list[Act]:
    payers = _of(world, "payments", Payer)
    return [_pays(world, payers[name], "all") for name in world.story.accounts if payers[name].owed]


def _pays(world: World, payer: Payer, when: str) -> Ask:
    payment_id = f"dunned-{when}-{payer.account_id}"
    payment = RecordPayment(
        payment_id=payment_id,
        account_id=payer.account_id,
        amount=Money(sum((invoice.open for invoice in payer.owed), Decimal(0)), payer.currency),
        method="bank_transfer",
        received_on=world.now.date(),
        external_key=f"bank-{payment_id}",
    )
    return Ask("payments", payment, id=payment_id)


def _overdue(world: World, account_id: str) -> tuple[Decimal, date | None]:
    """What is owed past its day and undisputed, and since when: counted here, not by the product."""
    disputes, today = _of(world, "payments", Dispute), world.now.date()
    counting: list[tuple[date, Decimal]] = []
    for invoice in _of(world, "payments", Payer)[account_id].owed:
        dispute = disputes.get(invoice.invoice_id)
        left = invoice.open - (dispute.amount if dispute else 0)
        if invoice.due_on < today and left > 0:
            counting.append((invoice.due_on, left))
    return sum((left for _, left in counting), Decimal(0)), min((day for day, _ in counting), default=None)


def _begun(lines: Sequence[Line], today: date) -> list[str]:
    return sorted(line.subscription_id for line in lines if line.start <= today)


def _of(world: World, service: str, kind: type[Any]) -> dict[str, Any]:
    """All states of a kind, by key."""
    assert issubclass(kind, State)
    found = world.databases[service].states.items()
    return {key: msgspec.json.decode(body, type=kind) for (_, name, key), body in found if name == kind.__name__}
