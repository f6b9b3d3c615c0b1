"""A reassigned resource takes its usage along: out of one line, into another, or into quarantine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from services.usage.commands import COMMANDS
from services.usage.quarantine.messages import RecycleUsage, ReturnUsage, UsageReturned
from services.usage.quarantine.state import ParkedRecord
from services.usage.reassignment.messages import GuideAgain, ReassignUsage, RetractReassigned, UsageReassigned
from services.usage.reassignment.state import Asked, CountedPage
from services.usage.record.messages import GuidedRetraction, GuidedUsage, RecordedUsage, UsageRecorded
from services.usage.resource.messages import (
    AssignmentGuided,
    AssignmentsEnded,
    Displaced,
    EndAssignments,
    ReassignResource,
    ResourceReassigned,
)
from services.usage.resource.state import Assignment, Resource, micros_of
from services.usage.retraction.messages import (
    Reassigned,
    RestoreUsage,
    RetractedItem,
    RetractUsage,
    SettleRetraction,
    UsageRestored,
    UsageRetracted,
)
from services.usage.retraction.state import Standing
from shared.kernel.decider import Due, Send
from tests.kit.decider import Specification
from tests.services.usage.resource.test_decide import SEPTEMBER, subscribed
from tests.services.usage.retraction.test_decide import RECORD, counted, holding
from tests.services.usage.story import MAC, NOON, with_line

TENTH, TWENTIETH = SEPTEMBER + timedelta(days=9), SEPTEMBER + timedelta(days=19)
NOVEMBER = SEPTEMBER + timedelta(days=61)
TO_BOLT = ReassignResource(
    resource_id=MAC, retraction_id="ret-1", account_id="bolt", subscription_id="sub-9", valid_from=NOVEMBER
)
TO_NOBODY = replace(TO_BOLT, account_id=None, subscription_id=None)


def two_lines() -> Specification:
    return with_line().given(*subscribed(), *subscribed("sub-9", "bolt"))


def spans(spec: Specification) -> list[tuple[str, datetime, datetime | None]]:
    resource = spec.get(Resource, MAC)
    assert resource is not None
    return [(a.subscription, at(a.valid_from), at(a.valid_to)) for a in resource.assignments]


def at(micros: int | None) -> Any:
    return None if micros is None else datetime.fromtimestamp(micros / 1e6, tz=SEPTEMBER.tzinfo)


# -- whose it is -----------------------------------------------------------------------------------------------------


def test_time_in_the_middle_is_taken_and_what_is_before_and_behind_stays() -> None:
    spec = two_lines().when(replace(TO_BOLT, valid_from=TENTH, valid_to=TWENTIETH))
    (event,) = spec.events
    assert isinstance(event, ResourceReassigned)
    assert (event.displaced, event.partitions) == ([Displaced("acme", "sub-1", SEPTEMBER)], 4)
    assert spans(spec) == [("sub-1", SEPTEMBER, TENTH), ("sub-9", TENTH, TWENTIETH), ("sub-1", TWENTIETH, None)]
    spec.when(replace(TO_NOBODY, valid_from=SEPTEMBER, valid_to=TWENTIETH))
    assert spans(spec) == [("sub-1", TWENTIETH, None)]


def test_an_assignment_is_taken_as_a_whole_and_rating_is_told_that_nothing_is_left_of_it() -> None:
    spec = two_lines().when(replace(TO_BOLT, valid_from=SEPTEMBER))
    told = [send.message for send in spec.sends if isinstance(send.message, AssignmentGuided)]
    assert [(one.subscription_id, one.valid_from, one.valid_to) for one in told] == [
        ("sub-1", SEPTEMBER, SEPTEMBER),
        ("sub-9", SEPTEMBER, None),
    ]


def test_what_is_left_on_both_sides_is_told_to_rating() -> None:
    spec = two_lines().when(replace(TO_BOLT, valid_from=TENTH, valid_to=TWENTIETH))
    told = [send.message for send in spec.sends if isinstance(send.message, AssignmentGuided)]
    assert [(one.subscription_id, one.valid_from, one.valid_to) for one in told] == [
        ("sub-1", SEPTEMBER, TENTH),
        ("sub-9", TENTH, TWENTIETH),
        ("sub-1", TWENTIETH, None),
    ]


def test_asked_again_or_for_what_is_so_nothing_happens() -> None:
    two_lines().when(TO_BOLT).when(TO_BOLT).then_nothing()
    two_lines().when(replace(TO_BOLT, account_id="acme", subscription_id="sub-1")).then_nothing()
    two_lines().when(replace(TO_NOBODY, valid_from=SEPTEMBER - timedelta(days=9), valid_to=SEPTEMBER)).then_nothing()


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"valid_to": NOVEMBER}, "invalid_period", "/to"),
        ({"account_id": "acme"}, "wrong_account", "/account_id"),
        ({"subscription_id": "none"}, "unknown_aggregate", "/subscription_id"),
        ({"resource_id": "mac:none"}, "unknown_aggregate", None),
    ],
)
def test_a_reassignment_that_makes_no_sense_is_refused(changes: dict[str, Any], code: str, pointer: str | None) -> None:
    two_lines().when(replace(TO_BOLT, **changes)).then_refused(code, pointer=pointer)


def test_what_a_subscription_gets_ends_with_it_though_it_ended_before() -> None:
    spec = two_lines()
    own = "subscription:sub-9"
    spec.when(EndAssignments(resource_id=own, account_id="bolt", subscription_id="sub-9", ends_at=NOON))
    spec.when(TO_BOLT)
    resource = spec.get(Resource, MAC)
    assert resource is not None
    assert resource.assignments[-1] == Assignment(micros_of(NOVEMBER), None, "bolt", "sub-9", micros_of(NOON))


# -- its usage -------------------------------------------------------------------------------------------------------


def page(*places: tuple[int, int], more: bool = False, after: tuple[int, int] = (0, -1)) -> CountedPage:
    asked = Asked(after, micros_of(NOVEMBER), None, MAC)
    return CountedPage(name=asked.name, places=places, more=more, after=places[-1] if places else after)


def reassigned(*places: str, parked: str | None = None, command: ReassignResource = TO_BOLT) -> Specification:
    """With a page of these records, all of acme's."""
    spec = two_lines()
    spec.when(command)
    (timer,) = [due for due in spec.state.all(Due) if due.name == "reassign ret-1"]
    spec.when(COMMANDS.decode(timer.command_type, bytes(timer.command)))
    return holding(spec, *counted(*places, parked=parked), page(*((7, int(p[2:])) for p in places)))


