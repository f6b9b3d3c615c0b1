"""Payments knows which legal entity an account is billed by, and which one has issued an invoice."""

from __future__ import annotations

import msgspec

from services.invoicing.bill_profile.messages import LegalEntityAssigned
from services.payments.payer_entity.messages import PayerEntityNoted
from services.payments.receivable.messages import ReceivableOpened
from tests.services.payments.story import ACCOUNT, OPENED, issued, payments


def test_an_assignment_is_noted_once_and_so_is_its_end() -> None:
    story = payments().given(OPENED)
    noted = []
    for seq, entity in enumerate(("nl", "nl", None, None, "be"), 1):
        assigned = LegalEntityAssigned(account_id=ACCOUNT, version=seq, legal_entity=entity)
        story.when_event(assigned, service="invoicing", seq=seq)
        noted.append([event.legal_entity for event in story.events if isinstance(event, PayerEntityNoted)])
    assert noted == [["nl"], [], [None], [], ["be"]]


def test_what_is_owed_names_who_has_issued_it() -> None:
    story = payments().given(OPENED)
    story.when_event(msgspec.structs.replace(issued(1, "40.00"), legal_entity="nl"), service="invoicing")
    [opened] = [event for event in story.events if isinstance(event, ReceivableOpened)]
    assert opened.legal_entity == "nl"
