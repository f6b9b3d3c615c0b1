"""What brings money asks for all its states at once: a bank file is thousands of such commands."""

from __future__ import annotations

import msgspec
import pytest

from services.payments.payment.messages import SucceedPayment
from services.payments.service import SERVICE
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command
from shared.kernel.unit_of_work import UnitOfWork
from tests.kit.asked_state import AskedState
from tests.kit.decider import each_of
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments


@pytest.mark.parametrize(
    "command",
    [pay("5.00", payment="pay-9", key="BANK-9"), SucceedPayment(payment_id="pay-2", account_id=ACCOUNT)],
    ids=lambda command: type(command).__name__,
)
def test_what_brings_money_is_decided_in_one_round(command: Command) -> None:
    waiting = msgspec.structs.replace(pay("5.00", payment="pay-2"), status="pending")
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00")).when(pay("50.00")).when(waiting)
    state = AskedState(spec.state)
    for kind, key in each_of(SERVICE.preload(command)):
        state.loaded(kind, [key])
    unit = UnitOfWork(SERVICE.domain, state, spec.place, next_seq=99, now=NOON)
    envelope = Envelope(
        env="test",
        service="payments",
        type=type(command).__name__,
        partition=0,
        recorded_at=NOON,
        subject=command.key,
        command_id="c-9",
        claims=tuple(claim.digest("payments") for claim in command.claims("c-9")),
    )
    state.run(lambda: unit.take_command(command, envelope))
    # What every command asks for, the worker loads: its result, and whether its account is parked.
    assert state.rounds == 2