ASKED = RetractReassigned(resource_id=MAC, retraction_id="ret-1", valid_from=NOVEMBER)


def test_every_partition_is_asked_once_the_assignment_is_in_the_tables() -> None:
    spec = two_lines().when(TO_BOLT)
    spec.when(ReassignUsage(resource_id=MAC, retraction_id="ret-1", valid_from=NOVEMBER))
    spec.then(UsageReassigned(resource_id=MAC, retraction_id="ret-1", valid_from=NOVEMBER, partitions=4))
    assert spec.sends == [Send(ASKED, "usage", partition) for partition in range(4)]
    assert [due.name for due in spec.state.all(Due)] == [f"recall {MAC}"]


def test_what_was_counted_for_another_is_retracted_and_guided_again_once_rating_has_answered() -> None:
    spec = reassigned("7#3").when(ASKED)
    spec.then(
        UsageRetracted(
            retraction_id="ret-1",
            items=[RetractedItem(7, 3)],
            reason="reassigned",
            corrected=True,
            partitions=4,
            reassigned=Reassigned(resource_id=MAC, valid_from=NOVEMBER),
        )
    )
    (sent,) = spec.sends
    assert isinstance(sent.message, GuidedRetraction)
    retracted = spec.envelopes[0].seq
    spec.when(SettleRetraction(seq=retracted, places=[(7, 3)]))
    _, again = spec.events
    assert isinstance(again, UsageRecorded) and again.corrects == {0: (7, 3)}
    assert again.records == [replace(RECORD, account="bolt", subscription="sub-9", detail="reassigned")]
    (sent,) = spec.sends
    assert isinstance(sent.message, GuidedUsage) and sent.message.records[0].account == "bolt"
    standing = spec.get(Standing, "7#3")
    assert standing is not None and standing.moved_to == f"{spec.envelopes[1].seq}#0"


