"""Every benchmark that has a result in bench/results: how it is run, what it has to reach, what limits it.

    for one in BENCHMARKS:
        print(one.name, one.command, [goal.said() for goal in one.goals])

`meterlog bench all` runs them, and bench/REPORT.md is written from this list and the results (report.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal


@dataclass(frozen=True)
class Goal:
    """What one figure of a result has to reach; `lists.p95_ms` is one within another."""

    figure: str
    is_to_be: Literal["at least", "at most"]
    value: float
    what: str
    reach_for: float | None = None

    def found(self, figures: Mapping[str, Any]) -> Any:
        """`None` where the result has no such figure.

        >>> Goal("lists.p95_ms", "at most", 50, "").found({"lists": {"p95_ms": 46}})
        46
        """
        part: Any = figures
        for name in self.figure.split("."):
            part = part.get(name) if isinstance(part, Mapping) else None
        return part

    def is_met(self, figures: Mapping[str, Any]) -> bool:
        """False where the result has no such figure."""
        found = self.found(figures)
        if found is None:
            return False
        return bool(found >= self.value if self.is_to_be == "at least" else found <= self.value)

    def said(self) -> str:
        """
        >>> Goal("p50_ms", "at most", 25, "a command, ms", reach_for=20).said()
        'at most 25 (reach for 20)'
        """
        beyond = f" (reach for {self.reach_for:,})" if self.reach_for is not None else ""
        return f"{self.is_to_be} {self.value:,}{beyond}"


@dataclass(frozen=True)
class Benchmark:
    """One run of `meterlog bench`, whose result is `bench/results/<name>.json`."""

    name: str
    title: str
    command: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    limit: str = ""
    """What keeps it from being faster, by its profile."""
    minutes: int = 2
    """About how long a run takes."""
    by_hand: bool = False
    """Too long, or too hungry, for a run of all."""


def _pipeline(name: str, title: str, *options: str, goals: tuple[Goal, ...] = (), limit: str = "") -> Benchmark:
    """With flame graphs of a round more, which the page refers to (report.py)."""
    command = ("pipeline", "--rounds", "3", *options, "--profile", f"bench/flame-graphs/{name}")
    return Benchmark(name, title, command, goals, limit, minutes=3)


TWO_PROCESSES: Final = ("--replicas", "2")

BENCHMARKS: Final = (
    _pipeline(
        "pipeline",
        "Pipeline: from `usage.reported` to rated rows, 100 records a message, two processes of usage and of rating",
        *TWO_PROCESSES,
        goals=(
            Goal("records_per_s", "at least", 80_000, "pipeline, 100 records a message: records/s", 120_000),
            Goal("ratio", "at least", 0.9, "the same beside the bare JSON pipeline, which has three processes"),
        ),
        limit="Processor time: both cores are busy, 1.9 of them with these processes. Usage takes 9 of 20 µs a record, "
        "most of it in intake: reading a message, two hashes a record, the checks of its texts; rating 4.5, Postgres "
        "3.3, Kafka 3. The bare pipeline takes 18 to 19. The ratio was 0.87 to 1.0 from run "
        "to run of one day, 0.82 to 0.89 on another. Two processes of usage with one of rating are no faster.",
    ),
    _pipeline(
        "pipeline-one",
        "Pipeline, one process of usage and one of rating",
        limit="One process of usage does intake and counting: where it waits, or has nothing left, a core is idle.",
    ),
    _pipeline(
        "pipeline-single",
        "Pipeline, one record a message, two processes of usage and of rating",
        "--per-message",
        "1",
        *TWO_PROCESSES,
        goals=(Goal("records_per_s", "at least", 55_000, "pipeline, one a message: records/s", 75_000),),
        limit="As above, and a fetch of Kafka's client with one Python object a message.",
    ),
    _pipeline(
        "pipeline-48",
        "Pipeline with 48 partitions, two processes of usage and of rating",
        "--partitions",
        "48",
        *TWO_PROCESSES,
        goals=(Goal("records_per_s", "at least", 60_000, "pipeline at P = 48: records/s", 90_000),),
        limit="What goes between partitions: each of 48 owners of usage writes to each of 48 partitions of accounts, "
        "and ends its transaction there. Larger commands of intake and a second process doubled it; "
        "gathering a batch for four times 440 ms where usage is late brought nothing. Take 24 partitions, or fewer.",
    ),
    _pipeline(
        "pipeline-24",
        "Pipeline with 24 partitions, two processes of usage and of rating",
        "--partitions",
        "24",
        *TWO_PROCESSES,
    ),
    _pipeline(
        "pipeline-24-one", "Pipeline with 24 partitions, one process of usage and one of rating", "--partitions", "24"
    ),
    Benchmark("mixed", "Pipeline on plans of every model", ("pipeline", "--mixed"), minutes=4),
    Benchmark(
        "intake",
        "Intake over HTTP and RADIUS",
        ("intake",),
        goals=(
            Goal("records_per_s", "at least", 50_000, "HTTP usage intake, 1,000 a body: records/s", 80_000),
            Goal("p95_ms", "at most", 200, "acknowledgement at 10,000 records/s: p95 ms"),
            Goal("radius_per_s", "at least", 8_000, "RADIUS packets/s, in the log before the answer"),
        ),
    ),
    Benchmark(
        "rebuild",
        "Rebuild of rating",
        ("rebuild",),
        goals=(
            Goal("records_per_s", "at least", 400_000, "rebuild of rating: records/s", 1_000_000),
            Goal("rss_mb_max", "at most", 400, "memory of a rebuild: MB"),
        ),
    ),
    Benchmark(
        "billing-run",
        "Billing run",
        ("billing-run",),
        goals=(
            Goal("closed_to_issued_per_s", "at least", 3_000, "billing run, issued and numbered: invoices/s", 5_000),
        ),
    ),
    Benchmark(
        "close-served",
        "Close of a period",
        ("close", "--served"),
        goals=(Goal("seconds", "at most", 20, "10,000 periods closed: s"),),
    ),
    Benchmark(
        "command",
        "Command to durable result",
        ("command",),
        goals=(
            Goal("p50_ms", "at most", 25, "command to durable result: p50 ms"),
            Goal("p99_ms", "at most", 120, "command to durable result: p99 ms"),
        ),
    ),
    Benchmark(
        "payments",
        "Payments",
        ("payments",),
        goals=(Goal("payments_per_s", "at least", 3_000, "payments recorded and allocated: payments/s"),),
    ),
    Benchmark(
        "statement",
        "Bank statement of 100,000 entries",
        ("statement",),
        goals=(Goal("entries_per_s", "at least", 1_667, "bank statement matched: entries/s"),),
    ),
    Benchmark(
        "restore",
        "From a payment to the restored line",
        ("restore",),
        goals=(
            Goal("flowing_p95_ms", "at most", 5_000, "payment to restored line, usage flowing: p95 ms"),
            Goal("flowing_p99_ms", "at most", 15_000, "payment to restored line, usage flowing: p99 ms"),
        ),
        minutes=5,
    ),
    Benchmark(
        "dunning",
        "Dunning of 100,000 accounts on servers",
        ("dunning",),
        goals=(Goal("seconds", "at most", 30, "100,000 accounts reach a step, down to the tables: s"),),
        minutes=8,
    ),
    Benchmark(
        "wallet",
        "From a record to its wallet",
        ("wallet",),
        goals=(Goal("p95_ms", "at most", 5_000, "record to wallet, idle: p95 ms"),),
    ),
    Benchmark(
        "what-if",
        "What-if over ten million records",
        ("what-if",),
        goals=(Goal("seconds", "at most", 180, "what-if over 10 million records: s", 30),),
    ),
    Benchmark(
        "documents", "Documents", ("documents",), goals=(Goal("pdf_per_s", "at least", 60, "PDF a second and core"),)
    ),
    Benchmark(
        "lists",
        "Lists over a million invoices",
        ("lists",),
        goals=(Goal("p95_ms", "at most", 50, "lists over a million invoices: p95 ms"),),
        minutes=8,
    ),
    Benchmark(
        "reads",
        "Reads over a million invoices, five million charges, fifty million events",
        ("reads",),
        goals=(
            Goal("lists.p95_ms", "at most", 50, "lists and filters: p95 ms"),
            Goal("reports.p95_ms", "at most", 300, "reports of 24 months: p95 ms"),
            Goal("search.p95_ms", "at most", 100, "search: p95 ms"),
        ),
        limit="The best hundred customers of two years are summed from each of their invoices; aging by account works "
        "all of them out.",
        minutes=40,
        by_hand=True,
    ),
    Benchmark(
        "console-filter",
        "From a change of a filter to the rows, in a browser",
        ("console-filter",),
        goals=(Goal("p95_ms", "at most", 400, "filter to rows with 100,000 invoices: p95 ms"),),
    ),
    Benchmark(
        "lighthouse",
        "Lighthouse on pages of the console, on a desk: the lowest score of each kind (`make lighthouse`)",
        (),
        goals=(
            Goal("performance_lowest", "at least", 95, "Lighthouse, the slowest page measured: performance"),
            Goal("accessibility_lowest", "at least", 100, "Lighthouse, of the pages measured: accessibility"),
            Goal("best_practices_lowest", "at least", 100, "Lighthouse, of the pages measured: best practices"),
        ),
        by_hand=True,
    ),
    Benchmark(
        "export",
        "Excel of 500,000 rows",
        ("export",),
        goals=(
            Goal("seconds", "at most", 60, "Excel of 500,000 rows: s"),
            Goal("rss_mb_max", "at most", 300, "memory of it: MB"),
        ),
    ),
    Benchmark(
        "stream",
        "Live stream",
        ("stream",),
        goals=(Goal("p95_ms", "at most", 300, "commit to 500 readers of the stream: p95 ms"),),
    ),
    Benchmark(
        "start-up",
        "Start and idle",
        ("start-up",),
        goals=(
            Goal("idle_memory_mb", "at most", 1_200, "embedded stack, idle: MB"),
            Goal("idle_percent_of_a_core", "at most", 5, "embedded stack, idle: percent of a core"),
        ),
        limit="Kafka takes half of what is used while idle: 35 requests a second, among them the fetch of each member "
        "twice a second, which keeps takeovers short, and timers of its own. Services and entry take 4 %.",
        minutes=3,
    ),
    Benchmark(
        "visible",
        "From a published record to unbilled spend",
        ("visible",),
        goals=(
            Goal("p50_ms", "at most", 300, "record to unbilled spend at half load: p50 ms"),
            Goal("p99_ms", "at most", 1_500, "record to unbilled spend at half load: p99 ms", 1_000),
        ),
        limit="Processor time: with reporting, 30,000 records/s take nearly both cores, and each of four steps waits "
        "for the others; batches that begin sooner cost more and made it slower. At 15,000/s it is 519 ms and 1.3 s.",
        minutes=3,
    ),
    Benchmark(
        "overload",
        "Ten times the load for a minute",
        ("overload", "--rate", "330000", "--seconds", "60"),
        goals=(
            Goal("lost", "at most", 0, "overload: records lost"),
            Goal("command_p95_ms", "at most", 500, "commands meanwhile: p95 ms"),
            Goal("rss_mb_max", "at most", 350, "memory of a process meanwhile: MB"),
        ),
        limit="Five minutes leave 99 million records, which need some 100 GB, more than this machine has. Such a run "
        "was seen to the end of its load, with 280 MB at most in any process, and then while 8 million were rated.",
        minutes=12,
        by_hand=True,
    ),
    Benchmark(
        "growth",
        "What grows with millions of records",
        ("growth", "--millions", "30"),
        goals=(Goal("kept", "at least", 0.9, "speed after 30 million records by that before"),),
        limit="A load waits for its last row in reporting, which keeps a row a record with five indexes; everything "
        "else grows with lines and days. After ten million the speed is 0.9 to 1.0 of that before, after thirty it was "
        "0.89 and 0.79 in two runs, the second asked for heavy pages meanwhile: log and tables are 33 GB then, this "
        "machine has 24 of memory, and processors wait for its disk (1.4 to 1.7 of 2 cores are busy). A hundred "
        "million take 110 GB, more than it has.",
        minutes=20,
        by_hand=True,
    ),
    Benchmark(
        "usage-memory",
        "Memory of the usage process",
        (),
        goals=(Goal("rss_mb_max", "at most", 350, "usage with a million lines and sessions: MB"),),
        by_hand=True,
    ),
    Benchmark(
        "recovery",
        "Death of an owner",
        ("recovery",),
        goals=(Goal("killed_owner_s_max", "at most", 12, "input waits for a dead owner: s"),),
    ),
)


def named(name: str) -> Benchmark:
    """Raises `KeyError`."""
    return {one.name: one for one in BENCHMARKS}[name]
