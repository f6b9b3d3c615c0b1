"""Which flat prices of a subscription are charged for which days, so that a change knows what to give back.

A rerating changes what is left of a line that can be given back: 20.00 corrected to 16.00 is at most 16.00 (R9). So
does an outage: of 30.00 that gave 15.00 back for its time no more than 15.00 come back for days behind an end.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from services.rating.account.state import late_until
from services.rating.correction.messages import CorrectionAdded
from services.rating.period.messages import SET_UP, ChargeFixed
from services.rating.pricing.engine.lines import CREDIT, ONE_TIME, OUTAGE, RECURRING, RERATING
from services.rating.subscription.state import ChargedLine, Subscription, set_up_key


def with_charge(subscription: Subscription, charge: ChargeFixed) -> Subscription:
    """The subscription once the charge of a flat price is fixed.

    Lines of whole periods are forgotten once nothing comes late for them any more: no end can reach them.
    """
    if charge.kind == ONE_TIME:
        if charge.item != SET_UP:
            return subscription
        done = set_up_key(charge.plan_id, charge.price_index)
        return msgspec.structs.replace(subscription, set_up=(*subscription.set_up, done))
    lines = [line for line in subscription.charged if not _settled(line, charge)]
    if charge.kind == CREDIT:
        lines = _credited(lines, charge)
    elif charge.kind == RECURRING:
        lines.append(_line(charge))
    return msgspec.structs.replace(subscription, charged=tuple(lines))


def with_correction(subscription: Subscription, correction: CorrectionAdded) -> Subscription:
    """The subscription once a flat price is rerated, or credited for an outage; unchanged by all other corrections."""
    corrected = [line for line in subscription.charged if line.charge_id in correction.corrects]
    if correction.kind not in (RERATING, OUTAGE) or correction.meter is not None or not corrected:
        return subscription
    line = corrected[-1]
    if correction.kind == OUTAGE:
        changed = msgspec.structs.replace(line, outages=line.outages - correction.amount)
    else:
        changed = msgspec.structs.replace(line, net=line.net + correction.amount)
    lines = tuple(changed if one is line else one for one in subscription.charged)
    return msgspec.structs.replace(subscription, charged=lines)


def _settled(line: ChargedLine, charge: ChargeFixed) -> bool:
    whole = line.whole or max(line.days)
    return late_until(whole) <= charge.billing_period.end


def _line(charge: ChargeFixed) -> ChargedLine:
    return ChargedLine(
        charge_id=charge.charge_id,
        plan_id=charge.plan_id,
        plan_version=charge.plan_version,
        price_index=charge.price_index,
        days=(charge.period,),
        net=charge.amount,
        whole=charge.whole,
        quantity=_quantity(charge),
        fee=_fee(charge),
    )


def _credited(lines: list[ChargedLine], credit: ChargeFixed) -> list[ChargedLine]:
    """Its days are no longer charged, and its amount comes off the line that it names, of old off the latest."""
    given_back = _line(credit)
    same = [line for line in lines if _price_of(line) == _price_of(given_back)]
    named = credit.credits or (same[-1].charge_id if same else None)
    left: list[ChargedLine] = []
    for line in lines:
        if line in same:
            line = line.without(credit.period)
        if line.charge_id == named:
            line = msgspec.structs.replace(line, net=line.net + credit.amount)
        if line.days:
            left.append(line)
    return left


def _price_of(line: ChargedLine) -> tuple[str, int, int, int, Decimal | None]:
    return line.plan_id, line.plan_version, line.price_index, line.quantity, line.fee


def _quantity(charge: ChargeFixed) -> int:
    return 1 if charge.quantity is None else int(charge.quantity)


def _fee(charge: ChargeFixed) -> Decimal | None:
    """The fee of a whole period, where one was charged in place of prices."""
    return abs(Decimal(charge.steps[0].unit_price)) if charge.item is not None else None
