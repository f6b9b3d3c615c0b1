"""Every metric of the product in one list: what it counts, in which unit, and what to do when it looks wrong."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

INPUTS = Counter(
    "meterlog_inputs",
    "Inputs taken by a partition worker. Flat while lag grows: the worker is stuck.",
    ["service", "topic"],
)
OWN_EVENTS = Counter("meterlog_own_events", "Events written to a service's own log.", ["service"])
TRANSACTIONS = Counter(
    "meterlog_transactions",
    "Kafka transactions of partition workers. Many with few own events each: too many partitions for the load.",
    ["service"],
)
BATCH_SECONDS = Histogram(
    "meterlog_batch_seconds",
    "From the first input of a batch to its commit in Postgres. Over 5 s: look at Kafka first, then Postgres.",
    ["service"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
READY = Gauge(
    "meterlog_ready",
    "Whether a service does its work, seen from the entry: 1 or 0. 0 for a minute: see /readyz.",
    ["service"],
)
LAG = Gauge(
    "meterlog_lag",
    "Messages of all partitions that a service has not taken yet. Rising: see /readyz for where.",
    ["service"],
)
TAKEOVERS = Counter(
    "meterlog_takeovers", "Partitions taken over. Steadily rising: replicas are leaving the group.", ["service"]
)
UNDECODABLE = Counter(
    "meterlog_undecodable",
    "Pieces of what equipment reports that are no usage, set aside. Rising: their dead letters name who sends them.",
)
INTAKE_BUGS = Counter(
    "meterlog_intake_bugs",
    "Pieces of what equipment reports that met a bug, set aside. Any: report the log line; requeue after a repair.",
)
RADIUS_PACKETS = Counter(
    "meterlog_radius_packets",
    "RADIUS packets by what became of them. Those dropped are rising: compare addresses and secrets with /v1/sources.",
    ["outcome"],
)
HTTP_SECONDS = Histogram(
    "meterlog_http_seconds",
    "From a request's arrival at a service to the end of its answer. Slow writes: look at the worker's batches first.",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
