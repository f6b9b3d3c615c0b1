"""Counted records are retracted once, restored once, and corrected in their place."""

from __future__ import annotations

from msgspec.structs import replace

from services.usage.quarantine.messages import ReturnUsage, UsageReturned
from services.usage.quarantine.state import ParkedRecord
from services.usage.record.messages import GuidedRecord, GuidedRetraction, RecordedUsage, UsageRecorded
from services.usage.resource.messages import PrefixLengthNoted, ResourceRegistered
from services.usage.retraction.messages import (
    CorrectUsage,
    RestoreRetraction,
    RestoreUsage,
    RetractBatch,
    RetractedItem,
    RetractionSettled,
    RetractUsage,
    SettleRetraction,
    UsageRestored,
    UsageRetracted,
)
from services.usage.retraction.state import BatchPage, CountedRecord, RetractionPage, Standing
from shared.kernel.decider import Send, State
from tests.kit.decider import Specification
from tests.services.usage.story import MAC, assigned, command, record, with_line

ONE = 1_795_395_600_000_000
RECORD = RecordedUsage(
    *("olt-12", "r1", MAC, "data.octets", "delta", 7_000_000, ONE, ONE, b"", b"", "acme", "sub-1"),
)
ASKED = RetractUsage(retraction_id="ret-1", items=[(7, 3)], reason="wrong_quantity")
RETRACTED = UsageRetracted(retraction_id="ret-1", items=[RetractedItem(7, 3)], reason="wrong_quantity", partitions=4)
SETTLED = SettleRetraction(seq=3, places=[(7, 3)])


def holding(spec: Specification, *states: State) -> Specification:
    """The partition with what its rows would give."""
    for state in states:
        spec.state.keep({type(state): {state.key: state}})
    return spec


def counted(*places: str, parked: str | None = None) -> list[CountedRecord]:
    return [CountedRecord(name=place, record=RECORD, parked=parked) for place in places]


def retracted() -> Specification:
    spec = holding(with_line(), *counted("7#3")).when(ASKED)
    return spec.when(SETTLED)


def test_a_counted_record_is_retracted_and_its_account_told() -> None:
    spec = holding(with_line(), *counted("7#3")).when(ASKED)
    spec.then(RETRACTED)
    (sent,) = spec.sends
    assert sent.to == "usage.guided"
    guided = GuidedRecord(0, "acme", "sub-1", "data.octets", 7_000_000, ONE, ONE)
    assert sent.message == GuidedRetraction(source=0, seq=3, places=[(7, 3)], records=[guided])


def test_asked_again_nothing_happens() -> None:
    holding(with_line(), *counted("7#3")).when(ASKED).when(ASKED).then_nothing()


def test_a_retraction_of_what_another_has_retracted_is_there_without_a_record() -> None:
    """Its id was answered: whoever asks for it finds it, with nothing in it."""
    spec = retracted().when(replace(ASKED, retraction_id="ret-2"))
    spec.then(replace(RETRACTED, retraction_id="ret-2", items=[]))
    assert spec.sends == []


def test_a_retraction_of_a_batch_without_records_is_there_once() -> None:
    asked = RetractBatch(retraction_id="ret-1", batch_id="batch-1", reason="bad_file")
    with_line().when(asked).then(
        UsageRetracted(retraction_id="ret-1", items=[], reason="bad_file", batch_id="batch-1", partitions=4)
    )
    with_line(partition=2).when(asked).then_nothing()


def test_a_record_that_was_not_counted_there_is_refused() -> None:
    with_line().when(ASKED).then_refused("usage_record_not_found")


def test_the_same_record_sent_again_after_a_retraction_is_a_duplicate_r23() -> None:
    spec = with_line().when(command(record()))
    held = spec.events[0]
    assert isinstance(held, UsageRecorded)
    holding(spec, CountedRecord(name="3#0", record=held.records[0]))
    spec.when(RetractUsage(retraction_id="ret-1", items=[(3, 0)], reason="duplicate"))
    spec.when(command(record()))
    (again,) = spec.events
    assert isinstance(again, UsageRecorded)
    assert ([*again.records], [aside.state for aside in again.set_aside]) == ([], ["duplicate"])


