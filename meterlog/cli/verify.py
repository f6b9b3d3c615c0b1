"""`meterlog verify`: are the tables what the log says?

    $ meterlog verify
    usage       equal        12,904 rows   digest 0b41…   1.9 s
    rating      DIFFERS      48,211 rows   digest 5f0c…   3.2 s
      charge_row, partition 2: sum(amount) is 812.40, rebuilt 812.50; content differs
        (2,ch-9f3) differs
    $ meterlog verify rating --json
    {"services": [{"service": "rating", "equal": true, "rows": 48211, "offsets": {"rating.events/0": 120442, ...},
                   "digest": "5f0c...", "seconds": 3.2, "differences": []}]}

Of invoicing the chains of its documents are walked, too: the first document that is not what was issued is named.

    chain INV   HOLDS           1,204 documents   2f07 1a9c 44de 0b13
    chain CN    BREAKS       at CN-000007: content is 07…, and not a1…

Each service is built again from the log beside the tables that are shown, while everything goes on. Exit code 0 when
all are equal, 1 when one is not. The proof is kept, see `GET /v1/proof/rebuilds`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json

if TYPE_CHECKING:
    from meterlog.cli.chains import Chain
    from shared.engine.rebuild.proof import Proof

Processes = Annotated[int, typer.Option(min=0, help="Processes that build; 0 builds in this one alone.")]


def verify(
    service: Annotated[str | None, typer.Argument(help="usage, rating, invoicing, payments or reporting.")] = None,
    processes: Processes = 2,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Build a service's tables (all services', without a name) again from the log and compare."""
    from meterlog.cli.chains import sentence, told
    from meterlog.cli.proofs import named, outcomes, show
    from meterlog.installation import SERVICES

    names = SERVICES if service is None else (named(service),)
    with exit_codes(), outcomes():
        proofs, chains = asyncio.run(_verify(names, data_dir, processes))
        if as_json:
            print_json({"services": [proof.line() for proof in proofs], "chains": [told(chain) for chain in chains]})
        else:
            for proof in proofs:
                show(proof)
            for chain in chains:
                print(sentence(chain))
    if not all(proof.equal for proof in proofs) or any(chain.broken for chain in chains):
        raise typer.Exit(NO)


async def _verify(names: tuple[str, ...], data_dir: Path | None, processes: int) -> tuple[list[Proof], list[Chain]]:
    from meterlog.cli.chains import walked
    from meterlog.cli.progress import progress
    from meterlog.cli.servers import servers_of
    from meterlog.installation import builder_of, spec_of
    from shared.engine.rebuild.job import RebuildJob

    with progress() as watch:
        async with servers_of(data_dir) as settings:
            proofs = [
                await RebuildJob(
                    settings, spec_of(name, settings), processes=processes, command=builder_of(name), watch=watch
                ).verify()
                for name in names
            ]
            return proofs, await walked(settings) if "invoicing" in names else []
