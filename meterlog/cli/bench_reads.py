"""`meterlog bench` of what is read: documents, lists, reports, searches, the journal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from meterlog.cli.bench_figures import measured, show
from meterlog.cli.output import Json, Save, exit_codes, save_figures, say


def add_to(app: typer.Typer) -> None:
    """These commands are the group's, too."""
    for command in (documents, lists, reads, export, journal, console_filter):
        app.command(command.__name__.replace("_", "-"))(command)


def documents(
    invoices: Annotated[int, typer.Option(min=1, help="Invoices of five lines, in every form.")] = 200,
    lines: Annotated[int, typer.Option(min=1, help="Lines of the long invoice.")] = 5000,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Documents per second of one core, and what a long invoice takes in time and memory; without servers."""
    from bench.documents import measure, sentence

    with exit_codes():
        figures = measured(asyncio.to_thread(measure, invoices=invoices, lines=lines)).figures()
        save_figures(save, "documents", figures)
        show(figures, sentence, as_json=as_json)


def lists(
    invoices: Annotated[int, typer.Option(min=1000, help="Invoices in the tables.")] = 1_000_000,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds to a page of very many invoices over HTTP, in every order and by every filter, with its totals."""
    from bench.lists import measure, sentence

    with exit_codes():
        figures = measured(measure(invoices=invoices, say=say))
        save_figures(save, "lists", figures)
        show(figures, sentence, as_json=as_json)


def reads(
    invoices: Annotated[
        int, typer.Option(min=1000, help="Invoices in the tables, with five charges each.")
    ] = 1_000_000,
    events: Annotated[int, typer.Option(min=1000, help="Events in the audit trail.")] = 50_000_000,
    keep: Annotated[
        Path | None, typer.Option(help="Directory in which servers and rows stay, so that the next run only asks.")
    ] = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds to lists, reports of 24 months and searches with years of data in the tables."""
    from bench.reads import measure, sentence

    with exit_codes():
        figures = measured(measure(invoices=invoices, events=events, keep=keep, say=say))
        save_figures(save, "reads", figures)
        show(figures, sentence, as_json=as_json)


def export(
    rows: Annotated[int, typer.Option(min=1000, max=500_000, help="Invoices in the list.")] = 500_000,
    file_format: Annotated[str, typer.Option("--format", help="csv, ndjson or xlsx.")] = "xlsx",
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds and memory for a file of very many rows, from the question to its last byte."""
    from bench.export import measure, sentence

    with exit_codes():
        figures = measured(measure(rows=rows, file_format=file_format, say=say))
        save_figures(save, "export", figures)
        show(figures, sentence, as_json=as_json)


def journal(
    invoices: Annotated[int, typer.Option(min=1000, help="Invoices that are booked.")] = 200_000,
    lines: Annotated[int, typer.Option(min=1, max=50, help="Lines of each.")] = 5,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Invoices booked a second, and milliseconds to the journal's reports and files over a month of very many lines."""
    from bench.journal import measure, sentence

    with exit_codes():
        figures = measured(measure(invoices=invoices, lines=lines, say=say))
        save_figures(save, "journal", figures)
        show(figures, sentence, as_json=as_json)


def console_filter(
    invoices: Annotated[int, typer.Option(min=1000, help="Invoices in the tables.")] = 100_000,
    changes: Annotated[int, typer.Option(min=3, help="So often a filter is changed.")] = 120,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from a change of a filter to the rows, in a real browser on everything that `up` starts."""
    from bench.console_filter import measure, sentence

    with exit_codes():
        figures = measured(measure(invoices=invoices, changes=changes, say=say))
        save_figures(save, "console-filter", figures)
        show(figures, sentence, as_json=as_json)