def test_a_restored_record_counts_again_and_may_be_retracted_again() -> None:
    spec = retracted().when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)]))
    spec.then(UsageRestored(retraction_id="ret-1", items=[RetractedItem(7, 3)], partitions=4))
    (sent,) = spec.sends
    assert isinstance(sent.message, GuidedRetraction) and sent.message.restored
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)])).then_nothing()
    spec.when(replace(ASKED, retraction_id="ret-2")).then_refused("retraction_pending")
    spec.when(SETTLED).when(replace(ASKED, retraction_id="ret-2"))
    spec.then(replace(RETRACTED, retraction_id="ret-2"))


def test_what_rating_has_not_answered_is_not_restored() -> None:
    spec = holding(with_line(), *counted("7#3")).when(ASKED)
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)])).then_refused("retraction_pending")


def test_what_rating_refuses_counts_as_before() -> None:
    spec = holding(with_line(), *counted("7#3")).when(ASKED)
    spec.when(replace(SETTLED, refused=[(7, 3, "too_late")]))
    spec.then(RetractionSettled(seq=3, places=[(7, 3)], refused=[(7, 3, "too_late")]))
    standing = spec.get(Standing, "7#3")
    assert standing is not None and standing.status == "refused"


def test_a_batch_is_retracted_page_by_page() -> None:
    page = BatchPage(name="0#-1 batch-1", places=((7, 3), (7, 4)), more=True)
    spec = holding(with_line(), *counted("7#3", "7#4"), page)
    spec.when(RetractBatch(retraction_id="ret-1", batch_id="batch-1", reason="bad_file"))
    (event,) = spec.events
    assert isinstance(event, UsageRetracted)
    assert ([item.index for item in event.items], event.more, event.after) == ([3, 4], True, (7, 4))
    following = RetractBatch(retraction_id="ret-1", batch_id="batch-1", reason="bad_file", after=(7, 4))
    assert spec.sends[-1] == Send(following, to="usage", partition=0)
    spec.when(following).then_nothing()


def test_a_retraction_is_restored_page_by_page() -> None:
    page = RetractionPage(name="0#-1 ret-1", places=((7, 3),), more=True)
    spec = holding(retracted(), page).when(RestoreRetraction(retraction_id="ret-1"))
    spec.then(UsageRestored(retraction_id="ret-1", items=[RetractedItem(7, 3)], partitions=4, more=True, after=(7, 3)))
    assert spec.sends[-1] == Send(RestoreRetraction(retraction_id="ret-1", after=(7, 3)), to="usage", partition=0)


def test_a_parked_record_is_retracted_without_rating_and_parked_again_when_restored() -> None:
    parked = ParkedRecord(name="7#3", reason="no_price", record=RECORD)
    spec = holding(with_line(), parked, *counted("7#3", parked="no_price")).when(ASKED)
    spec.then(replace(RETRACTED, items=[RetractedItem(7, 3, "no_price")]))
    assert spec.sends == [] and spec.get(ParkedRecord, "7#3") is None
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)]))
    (event,) = spec.events
    assert isinstance(event, UsageRestored) and event.items == [RetractedItem(7, 3, "no_price")]
    assert spec.sends == []


def test_what_rating_gives_back_of_a_retracted_record_is_not_parked() -> None:
    spec = holding(with_line(), *counted("7#3")).when(ASKED)
    spec.when(ReturnUsage(seq=7, items=[(3, "too_late"), (4, "too_late")], account_id="acme"))
    spec.then(UsageReturned(seq=7, items=[(4, "too_late")], account_id="acme", retracted=[(3, "too_late")]))
    standing = spec.get(Standing, "7#3")
    assert standing is not None and standing.parked == "too_late"


