"""`meterlog bench` of the whole product as it is installed: its start, its idleness, what it does under load."""

from __future__ import annotations

from typing import Annotated

import typer

from meterlog.cli.bench_figures import measured, show
from meterlog.cli.output import Json, Save, exit_codes, save_figures, say


def add_to(app: typer.Typer) -> None:
    """These commands are the group's, too."""
    for name, command in (("start-up", start_up), ("visible", visible), ("overload", overload), ("wallet", wallet)):
        app.command(name)(command)
    app.command("growth")(growth)


def start_up(
    idle_s: Annotated[int, typer.Option("--idle-s", min=1, help="How long nothing happens.")] = 60,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds until `meterlog up` is ready, new and again; memory and processor time while nobody does anything."""
    from bench.start_up import measure, sentence

    with exit_codes():
        figures = measured(measure(idle_s=idle_s))
        save_figures(save, "start-up", figures)
        show(figures, sentence, as_json=as_json)


def visible(
    rate: Annotated[int, typer.Option(min=100, help="Records a second that flow meanwhile.")] = 30_000,
    seconds: Annotated[int, typer.Option(min=1, help="How long.")] = 60,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from a published record to the account's unbilled spend, while usage flows."""
    from bench.visible import measure, sentence

    with exit_codes():
        figures = measured(measure(rate=rate, seconds=seconds))
        save_figures(save, "visible", figures)
        show(figures, sentence, as_json=as_json)


def overload(
    rate: Annotated[int, typer.Option(min=1000, help="Records a second that Kafka is given.")] = 500_000,
    seconds: Annotated[int, typer.Option(min=1, help="How long.")] = 300,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Ten times the usage that is sustained: what is lost, how long commands take, how much memory it costs."""
    from bench.overload import measure, sentence

    with exit_codes():
        say("this takes the time of the load, and then until everything is rated")
        figures = measured(measure(rate=rate, seconds=seconds))
        save_figures(save, "overload", figures)
        show(figures, sentence, as_json=as_json)


def wallet(
    records: Annotated[int, typer.Option(min=1, help="Of each kind: on its own, and right behind another.")] = 30,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from a published record to the wallet that it is drawn from, on an idle installation."""
    from bench.wallet import measure, sentence

    with exit_codes():
        figures = measured(measure(records=records))
        save_figures(save, "wallet", figures)
        show(figures, sentence, as_json=as_json)


def growth(
    millions: Annotated[float, typer.Option(min=0.01, help="Records that go through, in millions.")] = 3,
    load: Annotated[int, typer.Option(min=1000, help="Records of each load that is measured.")] = 1_000_000,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Records per second and the usage pages before and after millions of records; bytes a record by table, topic."""
    from bench.growth import measure, sentence

    with exit_codes():
        figures = measured(measure(millions=millions, load=load, say=say))
        save_figures(save, "growth", figures)
        show(figures, sentence, as_json=as_json)
