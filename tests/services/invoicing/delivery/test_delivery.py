"""Deliveries: one intent for each request and channel, one outcome for each attempt, and no refusal of what is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.invoicing.credit_note.messages import CreditInvoice
from services.invoicing.delivery.addresses import addresses_in
from services.invoicing.delivery.messages import (
    BounceDelivery,
    CancelDelivery,
    ChangeDeliveryPreferences,
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPreferences,
    DeliveryPreferencesChanged,
    DeliveryPrinted,
    DeliveryStarted,
    EndDelivery,
    PrintDeliveries,
    ResendDelivery,
    SendDocument,
    SentDocument,
    StartDelivery,
    ToPrint,
    WebhookDisabled,
)
from services.invoicing.delivery.state import Deliveries
from services.invoicing.invoice.messages import FinaliseInvoice
from services.invoicing.void.messages import CompleteVoid, VoidInvoice
from shared.kernel.ids import derive
from shared.kernel.sealed import Sealed
from shared.mail.addresses import is_address
from shared.mail.pauses import ATTEMPTS_MAX, PAUSES_S, pause_after
from shared.mail.said import kept
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, INVOICE, Partitions

DOCUMENT = SentDocument(kind="invoice", id=INVOICE)
ALL = DeliveryPreferences(email_to=Sealed("v1.to"), webhook=Sealed("v1.hook"), print=True, automatic=True)
SEND = SendDocument(account_id=ACCOUNT, document=DOCUMENT)


def issued(preferences: DeliveryPreferences | None = None) -> tuple[Partitions, Specification]:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    if preferences is not None:
        partitions.run(ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=preferences))
    partitions.finalise(ACCOUNT)
    return partitions, partitions.of(ACCOUNT)


def asked(spec: Specification, *channels: Any, to: str | None = None, command_id: str = "send") -> dict[str, str]:
    """Ask for a delivery by these channels; the ids of the new ones."""
    spec.when(
        SendDocument(
            account_id=ACCOUNT,
            document=DOCUMENT,
            channels=list(channels) or None,
            to=None if to is None else Sealed(to),
        ),
        command_id=command_id,
    )
    return {event.channel: event.delivery_id for event in spec.events if isinstance(event, DeliveryAsked)}


def of(delivery_id: str) -> dict[str, Any]:
    return {"account_id": ACCOUNT, "document": DOCUMENT, "delivery_id": delivery_id}


def start(spec: Specification, delivery_id: str, attempt: int = 1) -> None:
    spec.when(StartDelivery(**of(delivery_id), attempt=attempt, claim="p"))


def end(spec: Specification, delivery_id: str, outcome: Any, attempt: int = 1, code: str = "") -> None:
    spec.when(EndDelivery(**of(delivery_id), attempt=attempt, outcome=outcome, code=code))


def status(spec: Specification, delivery_id: str) -> str:
    known = spec.get(Deliveries, INVOICE)
    assert known is not None
    return known.by_id[delivery_id].status


def test_what_is_issued_goes_out_by_itself_where_the_account_wants_it_so() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.run(ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=ALL))
    events = [event for event in partitions.finalise(ACCOUNT) if isinstance(event, DeliveryAsked)]
    assert [(e.channel, e.recipient, e.number, e.automatic, e.own) for e in events] == [
        ("email", "v1.to", "INV-000001", True, False),
        ("webhook", "v1.hook", "INV-000001", True, False),
        ("print", None, "INV-000001", True, False),
    ]
    notes = partitions.run(
        CreditInvoice(credit_note_id="cn-1", invoice_id=INVOICE, account_id=ACCOUNT, reason="goodwill")
    )
    assert [e.document for e in notes if isinstance(e, DeliveryAsked)] == [
        SentDocument(kind="credit_note", id="cn-1")
    ] * 3


def test_nothing_goes_out_by_itself_where_nobody_has_said_so() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    assert not any(isinstance(event, DeliveryAsked) for event in partitions.finalise(ACCOUNT))


def test_of_two_requests_at_one_moment_one_is_a_delivery() -> None:
    _, spec = issued()
    first = asked(spec, command_id="one")
    assert first == {"email": derive("one", "delivery", "email")}
    assert asked(spec, command_id="two") == {}
    end_of(spec, first["email"], "sent")
    assert asked(spec, command_id="three") == {"email": derive("three", "delivery", "email")}


def end_of(spec: Specification, delivery_id: str, outcome: Any) -> None:
    start(spec, delivery_id)
    end(spec, delivery_id, outcome)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SendDocument(account_id=ACCOUNT, document=SentDocument(kind="invoice", id="x")), "invoice_not_found"),
        (SendDocument(account_id="other", document=DOCUMENT), "invoice_not_found"),
        (SendDocument(account_id=ACCOUNT, document=SentDocument(kind="credit_note", id="x")), "credit_note_not_found"),
        (SendDocument(account_id=ACCOUNT, document=DOCUMENT, channels=["webhook"]), "no_webhook"),
        (ResendDelivery(account_id=ACCOUNT, document=DOCUMENT, delivery_id="x"), "delivery_not_found"),
        (CancelDelivery(account_id=ACCOUNT, document=DOCUMENT, delivery_id="x"), "delivery_not_found"),
        (BounceDelivery(account_id=ACCOUNT, document=DOCUMENT, delivery_id="x", code="550"), "delivery_not_found"),
    ],
    ids=["no invoice", "not its", "no note", "no webhook", "resend", "cancel", "bounce"],
)
def test_what_can_not_be_sent_is_refused(command: Any, code: str) -> None:
    _, spec = issued()
    spec.when(command).then_refused(code)


def test_a_draft_is_not_sent() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    partitions.of(ACCOUNT).when(SEND).then_refused("not_issued")


def test_an_account_without_channels_has_to_name_one() -> None:
    _, spec = issued(DeliveryPreferences(email=False))
    spec.when(SEND).then_refused("no_channel", pointer="/channels")
    assert list(asked(spec, "print")) == ["print"]


def test_an_attempt_starts_once_and_has_one_outcome() -> None:
    _, spec = issued()
    mail = asked(spec)["email"]
    end(spec, mail, "sent")
    spec.then_nothing()
    start(spec, mail, attempt=2)
    spec.then_nothing()
    start(spec, mail)
    spec.then(DeliveryStarted(**of(mail), attempt=1, claim="p"))
    start(spec, mail)
    spec.then_nothing()
    end(spec, mail, "sent", code="250")
    spec.then(DeliveryEnded(**of(mail), attempt=1, outcome="sent", code="250"))
    end(spec, mail, "bounced")
    spec.then_nothing()
    assert status(spec, mail) == "sent"


def test_after_eight_attempts_within_two_days_a_person_looks() -> None:
    _, spec = issued()
    mail = asked(spec)["email"]
    pauses = []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        start(spec, mail, attempt)
        end(spec, mail, "deferred", attempt, code="451")
        (ended,) = (event for event in spec.events if isinstance(event, DeliveryEnded))
        pauses.append((ended.outcome, ended.pause_s))
    assert pauses == [*(("deferred", pause) for pause in PAUSES_S), ("failed", 0)]
    assert timedelta(hours=24) < timedelta(seconds=sum(PAUSES_S)) < timedelta(hours=48)
    start(spec, mail, ATTEMPTS_MAX + 1)
    spec.then_nothing()
    assert status(spec, mail) == "failed"


@pytest.mark.parametrize("attempt", [0, 1, 7, 8, 9, 10**9])
def test_every_attempt_has_a_pause_or_is_the_last(attempt: int) -> None:
    assert (pause_after(attempt) is None) == (attempt >= ATTEMPTS_MAX)


def test_an_outcome_that_comes_late_ends_what_was_unknown() -> None:
    _, spec = issued()
    mail = asked(spec)["email"]
    end_of(spec, mail, "unknown")
    assert status(spec, mail) == "unknown"
    start(spec, mail, 2)
    spec.then_nothing()
    end(spec, mail, "unknown")
    spec.then_nothing()
    end(spec, mail, "sent")
    assert status(spec, mail) == "sent"


def test_an_unknown_mail_is_sent_again_by_a_person_as_a_new_intent() -> None:
    _, spec = issued()
    mail = asked(spec, to="v1.given")["email"]
    spec.when(ResendDelivery(**of(mail))).then_refused("delivery_open")
    end_of(spec, mail, "unknown")
    spec.when(ResendDelivery(**of(mail)), command_id="again").then(
        DeliveryAsked(
            **of(derive("again", "delivery", "email")),
            channel="email",
            number="INV-000001",
            recipient=Sealed("v1.given"),
            own=True,
            resend_of=mail,
        )
    )
    spec.when(ResendDelivery(**of(mail)), command_id="twice").then_refused("delivery_open")


def test_what_is_sent_again_goes_where_the_account_wants_it_now() -> None:
    partitions, spec = issued(ALL)
    known = spec.get(Deliveries, INVOICE)
    assert known is not None
    mail = next(key for key, one in known.by_id.items() if one.channel == "email")
    end_of(spec, mail, "bounced")
    partitions.run(
        ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=DeliveryPreferences(email_to=Sealed("v1.new")))
    )
    spec.when(ResendDelivery(**of(mail)))
    assert [event.recipient for event in spec.events if isinstance(event, DeliveryAsked)] == ["v1.new"]


def test_what_waits_or_is_unknown_is_cancelled_and_nothing_else() -> None:
    _, spec = issued()
    mail = asked(spec)["email"]
    start(spec, mail)
    spec.when(CancelDelivery(**of(mail))).then_refused("delivery_under_way")
    end(spec, mail, "unknown")
    spec.when(CancelDelivery(**of(mail))).then(DeliveryCancelled(**of(mail)))
    spec.when(CancelDelivery(**of(mail))).then_refused("delivery_closed")
    end(spec, mail, "sent")
    spec.then_nothing()
    printed = asked(spec, "print", command_id="paper")["print"]
    spec.when(CancelDelivery(**of(printed))).then(DeliveryCancelled(**of(printed)))


def test_only_mail_comes_back_and_only_once() -> None:
    _, spec = issued(DeliveryPreferences(webhook=Sealed("v1.hook")))
    sent = asked(spec)
    spec.when(BounceDelivery(**of(sent["email"]), code="5.1.1")).then_refused("not_bounceable")
    for delivery_id in sent.values():
        end_of(spec, delivery_id, "sent")
    spec.when(BounceDelivery(**of(sent["webhook"]), code="5.1.1")).then_refused("not_bounceable")
    spec.when(BounceDelivery(**of(sent["email"]), code="5.1.1", reason="no such mailbox")).then(
        DeliveryBounced(**of(sent["email"]), code="5.1.1", reason="no such mailbox")
    )
    spec.when(BounceDelivery(**of(sent["email"]), code="5.1.1")).then_nothing()


def test_a_webhook_that_is_gone_is_called_no_more_until_it_is_set_anew() -> None:
    hook = DeliveryPreferences(email=False, webhook=Sealed("v1.hook"))
    partitions, spec = issued(hook)
    delivery = asked(spec)["webhook"]
    start(spec, delivery)
    end(spec, delivery, "gone", code="410")
    spec.then(DeliveryEnded(**of(delivery), attempt=1, outcome="gone", code="410"), WebhookDisabled(account_id=ACCOUNT))
    assert status(spec, delivery) == "failed"
    spec.when(SEND).then_refused("webhook_gone")
    spec.when(ResendDelivery(**of(delivery))).then_refused("webhook_gone")
    partitions.run(ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=hook))
    assert list(asked(spec, command_id="anew")) == ["webhook"]


def test_a_webhook_that_was_replaced_meanwhile_is_not_turned_off() -> None:
    partitions, spec = issued(DeliveryPreferences(email=False, webhook=Sealed("v1.old")))
    delivery = asked(spec)["webhook"]
    start(spec, delivery)
    partitions.run(
        ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=DeliveryPreferences(webhook=Sealed("v1.new")))
    )
    end(spec, delivery, "gone")
    assert not any(isinstance(event, WebhookDisabled) for event in spec.events)


def test_a_document_is_in_one_print_batch_and_a_void_one_in_none() -> None:
    partitions, spec = issued()
    printed = asked(spec, "print")["print"]
    one = ToPrint(account_id=ACCOUNT, document=DOCUMENT, delivery_id=printed)
    unknown = ToPrint(account_id=ACCOUNT, document=DOCUMENT, delivery_id="x")
    spec.when(PrintDeliveries(batch_id="b-1", deliveries=[one, unknown])).then(
        DeliveryPrinted(**of(printed), batch_id="b-1")
    )
    spec.when(PrintDeliveries(batch_id="b-2", deliveries=[one])).then_nothing()
    again = asked(spec, "print", command_id="again")["print"]
    void(partitions)
    other = ToPrint(account_id=ACCOUNT, document=DOCUMENT, delivery_id=again)
    spec.when(PrintDeliveries(batch_id="b-3", deliveries=[other])).then(
        DeliveryCancelled(**of(again), reason="invoice_void")
    )


def void(partitions: Partitions) -> None:
    partitions.run(VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate"))
    partitions.run(CompleteVoid(invoice_id=INVOICE, account_id=ACCOUNT))


def test_a_void_invoice_does_not_go_out() -> None:
    partitions, spec = issued()
    mail = asked(spec)["email"]
    void(partitions)
    start(spec, mail)
    spec.then(DeliveryCancelled(**of(mail), reason="invoice_void"))
    spec.when(SEND).then_refused("invoice_void")
    spec.when(ResendDelivery(**of(mail))).then_refused("invoice_void")


def test_preferences_count_as_a_version_of_the_bill_profile() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    change = ChangeDeliveryPreferences(account_id=ACCOUNT, preferences=ALL)
    spec.when(change, expected_version=2).then_refused("version_mismatch")
    spec.when(change, expected_version=1).then(
        DeliveryPreferencesChanged(account_id=ACCOUNT, preferences=ALL, version=2)
    )
    spec.when(ChangeDeliveryPreferences(account_id="x", preferences=ALL)).then_refused("account_not_found")


def test_a_document_is_not_delivered_for_ever() -> None:
    _, spec = issued()
    for n in range(100):
        end_of(spec, asked(spec, command_id=f"n{n}")["email"], "sent")
    spec.when(SEND).then_refused("too_many_deliveries")


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("ann@example.org", True),
        ("o'neill+bills@mail.example.co.uk", True),
        ("ann@localhost", True),
        ("ann", False),
        ("ann@", False),
        ("@example.org", False),
        ("ann@example.org\r\nBcc: x@y.z", False),
        ("ann@example.org\n", False),
        ("a,b@example.org", False),
        ('"ann"@example.org', False),
        ("<ann@example.org>", False),
        ("ann@exa mple.org", False),
        ("änn@example.org", True),
        ("用户@example.org", True),
        ("a\u202enn@example.org", False),
        ("a\u0308nn@example.org", False),
        (f"{'ä' * 33}@example.org", False),
        ("a..b@example.org", False),
        (f"{'a' * 65}@example.org", False),
        (f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}", False),
    ],
    ids=range(20),
)
def test_an_address_says_nothing_but_itself(address: str, fits: bool) -> None:
    assert is_address(address) is fits


@pytest.mark.parametrize(
    ("opened", "addresses"),
    [
        ('["ann@example.org", "bob@example.org"]', ["ann@example.org", "bob@example.org"]),
        ('{"email": "ann@example.org", "tax_id": "BE1"}', ["ann@example.org"]),
        ('{"email": "ann@müller.example"}', ["ann@xn--mller-kva.example"]),
        ('{"email": "a,b@example.org"}', []),
        ('{"tax_id": "BE1"}', []),
        ("erased", []),
        ("", []),
        ("7", []),
    ],
    ids=range(8),
)
def test_addresses_are_found_in_what_was_sealed(opened: str, addresses: list[str]) -> None:
    assert addresses_in(opened) == addresses


def test_what_a_mail_system_says_is_kept_without_whom_it_names_and_without_secrets() -> None:
    said = "550 5.1.1 <ann@example.org>: no such user\r\nhunter2 " + "x" * 500
    assert (kept(said, "hunter2", "")[:34], len(kept(said))) == ("550 5.1.1 <…>: no such user  … xxx", 200)


def test_an_invoice_that_is_issued_anew_is_no_second_delivery() -> None:
    partitions, _ = issued(ALL)
    again = partitions.run(FinaliseInvoice(invoice_id=INVOICE, account_id=ACCOUNT))
    assert not any(isinstance(event, DeliveryAsked) for event in again)
