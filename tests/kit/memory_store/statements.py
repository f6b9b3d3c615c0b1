"""The runtime's statements, recognised by how they begin, and what they mean in rows.

    update meterlog.checkpoint set ... where gen = $1 ...   ->  the row of (gen, topic, partition) replaced

A statement that is not known here raises `NotImplementedError`: the runtime has learned to ask something new, and this
file has to learn to answer it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.kit.memory_store.database import Database, Row

Write = Callable[[Database], object]
Args = Sequence[Any]


def read(database: Database, sql: str, args: Args) -> list[Row]:
    """The rows a query gives."""
    for beginning, answer in _READS.items():
        if sql.lstrip().startswith(beginning):
            return answer(database, args)
    raise NotImplementedError(f"the memory store does not know: {sql}")


def write(sql: str, args: Args) -> Write:
    """The change that a statement makes."""
    for beginning, change in _WRITES.items():
        if sql.lstrip().startswith(beginning):
            return lambda database: change(database, args)
    raise NotImplementedError(f"the memory store does not know: {sql}")


# -- checkpoints -----------------------------------------------------------------------------------------------------


def _make_checkpoint(database: Database, args: Args) -> None:
    fresh = {
        "next_offset": 0,
        "next_seq": 1,
        "last_event_id": None,
        "recorded_at": None,
        "inputs": "{}",
        "watermarks": "{}",
        "reference_seq": 0,
    }
    gen, topic, partition = args
    database.checkpoints.setdefault((gen, topic, partition), fresh)


def _checkpoint(database: Database, args: Args) -> list[Row]:
    gen, topic, partition = args
    row = database.checkpoints.get((gen, topic, partition))
    return [] if row is None else [row]


def _of_all_partitions(database: Database, args: Args) -> list[Row]:
    return [
        {"partition": partition, **row}
        for (gen, topic, partition), row in database.checkpoints.items()
        if [gen, topic] == list(args)
    ]


def _started_at(database: Database, args: Args) -> list[Row]:
    return [{"since": database.started_at}]


def _stand(database: Database, args: Args) -> list[Row]:
    return [{"since": database.started_at, "next_offset": row["next_offset"]} for row in _checkpoint(database, args)]


def _reference_seq(database: Database, args: Args) -> list[Row]:
    return [{"reference_seq": row["reference_seq"]} for row in _checkpoint(database, args)]


def _move_checkpoint(database: Database, args: Args) -> None:
    gen, topic, partition, _, next_offset, next_seq, last_event_id, recorded_at, inputs, watermarks, reference = args
    before = database.checkpoints[gen, topic, partition]
    database.checkpoints[gen, topic, partition] = {
        "next_offset": next_offset,
        "next_seq": next_seq,
        "last_event_id": last_event_id,
        "recorded_at": recorded_at,
        "inputs": json.dumps(json.loads(inputs)),
        "watermarks": json.dumps(json.loads(watermarks)),
        "reference_seq": next_seq - 1 if reference else before["reference_seq"],
    }


def _is_shown(database: Database, args: Args) -> list[Row]:
    """There is one generation here, and it stays."""
    return [{"shown": 1}]


# -- findings --------------------------------------------------------------------------------------------------------


def _finding(database: Database, args: Args) -> list[Row]:
    row = database.findings.get((args[0], args[1]))
    return [] if row is None else [row]


def _put_finding(database: Database, args: Args) -> None:
    topic, partition, producer_id, epoch, committed = args
    database.findings[topic, partition] = {"producer_id": producer_id, "epoch": epoch, "committed": committed}


def _drop_finding(database: Database, args: Args) -> None:
    database.findings.pop((args[0], args[1]), None)


# -- states -------------------------------------------------------------------------------------------------------


def _states(database: Database, args: Args) -> list[Row]:
    return [
        {"partition": key[0], "kind": key[1], "key": key[2], "body": database.states[key]}
        for key in dict.fromkeys(zip(*args, strict=True))
        if key in database.states
    ]


def _put_states(database: Database, args: Args) -> None:
    partition, kinds, keys, bodies = args
    for kind, key, body in zip(kinds, keys, bodies, strict=True):
        database.states[partition, kind, key] = body


def _drop_states(database: Database, args: Args) -> None:
    partition, kinds, keys = args
    for kind, key in zip(kinds, keys, strict=True):
        database.states.pop((partition, kind, key), None)


# -- timers ----------------------------------------------------------------------------------------------------------


def _next_timers(database: Database, args: Args) -> list[Row]:
    next_of: dict[str, Any] = {}
    for (partition, _), row in database.timers.items():
        if partition == args[0]:
            gate = row["gate"]
            next_of[gate] = min(next_of.get(gate, row["due_at"]), row["due_at"])
    return [{"gate": gate, "next": due_at} for gate, due_at in sorted(next_of.items())]


def _due_timers(database: Database, args: Args) -> list[Row]:
    wanted, gate, limit, due_at, name, count = args
    due = [
        row
        for (partition, _), row in database.timers.items()
        if partition == wanted and row["gate"] == gate and row["due_at"] <= limit
    ]
    behind = [row for row in due if (row["due_at"], row["name"]) > (due_at, name)]
    return sorted(behind, key=lambda row: (row["due_at"], row["name"]))[:count]


def _named_timers(database: Database, args: Args) -> list[Row]:
    partition, names = args
    return [row for name in names if (row := database.timers.get((partition, name))) is not None]


_TIMER = ("name", "gate", "due_at", "command_type", "command")


def _put_timers(database: Database, args: Args) -> None:
    partition, *columns = args
    for row in zip(*columns, strict=True):
        database.timers[partition, row[0]] = dict(zip(_TIMER, row, strict=True))


def _drop_timers(database: Database, args: Args) -> None:
    partition, names = args
    for name in names:
        database.timers.pop((partition, name), None)


# -- results ---------------------------------------------------------------------------------------------------------

_RESULT = ("status", "final", "seq", "subject", "code", "detail", "pointer", "http_status", "recorded_at")


def _results(database: Database, args: Args) -> list[Row]:
    partition, ids = args
    return [
        {"command_id": command_id, **database.results[command_id, partition]}
        for command_id in ids
        if (command_id, partition) in database.results
    ]


def _put_results(database: Database, args: Args) -> None:
    partition, *columns = args
    for command_id, *rest in zip(*columns, strict=True):
        row = dict(zip(_RESULT, rest, strict=True))
        before = database.results.get((command_id, partition))
        if before is not None and before["status"] == "done":
            row["subject"] = before["subject"]
        database.results[command_id, partition] = row


def _drop_results(database: Database, args: Args) -> None:
    partition, before = args
    for key, row in list(database.results.items()):
        if key[1] == partition and row["recorded_at"] < before:
            del database.results[key]


_READS: dict[str, Callable[[Database, Args], list[Row]]] = {
    "select * from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3": _checkpoint,
    "select pg_postmaster_start_time() as since, next_offset": _stand,
    "select pg_postmaster_start_time()": _started_at,
    "select partition, reference_seq from meterlog.checkpoint where gen = $1 and topic = $2": _of_all_partitions,
    "select partition, next_offset from meterlog.checkpoint where gen = $1 and topic = $2": _of_all_partitions,
    "select reference_seq from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3": _reference_seq,
    "select 1 from meterlog.generation where gen = $1": _is_shown,
    "select producer_id, epoch, committed from meterlog.finding": _finding,
    "select d.partition, d.kind, d.key, d.body from unnest(": _states,
    "with recursive gates as (": _next_timers,
    "select name, due_at, command_type, command from due": _due_timers,
    "select name, gate, due_at, command_type, command from due where partition = $1 and name = any": _named_timers,
    "select command_id, final, status, seq from command_result where partition = $1": _results,
}

_WRITES: dict[str, Callable[[Database, Args], None]] = {
    "insert into meterlog.checkpoint (gen, topic, partition)": _make_checkpoint,
    "update meterlog.checkpoint": _move_checkpoint,
    "insert into meterlog.finding": _put_finding,
    "delete from meterlog.finding": _drop_finding,
    "insert into state (partition, kind, key, body)": _put_states,
    "delete from state d using unnest(": _drop_states,
    "insert into due (partition, name, gate, due_at, command_type, command)": _put_timers,
    "delete from due where partition = $1 and name = any": _drop_timers,
    "insert into command_result as r (partition, command_id, status, final, seq, subject, code, detail": _put_results,
    "delete from command_result where partition = $1 and recorded_at < $2": _drop_results,
}
