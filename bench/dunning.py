"""What dunning costs per account, without servers: each is looked at on the day of a step, on one core.

    python -m bench.dunning [--accounts 100000]

Every account owes two invoices, the first for 14 days, and has been written to; so each reaches the step that blocks:
command, decision, events, states, the commands to rating and invoicing, and all of it as bytes, in batches as the
worker makes them. Then the same accounts are asked about by the dry run, whose functions play 30 days ahead. Time is
the process's own. The last line is JSON: {"accounts", "looks_s", "looks_per_s", "dry_run_s", "events", "commands"}.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from services.payments.balance.allocation import OpenInvoice
from services.payments.balance.state import Payer
from services.payments.dunning.dry_run import would
from services.payments.dunning.messages import DunningStepReached, LookAtDunning
from services.payments.dunning.state import Case, DunningAccount, Taken
from services.payments.dunning_policy.messages import CurrencyAmount, DunningStep, DunningTerms, Letter, Restriction
from services.payments.dunning_policy.state import (
    DEFAULT,
    DunningDefault,
    DunningPolicy,
    DunningPolicyVersion,
    version_key,
)
from services.payments.service import SERVICE
from shared.kernel.envelope import Envelope
from shared.kernel.message import encode
from shared.kernel.unit_of_work import PartitionAddress, States, UnitOfWork

ACCOUNTS: Final = 100_000
BATCH: Final = 500
DUE: Final = date(2026, 10, 15)
NOW: Final = datetime(2026, 10, 29, tzinfo=UTC)
TERMS: Final = DunningTerms(
    name="Standard",
    steps=(
        DunningStep(name="Letter", after_days=10, letters=(Letter(language="en", subject="s", text="{overdue}"),)),
        DunningStep(
            name="Block",
            after_days=14,
            letters=(Letter(language="en", subject="s", text="{overdue}"),),
            fees=(CurrencyAmount(currency="EUR", amount=Decimal("5.00")),),
            service=Restriction(access="blocked"),
        ),
        DunningStep(name="End", after_days=21, terminate=True),
    ),
)


class Held:
    """All states in memory, as a warm cache holds them."""

    def __init__(self, accounts: int) -> None:
        policy = DunningPolicy(policy_id="standard", terms=TERMS)
        version = DunningPolicyVersion(policy_id="standard", version=1, terms=TERMS)
        self.names = [f"acc-{n}" for n in range(accounts)]
        self.states: States = {
            DunningPolicy: {"standard": policy},
            DunningPolicyVersion: {version_key("standard", 1): version},
            DunningDefault: {DEFAULT: DunningDefault(policy_id="standard")},
            Payer: {name: _payer(name) for name in self.names},
            DunningAccount: {name: _account(name) for name in self.names},
        }

    def get(self, kind: type, key: str) -> Any:
        return self.states.get(kind, {}).get(key)

    def get_many(self, kind: type, keys: Collection[str]) -> dict[str, Any]:
        held = self.states.get(kind, {})
        return {key: found for key in keys if (found := held.get(key)) is not None}


def looks(held: Held) -> tuple[int, int]:
    """Every account is looked at; how many events and commands to others that makes."""
    place = PartitionAddress(env="bench", partition=0, partitions=4)
    seq, events, sends = 1, 0, 0
    for start in range(0, len(held.names), BATCH):
        batch = UnitOfWork(SERVICE.domain, held, place, next_seq=seq, now=NOW)
        for name in held.names[start : start + BATCH]:
            batch.take_command(LookAtDunning(account_id=name), _envelope(name))
        assert sum(isinstance(event, DunningStepReached) for event, _ in batch.events) == len(
            held.names[start : start + BATCH]
        )
        for event, _ in batch.events:
            encode(event)
        for send, _ in batch.sends:
            encode(send.message)
        seq, events, sends = seq + len(batch.events), events + len(batch.events), sends + len(batch.sends)
    return events, sends


def run(accounts: int) -> dict[str, Any]:
    held = Held(accounts)
    begun = time.process_time()
    events, sends = looks(held)
    looked = time.process_time()
    found = would(held.names, held, NOW, (NOW + timedelta(30)).date())
    ended = time.process_time()
    assert len(found) == 2 * accounts, len(found)
    took = looked - begun
    return {
        "accounts": accounts,
        "looks_s": round(took, 2),
        "looks_per_s": round(accounts / took),
        "dry_run_s": round(ended - looked, 2),
        "events": events,
        "commands": sends,
    }


def _payer(name: str) -> Payer:
    owed = (
        OpenInvoice(invoice_id=f"{name}-1", number="INV-000001", due_on=DUE, open=Decimal("36.04"), series_n=1),
        OpenInvoice(invoice_id=f"{name}-2", number="INV-000002", due_on=date(2026, 11, 15), open=Decimal("25.00")),
    )
    return Payer(account_id=name, currency="EUR", time_zone="Europe/Paris", owed=owed)


def _account(name: str) -> DunningAccount:
    case = Case(
        case_id=f"{name}-case",
        policy_id="standard",
        policy_version=1,
        currency="EUR",
        opened_on=date(2026, 10, 16),
        since=DUE,
        overdue=Decimal("36.04"),
        stage=1,
        stage_on=date(2026, 10, 25),
        taken=(Taken(since=DUE, steps=1),),
    )
    return DunningAccount(account_id=name, time_zone="Europe/Paris", look_on=date(2026, 10, 29), cases=1, case=case)


def _envelope(name: str) -> Envelope:
    return Envelope(
        env="bench",
        service="payments",
        partition=0,
        type="payments.LookAtDunning.v1",
        recorded_at=NOW,
        subject=name,
        actor="timer",
        command_id=f"due-{name}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    print(json.dumps(run(parser.parse_args().accounts)))


if __name__ == "__main__":
    main()
