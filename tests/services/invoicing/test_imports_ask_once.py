"""An import of 500 entries asks for what it needs in a few rounds, not entry by entry: each round begins it anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.invoicing.service import SERVICE
from services.invoicing.tax_jurisdiction.messages import ImportTaxJurisdictions, JurisdictionEntry, JurisdictionTerms
from services.invoicing.tax_rate.messages import ImportTaxRates, RateEntry, RateTerms
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from tests.kit.asked_state import AskedState
from tests.services.invoicing.tax_world import SINCE, place, rate, world

ENTRIES, ROUNDS_MAX = 100, 10

RATES = ImportTaxRates(
    import_id="i",
    entries=[
        RateEntry(
            rate_id=f"r{n}",
            terms=RateTerms(
                jurisdiction_id="FR" if n % 2 else "DE", tax=f"t{n}", rate=Decimal(5), effective_from=SINCE
            ),
        )
        for n in range(ENTRIES)
    ],
)
CITIES = ImportTaxJurisdictions(
    import_id="i",
    entries=[
        JurisdictionEntry(
            jurisdiction_id=f"c{n}",
            terms=JurisdictionTerms(level="city", name=f"c{n}", parent_id="FR" if n % 2 else f"state-{n}"),
        )
        for n in range(ENTRIES)
    ],
)
STATES = [place(f"state-{n}", "state", "FR") for n in range(ENTRIES)]


@pytest.mark.parametrize("command", [RATES, CITIES], ids=["rates", "jurisdictions"])
def test_an_import_asks_for_all_its_entries_at_once(command: Command) -> None:
    there = world(place("FR"), place("DE"), *STATES, rate("r1", "FR", "4"), rate("r2", "DE", "4"))
    state = AskedState(there.state)
    unit = UnitOfWork(
        SERVICE.domain,
        state,
        PartitionAddress(env="test", partition=0, partitions=4),
        next_seq=there.next_seq,
        now=there.now,
    )
    envelope = Envelope(
        env="test",
        service="invoicing",
        type=type(command).__name__,
        partition=0,
        recorded_at=there.now,
        subject=command.key,
        command_id="c1",
        actor="tester",
    )
    state.run(lambda: unit.take_command(command, envelope))
    assert len(unit.events) >= ENTRIES
    assert state.rounds <= ROUNDS_MAX
