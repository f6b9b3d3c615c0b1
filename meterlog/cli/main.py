"""The `meterlog` command.

    meterlog up                 start an installation here
    meterlog demo               the same, with a seeded provider and three months of its life
    meterlog status --json      what runs, and whether it is ready
    meterlog simulate           play a network that reports its usage, at any rate and with faults
    meterlog agent              publish this machine's own interface counters
    meterlog watch-folder DIR   take the files of usage that appear in a folder
    meterlog import accounts F  take accounts, plans or usage from a file
    meterlog rebuild rating     build a service's tables again from the log, and show them
    meterlog verify             the same, and only compare
    meterlog conservation       say where every usage record has gone
    meterlog explain INV-7 2    say why a line of an invoice costs what it does
    meterlog export invoices    a list or a report as a file
    meterlog deadletters list   what bugs have put aside; requeue or discard it
    meterlog topics apply       create missing topics
    meterlog keys create        make an API key
    meterlog users create       let a person sign in to the console
    meterlog chaos              break things on purpose, and prove that nothing is lost
    meterlog bench pipeline     measure this version on this machine
    meterlog docs events        regenerate the schemas of the documentation
    meterlog docs openapi       regenerate the document of the API

A subcommand is a function in a file of its own that imports what it needs when it is called, so `meterlog --help`
answers at once and a process loads only its own part.
"""

from __future__ import annotations

import typer

from meterlog.cli import bench, deadletters, docs, keys, topics, users
from meterlog.cli.agent import agent
from meterlog.cli.chaos import chaos
from meterlog.cli.conservation import conservation
from meterlog.cli.demo import demo
from meterlog.cli.explain import explain
from meterlog.cli.export import export
from meterlog.cli.importing import commands as importing
from meterlog.cli.rebuild import rebuild
from meterlog.cli.simulate import simulate
from meterlog.cli.status import status
from meterlog.cli.up import up
from meterlog.cli.verify import verify
from meterlog.cli.verify_document import verify_document
from meterlog.cli.verify_export import verify_export
from meterlog.cli.watch_folder import watch_folder

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Billing for what a network measured. Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 unreachable.",
)
app.command()(up)
app.command()(status)
app.command()(demo)
app.command()(simulate)
app.command()(agent)
app.command()(watch_folder)
app.command()(chaos)
app.command()(rebuild)
app.command()(verify)
app.command()(verify_document)
app.command()(verify_export)
app.command()(conservation)
app.command()(explain)
app.add_typer(importing.app, name="import")
app.command()(export)
app.add_typer(deadletters.app, name="deadletters")
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.add_typer(topics.app, name="topics")
app.add_typer(bench.app, name="bench")
app.add_typer(docs.app, name="docs")


def run() -> None:
    """Entry point of the installed command."""
    app()


if __name__ == "__main__":
    run()
