"""Sessions that end without a Stop: by their NAS (R28), or because nothing was heard of them (R29)."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from services.usage.record.messages import UsageRecorded
from services.usage.session.messages import CloseSessions, NasSignal, SessionsClosed
from services.usage.session.state import PAGE, TIMER, Session, SilenceTimer, of_silence, session_name
from services.usage.watermark.messages import IntakeCompleteThrough
from shared.kernel.decider import Due, Send
from shared.kernel.message import encode
from tests.kit.decider import Specification
from tests.services.usage.session.story import (
    MICRO,
    NAS,
    RECORDED_AT,
    micros_at,
    nas_closed,
    quantities,
    report,
    seen,
    session,
    shown_open,
    told,
    with_user,
)
from tests.services.usage.story import command

SILENCE = timedelta(seconds=2700)


def signal(status: str, minute: float, **fields: object) -> dict[str, object]:
    return report(status, 0, minute, id=None, session_id=None, **fields)


def closing(spec: Specification) -> list[Send]:
    """What is sent to close sessions; accounts are told of theirs besides (test_marking.py)."""
    return [send for send in spec.sends if isinstance(send.message, CloseSessions)]


def complete(spec: Specification, through: datetime) -> None:
    """Everything reported before `through` is counted here."""
    spec.given(IntakeCompleteThrough(through=through, progress={0: through}))


def silence(spec: Specification, now: datetime, *open_ones: object, next_expiry: datetime | None = None) -> None:
    """The timer fires at `now`, with what the rows say is silent by then."""
    limit = int(now.timestamp()) * MICRO
    shown_open(spec, of_silence(limit), *open_ones, next_expiry=next_expiry)  # type: ignore[arg-type]
    timer = spec.get(SilenceTimer, TIMER)
    assert timer is not None
    spec.when(CloseSessions(closed_by="silence", due_at=timer.due_at), now=now)


# -- Accounting-On and -Off --------------------------------------------------------------------------------------------


def test_a_nas_that_starts_again_ends_its_sessions_with_what_is_known_r28() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("interim", 500, 15))
    spec.when(command(signal("accounting_on", 20)))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert ([*event.records], event.signals) == ([], [NasSignal(-1, NAS, "accounting_on", micros_at(20))])
    (sent,) = closing(spec)
    assert (sent.to, sent.partition) == ("usage", 0)
    assert sent.message == CloseSessions(closed_by="accounting_on", source=NAS, at=micros_at(20))
    (closed,) = nas_closed(spec, 20, seen(15))
    assert (closed.sessions, closed.more, closing(spec)) == ([seen(15)], False, [])
    assert session(spec).closed_by == "accounting_on"


def test_what_was_used_before_its_nas_went_down_is_still_counted_and_does_not_open_it_r28() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, since=0))
    nas_closed(spec, 20, seen(10))
    assert quantities(told(spec, report("interim", 700, 18, since=0))) == [200]
    assert session(spec).closed_by == "accounting_on"
    (late,) = told(spec, report("stop", 750, 19, since=0))
    assert (late.quantity // MICRO, late.detail) == (50, "corrected")
    assert session(spec).closed_by == "stop"


def test_a_session_ends_in_all_directions_that_are_open_r28() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, id="u", session_id="S1/up"), report("stop", 9, 10, session_id="S1/down"))
    (closed,) = nas_closed(spec, 20, seen(10))
    assert closed.sessions == [seen(10)]
    assert [session(spec, name).closed_by for name in ("S1/up", "S1/down")] == ["accounting_on", "stop"]
    assert nas_closed(spec, 20, seen(10))[0].sessions == []


def test_a_closing_that_names_directions_as_earlier_versions_did_ends_their_session() -> None:
    spec = with_user()
    told(spec, *(report("interim", 500, 10, id=d, session_id=f"S1/{d}") for d in ("up", "down")))
    both = [seen(10, "S1/up"), seen(10, "S1/down")]
    spec.given(SessionsClosed(closed_by="accounting_off", at=micros_at(20), partition=0, source=NAS, sessions=both))
    assert [session(spec, name).closed_by for name in ("S1/up", "S1/down")] == ["accounting_off"] * 2


def test_a_session_that_begins_with_the_restart_stays_open_r28() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10), report("start", 0, 21, session_id="S2"))
    nas_closed(spec, 20, seen(10))
    assert session(spec, "S2").closed_by is None
    assert session(spec, "S1").closed_by == "accounting_on"


def test_an_id_used_again_after_the_restart_of_its_nas_is_another_session_r28() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10))
    nas_closed(spec, 20, seen(10))
    found = told(spec, report("start", 0, 25), report("stop", 30, 40))
    assert quantities(found) == [0, 30]
    assert session(spec).closed_by == "stop"


def test_the_sessions_of_a_large_nas_are_closed_page_by_page_r28() -> None:
    spec = with_user()
    names = [f"S{n}" for n in range(PAGE)]
    for start in range(0, PAGE, 250):
        told(spec, *(report("interim", 1, 10, id=n, session_id=n) for n in names[start : start + 250]))
    (closed,) = nas_closed(spec, 20, *(seen(10, name) for name in names))
    assert (len(closed.sessions), closed.more) == (PAGE, True)
    (sent,) = closing(spec)
    assert sent.message == CloseSessions(closed_by="accounting_on", source=NAS, at=micros_at(20))
    assert nas_closed(spec, 20) == []


def test_what_the_same_batch_has_closed_or_heard_of_is_left_alone_r28() -> None:
    spec = with_user()
    told(spec, report("stop", 500, 10))
    (closed,) = nas_closed(spec, 20, seen(10))
    assert closed.sessions == []
    told(spec, report("interim", 500, 10, session_id="S2", id="a"), report("interim", 600, 30, session_id="S2", id="b"))
    (closed,) = nas_closed(spec, 20, seen(10, "S2"))
    assert closed.sessions == []


def test_a_signal_delivered_again_leaves_no_trace() -> None:
    spec = with_user()
    spec.when(command(signal("accounting_off", 20), first=100, reported=2))
    assert len(closing(spec)) == 1
    spec.when(command(signal("accounting_off", 20), first=100, reported=2)).then()


# -- silence -----------------------------------------------------------------------------------------------------------


def test_the_first_open_session_sets_a_timer_for_three_missed_interims_r29() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    timer = spec.get(Due, TIMER)
    assert timer is not None and timer.due_at == RECORDED_AT + SILENCE
    assert msgspec.json.decode(timer.command, type=CloseSessions) == CloseSessions(
        closed_by="silence", due_at=timer.due_at
    )
    told(spec, report("start", 0, 1, session_id="S2"))
    assert spec.get(Due, TIMER) == timer


def test_how_long_a_session_may_be_silent_is_what_the_deployment_has_set_r29() -> None:
    spec = with_user()
    asked = command(report("start", 0, 0))
    spec.when(msgspec.structs.replace(asked, session_silence_s=60))
    timer = spec.get(Due, TIMER)
    assert timer is not None and timer.due_at == RECORDED_AT + timedelta(seconds=60)


def test_a_stop_alone_sets_no_timer() -> None:
    spec = with_user()
    told(spec, report("stop", 900, 40))
    assert spec.get(Due, TIMER) is None


def test_a_start_without_a_stop_is_closed_as_estimated_and_a_late_stop_corrects_it_r29() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("interim", 500, 15))
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    silence(spec, now, seen(15))
    (closed,) = spec.events
    assert isinstance(closed, SessionsClosed)
    assert (closed.sessions, closed.next_due) == ([seen(15)], None)
    assert session(spec).closed_by == "silence"
    assert (spec.get(Due, TIMER), spec.get(SilenceTimer, TIMER)) == (None, None)
    (stop,) = told(spec, report("stop", 1200, 40))
    assert (stop.quantity // MICRO, stop.detail, stop.account) == (700, "corrected", "acme")
    assert session(spec).closed_by == "stop"


def test_a_session_heard_of_again_is_open_again_and_one_of_before_is_not_r29() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 15, since=0))
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    silence(spec, now, seen(15))
    assert quantities(told(spec, report("interim", 300, 10, since=0))) == [0]
    assert session(spec).closed_by == "silence"
    assert quantities(told(spec, report("interim", 800, 90, since=0))) == [300]
    assert session(spec).closed_by is None
    timer = spec.get(Due, TIMER)
    assert timer is not None and timer.due_at == now + SILENCE


def test_an_intake_that_is_behind_closes_nothing_r29() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    now = RECORDED_AT + SILENCE
    silence(spec, now)
    (looked,) = spec.events
    assert isinstance(looked, SessionsClosed) and looked.sessions == []
    timer = spec.get(Due, TIMER)
    assert timer is not None and timer.due_at == now + timedelta(seconds=60)
    behind = now - timedelta(minutes=10)
    complete(spec, behind)
    # What it asks the rows for is silence up to where intake is.
    shown_open(spec, of_silence(int(behind.timestamp()) * MICRO), next_expiry=now)
    spec.when(CloseSessions(closed_by="silence", due_at=timer.due_at), now=now + timedelta(seconds=60))
    assert session(spec).closed_by is None
    timer = spec.get(Due, TIMER)
    assert timer is not None and timer.due_at == now + timedelta(seconds=120)


def test_silence_is_looked_at_when_the_next_one_is_due_and_once_a_minute_at_most() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    later = now + timedelta(minutes=7)
    silence(spec, now, next_expiry=later)
    assert spec.get(SilenceTimer, TIMER) == SilenceTimer(due_at=later)
    complete(spec, later)
    silence(spec, later, next_expiry=later + timedelta(seconds=1))
    assert spec.get(SilenceTimer, TIMER) == SilenceTimer(due_at=later + timedelta(seconds=60))


def test_a_timer_that_fires_once_more_is_ignored() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0))
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    silence(spec, now, seen(0))
    spec.when(CloseSessions(closed_by="silence", due_at=now)).then()


def test_many_silent_sessions_are_closed_page_by_page_and_the_timer_is_set_after_the_last_r29() -> None:
    spec = with_user()
    names = [f"S{n}" for n in range(PAGE)]
    told(spec, *(report("interim", 1, 10, id=n, session_id=n) for n in names))
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    silence(spec, now, *(seen(10, name) for name in names))
    assert spec.get(Due, TIMER) is None
    (sent,) = closing(spec)
    shown_open(spec, of_silence(int(now.timestamp()) * MICRO), next_expiry=now + timedelta(hours=1))
    assert isinstance(sent.message, CloseSessions)
    spec.when(sent.message)
    assert closing(spec) == []
    assert spec.get(SilenceTimer, TIMER) == SilenceTimer(due_at=now + timedelta(hours=1))


def test_what_closings_leave_is_folded_from_their_events_alone() -> None:
    spec, replayed = with_user(), with_user()
    steps = [report("start", 0, 0), report("interim", 500, 15)]
    told(spec, *steps)
    replayed.given(*spec.events)
    now = RECORDED_AT + SILENCE
    complete(spec, now)
    complete(replayed, now)
    silence(spec, now, seen(15))
    for event in spec.events:
        assert isinstance(event, SessionsClosed)
        replayed.given(msgspec.json.decode(encode(event), type=SessionsClosed))
    name = session_name(NAS, "user:ann", "S1")
    assert replayed.get(Session, name) == spec.get(Session, name)
