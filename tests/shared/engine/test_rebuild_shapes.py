"""Digests, differences and proofs as they are compared, printed and kept; no servers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from meterlog.cli.progress import PlainLines, line_of
from meterlog.cli.proofs import lines_of, show
from meterlog.installation import SERVICES, spec_of
from shared.engine.generation import runtime_tables, statements
from shared.engine.rebuild.differences import EXAMPLES_MAX, Example, Row, examples
from shared.engine.rebuild.digest import Difference, Digest, Table, compare, fingerprint, total_of
from shared.engine.rebuild.job import Step
from shared.engine.rebuild.log_partitions import LogPartition, log_partitions_of
from shared.engine.rebuild.proof import Differing, Proof
from shared.engine.settings import Settings
from tests.kit.toy import toy_service

CHARGES = Table("charge_row", (("partition", "integer"), ("id", "text"), ("amount", "numeric")), ("partition", "id"))
OTHER = Table("other_row", (("partition", "integer"),), ("partition",))


def digest(rows: int = 1, content: int = 7, amount: str = "1.00") -> Digest:
    return Digest(rows, content, (("amount", Decimal(amount)),))


@pytest.mark.parametrize(
    ("shown", "rebuilt", "different"),
    [
        ({1: digest()},            {1: digest()},                      []),
        ({1: digest(rows=0)},      {},                                 ["sum(amount)", "content"]),
        ({},                       {1: digest()},                      ["rows", "sum(amount)", "content"]),
        ({1: digest()},            {1: digest(content=8)},             ["content"]),
        ({1: digest()},            {1: digest(2, 14, "2.00")},         ["rows", "sum(amount)", "content"]),
        ({1: digest()},            {1: digest(1, 9, "1.01")},          ["sum(amount)", "content"]),
    ],
)  # fmt: skip
def test_what_differs_is_named(shown: dict[int, Digest], rebuilt: dict[int, Digest], different: list[str]) -> None:
    def of_charges(by_partition: dict[int, Digest]) -> dict[tuple[str, int], Digest]:
        return {("charge_row", partition): found for partition, found in by_partition.items()}

    found = compare(of_charges(shown), of_charges(rebuilt), [CHARGES])
    assert [difference.what for difference in found] == different
    assert compare(of_charges(shown), of_charges(rebuilt), [OTHER]) == [], "a table nobody asked about"


def test_a_fingerprint_does_not_depend_on_the_order_nor_on_what_is_empty() -> None:
    one, two = ("charge_row", 1), ("charge_row", 2)
    assert fingerprint({one: digest(), two: digest(2)}) == fingerprint({two: digest(2), one: digest()})
    assert fingerprint({one: digest(), two: Digest()}) == fingerprint({one: digest()})
    assert fingerprint({one: digest()}) != fingerprint({two: digest()})
    assert fingerprint({one: digest()}) != fingerprint({one: digest(content=8)})


def test_totals_are_over_all_partitions() -> None:
    digests = {("charge_row", 1): digest(3, 2**64 - 1, "1.10"), ("charge_row", 2): digest(2, 2, "0.05")}
    assert total_of(digests, ["charge_row", "other_row"]) == [
        {"table": "charge_row", "rows": 5, "sums": {"amount": "1.15"}, "content": "0000000000000001"},
        {"table": "other_row", "rows": 0, "sums": {}, "content": "0000000000000000"},
    ]


async def rows(*found: Row) -> AsyncIterator[Row]:
    for row in found:
        yield row


@pytest.mark.parametrize(
    ("shown", "rebuilt", "expected"),
    [
        ([("a", 1), ("b", 2)],   [("a", 1), ("b", 2)],             []),
        ([("a", 1), ("b", 2)],   [("a", 1), ("b", 3)],             [("b", "differs")]),
        ([("a", 1), ("b", 2)],   [("b", 2)],                       [("a", "only shown")]),
        ([("b", 2)],             [("a", 1), ("b", 2), ("c", 3)],   [("a", "only rebuilt"), ("c", "only rebuilt")]),
        ([],                     [("é", 1)],                       [("é", "only rebuilt")]),
        ([("Z", 1)],             [("a", 1)],                       [("Z", "only shown"), ("a", "only rebuilt")]),
    ],
)  # fmt: skip
async def test_rows_are_compared_side_by_side(
    shown: Sequence[Row], rebuilt: Sequence[Row], expected: list[tuple[str, str]]
) -> None:
    found = await examples(rows(*shown), rows(*rebuilt))
    assert [(example.key, example.found) for example in found] == expected


async def test_a_few_examples_are_enough() -> None:
    many = [(f"{n:03}", n) for n in range(100)]
    assert len(await examples(rows(*many), rows())) == EXAMPLES_MAX


def proof(**more: Any) -> Proof:
    given: dict[str, Any] = {
        "service": "rating",
        "kind": "verify",
        "equal": True,
        "rows": 48_211,
        "offsets": {"rating.events/0": 120_442},
        "digest": "5f0c" * 8,
        "seconds": 3.2149,
        "finished_at": datetime(2026, 11, 23, 6, 0, 0, 123, tzinfo=UTC),
        "generation": 8,
        **more,
    }
    return Proof(**given)


DIFFERING = Differing(
    "charge_row",
    2,
    (
        Difference("charge_row", 2, "sum(amount)", "812.40", "812.50"),
        Difference("charge_row", 2, "content", "00", "01"),
    ),
    (Example("(2,ch-9f3)", "differs"),),
)


def test_a_line_of_the_verification_has_the_promised_fields() -> None:
    line = proof(equal=False, differences=[DIFFERING]).line()
    assert json.loads(json.dumps(line)) == {
        "service": "rating",
        "equal": False,
        "rows": 48_211,
        "offsets": {"rating.events/0": 120_442},
        "digest": "5f0c" * 8,
        "seconds": 3.21,
        "differences": [
            {
                "table": "charge_row",
                "partition": 2,
                "what": {
                    "sum(amount)": {"shown": "812.40", "rebuilt": "812.50"},
                    "content": {"shown": "00", "rebuilt": "01"},
                },
                "rows": [{"key": "(2,ch-9f3)", "found": "differs"}],
            }
        ],
    }


def test_a_proof_has_an_id_of_its_own_and_says_what_was_not_compared() -> None:
    shape = proof(equal=None, why="the definition has changed", not_compared=["jar"]).shape()
    assert shape["proof_id"] == "verify-rating-20261123T060000000123Z"
    assert (shape["equal"], shape["why"], shape["not_compared"]) == (None, "the definition has changed", ["jar"])
    assert json.dumps(shape)


def test_a_person_reads_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines_of(DIFFERING) == [
        "  charge_row, partition 2: sum(amount) is 812.40, rebuilt 812.50; content differs",
        "    (2,ch-9f3) differs",
    ]
    show(proof(equal=False, differences=[DIFFERING]))
    show(proof(kind="rebuild", shown=True))
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("rating      DIFFERS")
    assert out[-1].endswith("3.2 s   now shown")


def test_progress_elsewhere_than_on_a_terminal_is_a_line_for_each_phase(capsys: pytest.CaptureFixture[str]) -> None:
    tell = PlainLines()
    for step in (Step("rating", "load", 0, 10), Step("rating", "load", 9, 10), Step("rating", "follow", 1, 1)):
        tell(step)
    tell(Step("rating", "prove"))
    captured = capsys.readouterr()
    assert captured.err.splitlines() == ["rating: building, 0 of 10 events", "rating: comparing"]
    assert captured.out == ""
    assert line_of(Step("usage", "show")) == "usage: going over"


def test_a_deciding_service_reads_its_own_log_and_reporting_those_of_the_others() -> None:
    assert log_partitions_of(toy_service(), partitions=2) == [
        LogPartition("payments.events", 0),
        LogPartition("payments.events", 1),
    ]
    reporting = spec_of("reporting", Settings())
    assert {log_partition.topic for log_partition in log_partitions_of(reporting, partitions=1)} == {
        *("usage.events", "rating.events", "invoicing.events", "payments.events")
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_definition_is_cut_into_statements(service: str) -> None:
    """As a build needs them: tables first, indexes that only readers need at its end."""
    assert runtime_tables() >= {"state", "due", "command_result"}
    made = statements(spec_of(service, Settings()))
    assert all(statement.split()[0] in ("create", "alter") for statement in made), made
    assert not any("--" in statement for statement in made)
