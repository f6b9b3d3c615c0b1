"""`meterlog demo`: a seeded provider lives three months on this machine, and the result is printed.

$ meterlog demo --exit
200 customers signed up on 2026-08-01
August 2026: 42,318 records, 200 invoices, 184 payments
…
118,911 accepted = 117,703 billed + 0 allowance + … : balanced
"""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from meterlog.cli.output import exit_codes, say, settings_with
from meterlog.cli.up import Port


def demo(
    port: Port = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 7,
    customers: Annotated[int, typer.Option(min=1, max=5000)] = 200,
    leave: Annotated[bool, typer.Option("--exit", help="End when the result is printed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object on the last line of stdout.")] = False,
) -> None:
    """Start everything afresh, bill three months of a small provider, print what happened, stay up."""
    from meterlog.cli.foreground import in_foreground, until_ended
    from meterlog.demo.play import clear, play
    from meterlog.demo.report import show
    from meterlog.demo.seller import SELLER
    from meterlog.installation import INSTALLATION
    from shared.embedded.stack import Stack

    async def run(stack: Stack) -> None:
        played = await play(stack, seed=seed, customers=customers, say=say)
        if as_json:
            numbers = played.report.numbers
            print(json.dumps({"base_url": numbers["base_url"], "admin_key": played.admin_key, **numbers}), flush=True)
        else:
            show(played.report, admin_key=played.admin_key, email=played.email, password=played.password)
        if not leave:
            say("Ctrl-C ends it")
            await until_ended(stack)

    with exit_codes():
        settings = settings_with(port=port, test_clock=True, demo=True)
        settings = settings.model_copy(update=SELLER | {"data_dir": settings.data_dir / "demo"})
        clear(settings.data_dir)
        asyncio.run(in_foreground(Stack(settings, INSTALLATION, say=say), run))
