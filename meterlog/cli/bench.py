"""`meterlog bench`: how fast this is, on this machine, now.

    $ meterlog bench pipeline --json
    {"records_per_s": 31400, "bare_records_per_s": 79100, "ratio": 0.397, "records": 400000, "per_message": 100}
    $ meterlog bench pipeline --mixed --json
    {"mixed_records_per_s": ..., "plain_records_per_s": ..., "ratio": ..., "records": 400000, ...}
    $ meterlog bench rate --json
    {"records_per_s": 1500000, "interleaved_records_per_s": 610000, "records": 1000000, "lines": 1000, ...}
    $ meterlog bench what-if --json
    {"records": 11040000, "subscriptions": 20000, "periods": 60000, "seconds": 25.0, "rss_mb_max": 93, ...}
    $ meterlog bench statement --json
    {"entries": 100000, "file_mb": 55, "read_s": 4.2, "match_s": 4.0, "rss_mb_max": 100, ...}
    $ meterlog bench close --json
    {"seconds": 3.66, "accounts_per_s": 2730, "longest_batch_ms": 103, "accounts": 10000, "charges": 20000, ...}
    $ meterlog bench close --served --json
    {"seconds": ..., "first_after_s": ..., "accounts_per_s": ..., "accounts": 10000, "charges": 20000, ...}
    $ meterlog bench billing-run --json
    {"closed_to_issued_per_s": ..., "closes_per_s": ..., "invoices_per_s": ..., "lines_per_s": ..., ...}
    $ meterlog bench payments --json
    {"payments_per_s": ..., "keyed_payments_per_s": ..., "payments": 20000, "replicas": 2, ...}
    $ meterlog bench documents --json
    {"pdf_per_s": 62.1, "ubl_per_s": 1400.0, "cii_per_s": 1300.0, "long_lines": 5000, "long_pdf_s": 4.1, ...}
    $ meterlog bench export --json
    {"rows": 500000, "read_s": ..., "file_s": ..., "seconds": ..., "file_mb": ..., "rss_mb_max": ..., ...}
    $ meterlog bench lists --json
    $ meterlog bench journal --json
    {"p50_ms": ..., "p95_ms": ..., "slowest": "run", "slowest_p95_ms": ..., "invoices": 1000000, "kinds": {...}, ...}
    $ meterlog bench command --json
    {"p50_ms": 21.4, "p99_ms": 38.0, "n": 300}
    $ meterlog bench stream --json
    {"p50_ms": ..., "p95_ms": ..., "p99_ms": ..., "clients": 500, "events": ..., "missing": 0, ...}
    $ meterlog bench intake --json
    {"records_per_s": ..., "p95_ms": ..., "radius_per_s": ..., "p50_ms": ..., "records": 400000, "packets": 40000, ...}
    $ meterlog bench recovery --json
    {"killed_owner_s_max": 6.9, "other_partitions_s_max": 0.9, "restarted_owner_s_max": 4.1, "rounds": 3, ...}
    $ meterlog bench rebuild --json
    {"records_per_s": 246000, "records": 2000000, "seconds": 8.13, "rss_mb_max": 318, ..., "machine": {...}}
    $ meterlog bench endurance --idle-s 1800 --json
    {"idle_s": 1800, "months": 2, "records": 3208, "invoices": 48, "unready": [], "missing": [], ..., "well": true}

    $ meterlog bench start-up --json
    {"new_s": ..., "again_s": ..., "idle_percent_of_a_core": ..., "idle_memory_mb": ..., "idle_s": 60}
    $ meterlog bench visible --json
    {"p50_ms": ..., "p95_ms": ..., "p99_ms": ..., "n": ..., "records_per_s": 30000, ...}
    $ meterlog bench overload --json
    {"lost": 0, "command_p95_ms": ..., "records": ..., "bodies_refused": ..., "drained_s": ..., "rss_mb_max": ..., ...}

`meterlog bench all` runs one after the other, three times each, into bench/results and bench/REPORT.md; `meterlog bench
report` only writes the page. Each starts servers of its own in a directory that is gone afterwards, and touches no
installation. The figures of a quiet machine are in bench/results.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from meterlog.cli import bench_all, bench_product, bench_reads
from meterlog.cli.bench_figures import measured, show
from meterlog.cli.bench_stream import stream
from meterlog.cli.output import NO, Json, Save, exit_codes, save_figures, say

app = typer.Typer(no_args_is_help=True, help="Measure this version on this machine.")


@app.callback()
def group() -> None:
    """Measure this version on this machine."""


bench_reads.add_to(app)
bench_product.add_to(app)
app.command("all")(bench_all.all_of_them)
app.command("report")(bench_all.report)


@app.command("pipeline")
def pipeline(
    records: Annotated[int, typer.Option(min=1000, help="Usage records to publish.")] = 400_000,
    per_message: Annotated[int, typer.Option(min=1, max=1000, help="Records in a Kafka message.")] = 100,
    rounds: Annotated[int, typer.Option(min=1, help="Repetitions; medians are shown.")] = 1,
    partitions: Annotated[int, typer.Option(min=1, max=1000, help="Of every topic of the product.")] = 4,
    replicas: Annotated[int, typer.Option(min=1, max=8, help="Processes of each of the two services.")] = 1,
    mixed: Annotated[bool, typer.Option(help="Plans of many models, beside plain octets of as many lines.")] = False,
    lines: Annotated[int, typer.Option(min=1, help="Subscriptions, with --mixed.")] = 20_000,
    profile: Annotated[Path | None, typer.Option(help="Directory for a flame graph of each process.")] = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Records per second from `usage.reported` to rated rows, beside a bare pipeline without any product code."""
    from bench import mixed_pipeline
    from bench.pipeline import compare, sentence

    if mixed:
        with exit_codes():
            compare_mixed = mixed_pipeline.compare_mixed
            both = measured(
                compare_mixed(records=records, per_message=per_message, lines=lines, rounds=rounds, say=say)
            )
            save_figures(save, "pipeline-mixed", both.description())
            show(both.figures(), mixed_pipeline.sentence, as_json=as_json)
        return
    with exit_codes():
        comparing = compare(
            records=records,
            per_message=per_message,
            rounds=rounds,
            partitions=partitions,
            replicas=replicas,
            profiles=profile,
            say=say,
        )
        compared = measured(comparing)
        save_figures(save, "pipeline", compared.description())
        show(compared.figures(), sentence, as_json=as_json)


