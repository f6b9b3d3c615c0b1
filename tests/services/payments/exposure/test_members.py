"""Who pays for others sees what they cost before it is billed: counted once, whatever comes first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.payments.exposure.members import LEFT
from services.payments.exposure.messages import MemberNoted, NoteMember
from services.rating.unbilled_watch.messages import UnbilledTold, UnbilledWatched
from tests.kit.decider import Specification
from tests.services.payments.exposure.story import (
    OCTOBER,
    SEPTEMBER,
    drafted,
    mode,
    none_waits,
    now,
    postpaid,
    terms,
    told,
)
from tests.services.payments.story import ACCOUNT

SEPTEMBERS, OCTOBERS = SEPTEMBER.start, OCTOBER.start


def note(net: str, member: str = "branch", start: date = OCTOBERS) -> NoteMember:
    return NoteMember(account_id=ACCOUNT, member_id=member, period_start=start, net=Decimal(net), gross=Decimal(0))


def head() -> Specification:
    """A payer with a limit of 100.00 that has used nothing itself."""
    return postpaid("100.00", "0")


def left(story: Specification) -> str:
    shown = now(story).shown
    assert shown is not None
    return str(shown.available)


def test_what_others_cost_comes_off_the_payers_limit_and_is_counted_once_each() -> None:
    story = head().when(note("10.00")).when(note("5.00", "shop"))
    assert left(story) == "85.00"
    assert left(story.when(note("12.00"))) == "83.00"
    story.when(note("12.00")).then_nothing()


def test_the_draft_of_a_period_takes_the_place_of_what_was_told_of_it() -> None:
    story = head().when_event(told("0", period=SEPTEMBER)).when(note("10.00", start=SEPTEMBERS))
    # The branch goes on while September is on its way into the draft: neither is lost.
    story.when(note("1.00", start=OCTOBERS))
    assert left(story) == "89.00"
    story.when_event(told("0", period=OCTOBER)).when_event(drafted("10.00", period=SEPTEMBER))
    assert left(story) == "89.00"
    # Heard of late: it is in the draft.
    story.when(note("9.00", "shop", start=SEPTEMBERS)).then_nothing()
    assert left(story) == "89.00"


def test_who_leaves_takes_along_what_is_not_billed_yet() -> None:
    story = head().when(note("10.00")).when(note("5.00", "shop")).when(note("0", start=LEFT))
    assert left(story) == "95.00"
    story.when(note("0", start=LEFT)).then_nothing()
    story.when(note("0", "nobody", start=LEFT)).then_nothing()


def test_a_payer_that_is_followed_no_longer_hears_nothing_and_begins_anew() -> None:
    story = head().when(note("10.00")).when(mode("prepaid")).when(mode("postpaid"))
    assert left(story) == "90.00"
    story.when(terms())
    story.when(note("20.00")).then_nothing()
    story.when(terms("100.00")).when_event(none_waits()).when_event(told("0"))
    assert left(story) == "100.00"
    assert left(story.when(note("20.00"))) == "80.00"


def unbilled(**more: Any) -> UnbilledTold:
    amounts: dict[str, Any] = {"net": Decimal("7.00"), "gross": Decimal(0), "currency": "EUR"}
    said = {"account_id": "branch", "period": OCTOBER, **amounts}
    return UnbilledTold(**said | more)


def sent(story: Specification) -> list[tuple[str, str, str]]:
    notes = [send.message for send in story.sends if isinstance(send.message, NoteMember)]
    return [(one.account_id, one.member_id, str(one.net)) for one in notes]


def test_the_payer_is_told_of_periods_that_it_pays_and_of_the_others_nothing() -> None:
    assert sent(head().when_event(unbilled(payer_id=ACCOUNT, billed_by=ACCOUNT))) == [(ACCOUNT, "branch", "7.00")]
    assert sent(head().when_event(unbilled(payer_id=ACCOUNT))) == [(ACCOUNT, "branch", "0")]
    assert sent(head().when_event(unbilled(billed_by=ACCOUNT))) == []
    assert sent(head().when_event(unbilled(payer_id=ACCOUNT, billed_by=ACCOUNT, unpriced=True))) == []
    gone = UnbilledWatched(account_id="branch", watched=False, own=False, left=ACCOUNT)
    assert sent(head().when_event(gone)) == [(ACCOUNT, "branch", "0")]


def test_an_account_that_nobody_follows_notes_nothing() -> None:
    story = head()
    story.when(NoteMember(account_id="acc-9", member_id="b", period_start=OCTOBERS, net=Decimal(1), gross=Decimal(0)))
    assert not [event for event in story.events if isinstance(event, MemberNoted)]