def test_asked_or_answered_again_nothing_is_counted_twice() -> None:
    spec = reassigned("7#3").when(ASKED)
    settle = SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)])
    spec.when(settle).when(settle)
    assert [type(event).__name__ for event in spec.events] == ["RetractionSettled"]
    spec.when(GuideAgain(retraction_id="ret-1", places=[(7, 3)])).then_nothing()
    spec.when(ASKED)
    (event,) = spec.events
    assert isinstance(event, UsageRetracted) and event.items == [] and spec.sends == []


def test_what_rating_refuses_stays_where_it_is_and_is_not_billed_twice() -> None:
    spec = reassigned("7#3").when(ASKED)
    spec.when(SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)], refused=[(7, 3, "too_late")]))
    assert [type(event).__name__ for event in spec.events] == ["RetractionSettled"]
    standing = spec.get(Standing, "7#3")
    assert standing is not None and (standing.status, standing.moved_to) == ("refused", None)


def test_what_nobody_has_goes_to_quarantine() -> None:
    spec = reassigned("7#3", command=TO_NOBODY).when(ASKED)
    spec.when(SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)]))
    _, again = spec.events
    assert isinstance(again, UsageRecorded) and again.guided == {} and spec.sends == []
    (record,) = again.records
    assert (record.account, record.reason) == (None, "no_subscription")


def test_a_record_without_a_price_follows_at_once_and_one_without_a_holder_comes_back_by_itself() -> None:
    spec = holding(reassigned("7#3", parked="no_price"), ParkedRecord(name="7#3", reason="no_price", record=RECORD))
    spec.when(ASKED)
    _, again = spec.events
    assert isinstance(again, UsageRecorded) and again.records[0].account == "bolt"
    assert spec.get(ParkedRecord, "7#3") is None
    spec = reassigned("7#3", parked="no_subscription").when(ASKED)
    (event,) = spec.events
    assert isinstance(event, UsageRetracted) and event.items == []


def test_a_page_follows_the_page_before_and_the_last_says_so() -> None:
    spec = holding(reassigned("7#3"), page((7, 3), more=True)).when(ASKED)
    assert spec.sends[-1] == Send(replace(ASKED, after=(7, 3)), "usage", 0)
    spec.when(replace(ASKED, after=(7, 3)))
    (event,) = spec.events
    assert isinstance(event, UsageRetracted) and (event.items, event.more, event.after) == ([], False, None)


def test_a_record_that_was_restored_while_its_resource_was_reassigned_follows_when_rating_has_answered() -> None:
    spec = holding(two_lines(), *counted("7#3"))
    spec.when(RetractUsage(retraction_id="ret-0", items=[(7, 3)], reason="other"))
    spec.when(SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)]))
    spec.when(RestoreUsage(retraction_id="ret-0", items=[(7, 3)]))
    restored = spec.envelopes[0].seq
    spec.when(TO_BOLT)
    holding(spec, page((7, 3))).when(ASKED)
    (event,) = spec.events
    assert isinstance(event, UsageRetracted) and event.items == []
    spec.when(SettleRetraction(seq=restored, places=[(7, 3)]))
    _, event = spec.events
    assert isinstance(event, UsageRetracted) and event.items == [RetractedItem(7, 3)]
    spec.when(SettleRetraction(seq=spec.envelopes[1].seq, places=[(7, 3)]))
    _, again = spec.events
    assert isinstance(again, UsageRecorded) and again.records[0].account == "bolt"


