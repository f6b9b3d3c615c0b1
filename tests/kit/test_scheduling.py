"""Processes that test side by side: which file goes to whom."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.kit.scheduling import ON_THE_DEMO, ByFile, is_patient

CHAOS, STORY, DOMAIN, OTHER, WAITS = (
    "tests/chaos/test_short_form.py",
    "tests/stories/test_september.py",
    "tests/services/rating/plan/test_plans.py",
    "services/rating/pricing/flat.py",
    "tests/shared/engine/test_idle.py",
)


class Worker:
    """What the scheduler sees of a process: it keeps the indexes of the tests that it was sent."""

    def __init__(self, number: int) -> None:
        self.gateway = SimpleNamespace(id=f"gw{number}")
        self.sent: list[int] = []
        self.shutting_down = False

    def send_runtest_some(self, indexes: list[int]) -> None:
        self.sent += indexes

    def shutdown(self) -> None:
        self.shutting_down = True


def scheduled(monkeypatch: pytest.MonkeyPatch, files: list[str], workers: int) -> tuple[ByFile, list[Worker]]:
    """Three tests in each file, so that a process takes the next file when it has done the first."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    option = SimpleNamespace(loadscopereorder=False, tx=[f"{workers}*popen"], maxprocesses=None)
    config: Any = SimpleNamespace(option=option, getvalue=lambda name: getattr(option, name), rootpath=None)
    made = ByFile(config)
    nodes: list[Any] = [Worker(n) for n in range(workers)]
    for node in nodes:
        made.add_node(node)
    for node in nodes:
        made.add_node_collection(node, [f"{file}::test_{n}" for file in files for n in range(3)])
    made.schedule()
    return made, nodes


def taken(made: ByFile, node: Any) -> list[str]:
    return list(made.assigned_work[node])


def test_a_third_process_on_two_processors_takes_only_what_can_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    made, nodes = scheduled(monkeypatch, [CHAOS, STORY, DOMAIN, OTHER], workers=3)
    assert [taken(made, node) for node in nodes] == [[CHAOS], [STORY], [DOMAIN]]
    for n in nodes[2].sent:
        made.mark_test_complete(nodes[2], n)
    assert taken(made, nodes[2]) == [DOMAIN, OTHER]


def test_it_ends_when_nothing_is_left_for_it_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made, nodes = scheduled(monkeypatch, [CHAOS, DOMAIN, STORY, ON_THE_DEMO[0]], workers=3)
    assert [taken(made, node) for node in nodes] == [[CHAOS], [STORY], [DOMAIN]]
    assert [node.shutting_down for node in nodes] == [False, False, True]
    made.mark_test_complete(nodes[0], 0)
    assert taken(made, nodes[0]) == [CHAOS, ON_THE_DEMO[0]]


def test_the_others_help_when_only_such_files_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    made, nodes = scheduled(monkeypatch, [DOMAIN, CHAOS, OTHER], workers=2)
    assert [taken(made, node) for node in nodes] == [[CHAOS], [DOMAIN]]
    made.mark_test_complete(nodes[0], 3)
    assert taken(made, nodes[0]) == [CHAOS, OTHER]


def test_a_fourth_takes_what_mostly_waits_and_the_others_take_that_last(monkeypatch: pytest.MonkeyPatch) -> None:
    made, nodes = scheduled(monkeypatch, [WAITS, CHAOS, DOMAIN, STORY, ON_THE_DEMO[0]], workers=4)
    assert [taken(made, node) for node in nodes] == [[CHAOS], [STORY], [DOMAIN], [WAITS]]
    for n in nodes[3].sent:
        made.mark_test_complete(nodes[3], n)
    assert [node.shutting_down for node in nodes] == [False, False, True, True]
    made, nodes = scheduled(monkeypatch, [WAITS, CHAOS, STORY, OTHER], workers=2)
    made.mark_test_complete(nodes[0], 3)
    made.mark_test_complete(nodes[0], 4)
    assert taken(made, nodes[0]) == [CHAOS, WAITS]


@pytest.mark.parametrize(
    ("file", "patient"),
    [
        (DOMAIN, True),
        ("tests/console/test_looks.py", True),
        ("tests/services/reporting/invoice/test_as_known.py", True),
        ("tests/services/reporting/audit/test_secrets.py", False),
        ("tests/services/reporting/stream/test_watching.py", False),
        ("tests/services/usage/processes/test_delivery.py", False),
        ("tests/shared/http/test_guard.py", False),
        (STORY, False),
        *((file, False) for file in ON_THE_DEMO),
    ],
)
def test_what_can_wait_has_no_stack_and_no_clock(file: str, patient: bool) -> None:
    assert is_patient(file) is patient
