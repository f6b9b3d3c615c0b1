"""`meterlog bench stream`: the live stream with many readers.

$ meterlog bench stream --json
{"p50_ms": ..., "p95_ms": ..., "p99_ms": ..., "clients": 500, "events": ..., "missing": 0, ...}
"""

from __future__ import annotations

from typing import Annotated

import typer

from meterlog.cli.bench_figures import measured, show
from meterlog.cli.output import Json, Save, exit_codes, save_figures


def stream(
    clients: Annotated[int, typer.Option(min=1, max=600, help="Readers of the live stream.")] = 500,
    seconds: Annotated[float, typer.Option(min=1, help="How long something is written.")] = 30.0,
    writes_per_s: Annotated[float, typer.Option(min=0.1, help="Payments a second; each makes a few events.")] = 10.0,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Milliseconds from an event's commit to its frame, in each of many readers of the live stream."""
    from bench.stream import measure, sentence

    with exit_codes():
        figures = measured(measure(clients=clients, seconds=seconds, writes_per_s=writes_per_s))
        save_figures(save, "stream", figures)
        show(figures, sentence, as_json=as_json)