def test_a_correction_retracts_the_record_and_counts_another_in_its_place() -> None:
    spec = holding(with_line(), *counted("7#3"))
    spec.when(CorrectUsage(retraction_id="ret-1", place=(7, 3), reason="wrong_quantity", quantity=5_000_000))
    corrected = replace(RECORD, quantity=5_000_000, detail="corrected")
    gone, counts = spec.events
    assert gone == replace(RETRACTED, corrected=True)
    assert isinstance(counts, UsageRecorded)
    assert ([*counts.records], counts.corrects) == ([corrected], {0: (7, 3)})
    assert [type(sent.message).__name__ for sent in spec.sends] == ["GuidedRetraction", "GuidedUsage"]
    standing = spec.get(Standing, "7#3")
    assert standing is not None and standing.moved_to == "4#0"
    spec.when(SETTLED)
    spec.when(RestoreUsage(retraction_id="ret-1", items=[(7, 3)])).then_refused("record_corrected")
    # Whoever cites it afterwards means the record that counts.
    holding(spec, *counted("4#0")).when(replace(ASKED, retraction_id="ret-2"))
    spec.then(replace(RETRACTED, retraction_id="ret-2", items=[RetractedItem(4, 0)]))


def test_a_record_that_rating_gave_back_in_the_same_batch_leaves_quarantine_with_its_retraction() -> None:
    spec = holding(with_line(), *counted("7#3"))
    spec.when(ReturnUsage(seq=7, items=[(3, "no_subscription")], account_id="acme")).when(ASKED)
    spec.then(replace(RETRACTED, items=[RetractedItem(7, 3, "no_subscription")]))
    assert spec.sends == []


def test_a_record_corrected_twice_at_once_is_corrected_once_and_once_again() -> None:
    spec = holding(with_line(), *counted("7#3"))
    correct = CorrectUsage(retraction_id="ret-1", place=(7, 3), reason="wrong_quantity", quantity=5_000_000)
    spec.when(correct).when(replace(correct, retraction_id="ret-2", quantity=6_000_000))
    gone, counts = spec.events
    assert gone == replace(RETRACTED, retraction_id="ret-2", items=[RetractedItem(4, 0)], corrected=True)
    assert isinstance(counts, UsageRecorded)
    assert ([record.quantity for record in counts.records], counts.corrects) == ([6_000_000], {0: (4, 0)})
    # And so is one that is retracted with the batch it came in.
    page = BatchPage(name="0#-1 batch-1", places=((7, 3),))
    holding(spec, page).when(RetractBatch(retraction_id="ret-3", batch_id="batch-1", reason="bad_file"))
    (event,) = spec.events
    assert isinstance(event, UsageRetracted)
    assert event.items == [RetractedItem(6, 0)]


def test_a_correction_that_nobody_could_be_charged_for_is_refused() -> None:
    spec = holding(with_line(), *counted("7#3"))
    correct = CorrectUsage(retraction_id="ret-1", place=(7, 3), reason="wrong_line")
    spec.when(replace(correct, resource="mac:none")).then_refused("unknown_resource", pointer="/resource")
    spec.when(replace(correct, meter="none")).then_refused("unknown_meter", pointer="/meter")
    spec.when(replace(correct, started_at=ONE + 86_400_000_000)).then_refused("not_allowed", pointer="/started_at")
    spec.when(replace(correct, ended_at=ONE - 1)).then_refused("out_of_bounds", pointer="/ended_at")
    retracted().when(replace(correct, retraction_id="ret-2")).then_refused("record_retracted")


def test_a_correction_is_guided_by_prefixes_and_converts_what_waited_for_its_meter_r19() -> None:
    prefix = "ip:10.1.2.0/24"
    spec = with_line().given(
        ResourceRegistered(resource_id=prefix),
        assigned(prefix, "bolt", "sub-9"),
        PrefixLengthNoted(family="ip4", length=24, resource_id=prefix),
    )
    parked = replace(RECORD, meter="cdn", account=None, subscription=None, quantity=2_000_000)
    holding(spec, CountedRecord(name="7#3", record=parked, parked="unknown_meter", unit="MB"))
    correct = CorrectUsage(retraction_id="ret-1", place=(7, 3), reason="wrong_line", resource="ip:::ffff:10.1.2.7")
    spec.when(replace(correct, meter="voice.seconds")).then_refused("invalid", pointer="/quantity")
    spec.when(replace(correct, meter="data.octets"))
    _, counts = spec.events
    assert isinstance(counts, UsageRecorded)
    (found,) = counts.records
    assert (found.resource, found.account, found.quantity) == ("ip:10.1.2.7", "bolt", 2_000_000 * 1_000_000)
