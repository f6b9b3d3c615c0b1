"""An account is told which of its sessions begin and end, and nothing of those that go on."""

from __future__ import annotations

from services.usage.session.messages import SessionsGuided, TellSessions
from services.usage.session.state import OpenSessions, Session, session_name
from services.usage.topics import GUIDED
from shared.kernel.partition import partition_of
from tests.kit.decider import Specification
from tests.services.usage.session.story import NAS, USER, nas_closed, report, seen, told, with_user

S1 = session_name(NAS, USER, "S1")


def marks(spec: Specification) -> list[tuple[str, bool]]:
    """The sessions that the last step told of, and whether they are open; each in the partition of its account."""
    found = []
    for send in spec.sends:
        if isinstance(send.message, SessionsGuided):
            assert send.to == GUIDED
            assert {partition_of(mark.account, 4) for mark in send.message.marks} == {send.partition}
            found += [(mark.name, mark.is_open) for mark in send.message.marks]
    return found


def test_a_session_is_told_of_when_it_begins_and_when_it_ends() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    assert marks(spec) == [(S1, True)]
    told(spec, report("interim", 500, 15))
    assert marks(spec) == []
    told(spec, report("stop", 700, 30))
    assert marks(spec) == [(S1, False)]
    told(spec, report("stop", 700, 30, id="once more"))
    assert marks(spec) == []


def test_one_whose_start_was_lost_begins_with_its_first_report_r29() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 15))
    assert marks(spec) == [(S1, True)]


def test_one_that_began_and_ended_in_one_message_was_never_open() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("stop", 700, 30))
    assert marks(spec) == []


def test_both_directions_are_one_session_until_the_last_of_them_ends_r25() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0, session_id="S1/up"), report("start", 0, 0, session_id="S1/down", id="down"))
    assert marks(spec) == [(S1, True)]
    told(spec, report("stop", 10, 20, session_id="S1/up"))
    assert marks(spec) == []
    told(spec, report("stop", 90, 20, session_id="S1/down", id="down ends"))
    assert marks(spec) == [(S1, False)]


def test_what_its_nas_ends_is_told_of_too_r28() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("interim", 500, 15))
    nas_closed(spec, 20, seen(15))
    assert marks(spec) == [(S1, False)]


def asked(spec: Specification, *rows: str) -> list[tuple[str, bool]]:
    """Whoever watches the account asks, with these sessions open as of the rows; what it is told."""
    (session,) = spec.state.all(Session)
    assert session.account is not None
    spec.state.keep({OpenSessions: {session.account: OpenSessions(account_id=session.account, names=rows)}})
    spec.when(TellSessions(account_id=session.account))
    return marks(spec)


def test_who_asks_is_told_of_the_sessions_that_were_open_before() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    assert asked(spec, S1) == [(S1, True)]
    assert asked(spec) == []


def test_what_has_ended_since_the_rows_were_read_is_not_told_as_open() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("stop", 700, 30))
    assert asked(spec, S1, "another") == []
