"""`meterlog rebuild`: a service's tables made anew from the log, and shown in place of the old ones.

    $ meterlog rebuild rating
    rating      equal        48,211 rows   digest 5f0c…   3.9 s   now shown
    $ meterlog rebuild rating --json
    {"proof_id": "rebuild-rating-...", "service": "rating", "equal": true, "shown": true, "rows": 48211, ...}

The old tables serve while the new ones are built; nobody is stopped for the change. It is also the way out where a
service refuses to start because its tables were made by another version. A rebuild that was killed goes on where it
stood. Exit code 0 when the new tables are shown; 1 when they differ from the old ones, which then stay, unless
`--accept-difference` says that the log is right.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meterlog.cli.output import NO, DataDir, Json, exit_codes, print_json, say
from meterlog.cli.verify import Processes

if TYPE_CHECKING:
    from shared.engine.rebuild.proof import Proof


def rebuild(
    service: Annotated[str, typer.Argument(help="usage, rating, invoicing, payments or reporting.")],
    accept_difference: Annotated[
        bool, typer.Option("--accept-difference", help="Show the new tables even where they differ from the old.")
    ] = False,
    processes: Processes = 2,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Build a service's tables again from the log, compare, and go over to them."""
    from meterlog.cli.proofs import named, outcomes, show

    name = named(service)
    with exit_codes(), outcomes():
        proof = asyncio.run(_rebuild(name, data_dir, processes, accept_difference=accept_difference))
        if as_json:
            print_json(proof.shape())
        else:
            show(proof)
    if not proof.shown:
        say("the old tables stay; with --accept-difference the rebuilt ones are shown: the log is the truth")
        raise typer.Exit(NO)


async def _rebuild(name: str, data_dir: Path | None, processes: int, *, accept_difference: bool) -> Proof:
    from meterlog.cli.progress import progress
    from meterlog.cli.servers import servers_of
    from meterlog.installation import builder_of, spec_of
    from shared.engine.rebuild.job import RebuildJob

    with progress() as watch:
        async with servers_of(data_dir) as settings:
            job = RebuildJob(
                settings, spec_of(name, settings), processes=processes, command=builder_of(name), watch=watch
            )
            return await job.rebuild(accept_difference=accept_difference)