# -- what an end has taken back --------------------------------------------------------------------------------------


def retracted_then_ended() -> Specification:
    spec = holding(two_lines(), *counted("7#3"))
    spec.when(RetractUsage(retraction_id="ret-1", items=[(7, 3)], reason="other"))
    spec.when(SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)]))
    ended = {"resource_id": MAC, "account_id": "acme", "subscription_id": "sub-1"}
    return spec.given(AssignmentsEnded(**ended, ends_at=SEPTEMBER))


def test_a_record_that_is_restored_and_belongs_to_nobody_by_now_goes_to_quarantine() -> None:
    spec = retracted_then_ended().when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)]))
    (again,) = spec.events
    assert isinstance(again, UsageRecorded) and again.corrects == {0: (7, 3)}
    assert [(record.account, record.reason) for record in again.records] == [(None, "no_subscription")]
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)])).then_refused("record_corrected")


def test_a_record_that_is_restored_counts_for_whoever_has_its_resource_by_now() -> None:
    spec = retracted_then_ended().when(TO_BOLT).when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)]))
    (again,) = spec.events
    assert isinstance(again, UsageRecorded) and again.records[0].account == "bolt"


def test_what_has_its_line_still_is_restored_where_it_was() -> None:
    spec = holding(two_lines(), *counted("7#3"))
    spec.when(RetractUsage(retraction_id="ret-1", items=[(7, 3)], reason="other"))
    spec.when(SettleRetraction(seq=spec.envelopes[0].seq, places=[(7, 3)]))
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)]))
    spec.then(UsageRestored(retraction_id="ret-1", items=[RetractedItem(7, 3)], partitions=4))


def test_the_records_of_a_story_are_acmes() -> None:
    """What the tests above take for granted."""
    assert isinstance(RECORD, RecordedUsage)
    assert (RECORD.account, RECORD.subscription, RECORD.resource) == ("acme", "sub-1", MAC)


# -- what rating gives back meanwhile --------------------------------------------------------------------------------


def test_a_record_given_back_behind_the_recall_goes_to_who_has_its_resource_by_then() -> None:
    """The pages of the recall are read from the tables of the batch before: in one batch with it, or behind it, a
    record that rating gives back stood in none of them and stayed in quarantine for good."""
    spec = holding(two_lines(), *counted("7#3")).when(TO_BOLT)
    spec.when(ReturnUsage(seq=7, items=[(3, "no_subscription")], account_id="acme"))
    returned, again = spec.events
    assert returned == UsageReturned(seq=7, items=[(3, "no_subscription")], account_id="acme")
    assert isinstance(again, UsageRecorded) and again.recycled == {0: (7, 3)}
    assert [(one.account, one.subscription, one.reason) for one in again.records] == [("bolt", "sub-9", None)]
    spec.when(RecycleUsage(items=[(7, 3)])).then_nothing()


def test_a_record_given_back_whose_resource_nobody_else_has_waits_in_quarantine() -> None:
    spec = holding(two_lines(), *counted("7#3"))
    spec.when(ReturnUsage(seq=7, items=[(3, "no_subscription")], account_id="acme"))
    assert [type(event) for event in spec.events] == [UsageReturned]


def test_a_parked_record_restored_after_its_resource_was_assigned_is_counted() -> None:
    spec = holding(two_lines(), *counted("7#3", parked="no_subscription"))
    spec.when(RetractUsage(retraction_id="ret-9", items=[(7, 3)], reason="other"))
    spec.when(TO_BOLT).when(RestoreUsage(retraction_id="ret-9", items=[(7, 3)]))
    restored, again = spec.events
    assert isinstance(restored, UsageRestored) and isinstance(again, UsageRecorded)
    assert [(one.account, one.subscription) for one in again.records] == [("bolt", "sub-9")]