@app.command("command")
def command(
    writes: Annotated[int, typer.Option(min=1, help="Requests, one after the other.")] = 300,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from an HTTP command to its projected result, with and without a claim, on an idle installation."""
    from bench.command import latencies, sentence

    with exit_codes():
        figures = measured(latencies(writes=writes)).figures()
        save_figures(save, "command", figures)
        show(figures, sentence, as_json=as_json)


app.command("stream")(stream)


@app.command("restore")
def restore(
    accounts: Annotated[
        int, typer.Option(min=10, help="Payments on an idle installation, and as many with usage.")
    ] = 500,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from a payment to the acknowledgement of the NAS that restores the line, idle and with usage."""
    from bench.restore import measure, sentence

    with exit_codes():
        figures = measured(measure(accounts=accounts, say=say))
        save_figures(save, "restore", figures)
        show(figures, sentence, as_json=as_json)


@app.command("dunning")
def dunning(
    accounts: Annotated[int, typer.Option(min=1000, help="Accounts that reach a step.")] = 100_000,
    replicas: Annotated[int, typer.Option(min=1, help="Processes of payments.")] = 2,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds in which so many accounts reach a step of dunning at one midnight, on real servers."""
    from bench.served_dunning import measure, sentence

    with exit_codes():
        figures = measured(measure(accounts=accounts, replicas=replicas, say=say))
        save_figures(save, "dunning", figures)
        show(figures, sentence, as_json=as_json)


@app.command("intake")
def intake(
    records: Annotated[int, typer.Option(min=1000, help="Records to post with the workers stopped.")] = 400_000,
    packets: Annotated[int, typer.Option(min=100, help="RADIUS accounting packets to send.")] = 40_000,
    seconds: Annotated[int, typer.Option(min=1, help="How long 10,000 records/s are posted.")] = 20,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Records per second over HTTP, milliseconds to their acknowledgement under load, RADIUS packets per second."""
    from bench.intake import measure, sentence

    with exit_codes():
        figures = measured(measure(records=records, packets=packets, seconds=seconds)).figures()
        save_figures(save, "intake", figures)
        show(figures, sentence, as_json=as_json)


@app.command("rate")
def rate(
    records: Annotated[int, typer.Option(min=1000, help="Usage records.")] = 1_000_000,
    lines: Annotated[int, typer.Option(min=1, help="Subscriptions that they are of.")] = 1000,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Graduated usage records rated per second by the pure functions, on one core and without servers."""
    from bench.rate import measure, sentence

    with exit_codes():
        figures = measured(asyncio.to_thread(measure, records=records, lines=lines))
        save_figures(save, "rate", figures)
        show(figures, sentence, as_json=as_json)


@app.command("what-if")
def what_if(
    subscriptions: Annotated[int, typer.Option(min=100, help="With three closed months each.")] = 20_000,
    records: Annotated[int, typer.Option(min=1, max=1000, help="Usage records behind each of its days.")] = 6,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds and memory of a candidate plan priced beside what was charged, over a whole book."""
    from bench.what_if import measure, sentence

    with exit_codes():
        figures = measured(measure(subscriptions=subscriptions, records=records))
        save_figures(save, "what-if", figures)
        show(figures, sentence, as_json=as_json)


@app.command("statement")
def statement(
    entries: Annotated[int, typer.Option(min=20, help="Entries of the statement, a multiple of 20.")] = 100_000,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds and memory of a large bank statement that is read and matched, on one core."""
    from bench.statement import measure, sentence

    with exit_codes():
        figures = measured(measure(entries=entries))
        save_figures(save, "statement", figures)
        show(figures, sentence, as_json=as_json)


@app.command("close")
def close(
    accounts: Annotated[int, typer.Option(min=1, help="Accounts whose period ends, on plans of many models.")] = 10_000,
    records: Annotated[int, typer.Option(min=1, help="Usage records of each.")] = 20,
    served: Annotated[
        bool, typer.Option(help="On real servers, from the step of the clock to the last charge.")
    ] = False,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds that closing the period of many accounts takes the pure functions, on one core and without servers."""
    from bench import served_close
    from bench.close import measure, sentence

    with exit_codes():
        if served:
            figures = measured(served_close.measure_served(accounts=accounts, records=records, say=say))
            save_figures(save, "close-served", figures)
            show(figures, served_close.sentence, as_json=as_json)
            return
        figures = measured(asyncio.to_thread(measure, accounts=accounts, records=records))
        save_figures(save, "close", figures)
        show(figures, sentence, as_json=as_json)


@app.command("billing-run")
def billing_run(
    accounts: Annotated[int, typer.Option(min=1, max=20_000, help="Accounts with an invoice each.")] = 10_000,
    lines: Annotated[int, typer.Option(min=1, max=500, help="Lines of each.")] = 5,
    replicas: Annotated[
        int, typer.Option(min=1, max=8, help="Processes of invoicing; one for each core if not said.")
    ] = min(os.cpu_count() or 1, 8),
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Invoices per second that a billing run issues on real servers, and drafts before that; and again: nothing."""
    from bench.billing_run import measure, sentence

    with exit_codes():
        figures = measured(measure(accounts=accounts, lines=lines, replicas=replicas, say=say))
        save_figures(save, "billing-run", figures)
        show(figures, sentence, as_json=as_json)


@app.command("payments")
def payments(
    payments: Annotated[int, typer.Option(min=100, max=50_000, help="One for each open invoice.")] = 20_000,
    replicas: Annotated[
        int, typer.Option(min=1, max=8, help="Processes of payments; one for each core if not said.")
    ] = min(os.cpu_count() or 1, 8),
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Payments per second recorded and allocated on real servers, with an external key each and without."""
    from bench.payments import measure, sentence

    with exit_codes():
        figures = measured(measure(payments=payments, replicas=replicas, say=say))
        save_figures(save, "payments", figures)
        show(figures, sentence, as_json=as_json)


@app.command("fuzz")
def fuzz(
    messages: Annotated[int, typer.Option(min=100, help="Messages and bodies, one in eight over HTTP.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed sends the same.")] = 4711,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Strange messages and bodies at intake, each of them accounted for (needs the development packages)."""
    with exit_codes():
        try:
            from bench.fuzz.run import NotAccountedFor, fuzz_alone, sentence
        except ImportError as error:
            raise typer.BadParameter(f"{error}; confluent-kafka is among the development packages") from error
        try:
            figures = measured(fuzz_alone(seed=seed, messages=messages))
        except NotAccountedFor as error:
            say(f"not accounted for, seed {seed}: {error}")
            raise typer.Exit(NO) from error
        save_figures(save, "fuzz", figures)
        show(figures, sentence, as_json=as_json)


@app.command("recovery")
def recovery(
    rounds: Annotated[int, typer.Option(min=1, help="Deaths of each kind; the longest wait counts.")] = 3,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Seconds until a partition's input is processed again when its owner dies, with the timeouts of production."""
    from bench.recovery import measure, sentence

    with exit_codes():
        figures = measured(measure(rounds=rounds)).figures()
        save_figures(save, "recovery", figures)
        show(figures, sentence, as_json=as_json)


@app.command("rebuild")
def rebuild(
    records: Annotated[int, typer.Option(min=1000, help="Usage records in the log.")] = 2_000_000,
    lines: Annotated[int, typer.Option(min=1, help="Lines that report in turn.")] = 1000,
    processes: Annotated[int, typer.Option(min=0, help="Processes that build.")] = 2,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Records per second of `meterlog rebuild rating`, from the log to tables that are shown, and its memory."""
    from bench.rebuild import measure, sentence

    with exit_codes():
        figures = measured(measure(records=records, processes=processes, say=say, lines=lines)).figures()
        save_figures(save, "rebuild", figures)
        show(figures, sentence, as_json=as_json)


@app.command("endurance")
def endurance(
    idle_s: Annotated[int, typer.Option("--idle-s", min=1, help="How long nothing happens before each month.")] = 1800,
    rounds: Annotated[int, typer.Option(min=1, help="Months.")] = 2,
    impatient: Annotated[bool, typer.Option(help="With the time-outs of clients and broker turned down.")] = False,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Nothing happens for a while, then a month is billed. Ends with code 1 if anything was not ready or is missing."""
    from meterlog.chaos.endurance import endured_from_nothing, sentence

    with exit_codes():
        endured = measured(endured_from_nothing(idle_s=idle_s, rounds=rounds, impatient=impatient, say=say))
        save_figures(save, "endurance", endured.figures())
        show(endured.figures(), sentence, as_json=as_json)
        if not endured.well:
            raise typer.Exit(NO)
