"""What a meter marks as personal is ciphertext before it is in any log, and rating goes by what stays readable."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any, cast

import asyncpg
import msgspec
import pytest

from services.usage.formats.contract import Problem
from services.usage.meter.messages import (
    DefineMeter,
    MarkPersonal,
    MeterDefined,
    PersonalAttribute,
    PersonalAttributesMarked,
)
from services.usage.record.admission import admit
from services.usage.record.batching import CommandBatcher
from services.usage.record.marks import Marks
from services.usage.record.messages import AdmittedRecord, GuidedUsage, RecordUsage
from services.usage.record.sealing import Sealing, month_of
from shared.http.usage_keys import LoadedKeys, UsageKeys, parts
from shared.kernel.message import encode
from shared.kernel.sealed_attributes import SEALED_KEY, kept_part, sealed_in
from tests.services.usage.story import partition, record, wire, with_line

NUMBER = "33612345678"
DESTINATION = PersonalAttribute(attribute="destination", keep=7)
VOICE = Marks({"voice.seconds": {"destination": 7, "ip": 0}})
MONTH_KEY, ACCOUNT_KEY = b"m" * 32, b"a" * 32


class Keys:
    """Keys without a vault; those of `gone` are destroyed."""

    def __init__(self, gone: Collection[str] = ()) -> None:
        self.gone = gone

    async def load(self, months: Collection[str], accounts: Collection[str]) -> LoadedKeys:
        return LoadedKeys(
            {month: None if month in self.gone else MONTH_KEY for month in months},
            {account: None if account in self.gone else ACCOUNT_KEY for account in accounts},
        )


class Assignments:
    """Usage's tables, in which `mac:00:1b` is acme's."""

    async def fetch(self, query: str, resources: list[str], instants: list[Any]) -> list[dict[str, Any]]:
        found = [place for place, resource in enumerate(resources, 1) if resource == "mac:00:1b"]
        return [{"place": place, "account_id": "acme"} for place in found]


def call(**fields: Any) -> dict[str, Any]:
    attributes = fields.pop("attributes", {"direction": "out", "destination": NUMBER, "ip": "10.0.0.7"})
    return record(meter="voice.seconds", attributes=attributes, **fields)


def sealed(*records: dict[str, Any], marks: Marks = VOICE, gone: Collection[str] = ()) -> RecordUsage:
    """The command that is sent for these records."""
    batcher = CommandBatcher(partitions=1, marks=marks)
    for fields in records:
        assert batcher.add(wire(fields), -1, "") is None
    sealing = Sealing(cast("asyncpg.Pool[Any]", Assignments()), cast(UsageKeys, Keys(gone)))
    asyncio.run(sealing.seal(batcher))
    ((_, command),) = batcher.commands()
    return command


def opened(attributes: dict[str, Any] | None, owner: str) -> Any:
    """What is hidden in them, with the keys that are needed."""
    text, *_ = (attributes or {})[SEALED_KEY]
    from shared.http.vault import _decrypted, _split

    named, nonce, ciphertext = _split(text)
    assert named == owner
    keys = LoadedKeys({parts(owner)[0]: MONTH_KEY}, {"acme": ACCOUNT_KEY})
    cipher = keys.cipher_of(owner)
    assert cipher is not None
    return msgspec.json.decode(_decrypted(cipher, owner, nonce, ciphertext))


def test_what_is_marked_is_in_no_command_and_no_event_in_the_clear() -> None:
    command = sealed(call())
    story = with_line().when(command)
    wires = [encode(command), *(encode(event) for event in story.events), *(encode(s.message) for s in story.sends)]
    assert [clear for clear in (NUMBER, "45678", "10.0.0.7") for wire in wires if clear.encode() in wire] == []
    (one,) = command.records
    assert one.attributes is not None
    assert {name: value for name, value in one.attributes.items() if name != SEALED_KEY} == {
        **{"direction": "out", "destination": "3361234*", "ip": "*"}
    }
    assert opened(one.attributes, "usage/2026-11/acme") == {"destination": NUMBER, "ip": "10.0.0.7"}


def test_rating_is_sent_what_stays_readable_and_no_ciphertext() -> None:
    story = with_line().when(sealed(call()))
    (sent,) = [send.message for send in story.sends if isinstance(send.message, GuidedUsage)]
    assert sent.records[0].attributes == {"direction": "out", "destination": "3361234*", "ip": "*"}


def test_the_same_record_sent_again_is_a_duplicate_though_its_ciphertext_is_another() -> None:
    first, again, other = sealed(call()), sealed(call()), sealed(call(attributes={"destination": "33612345679"}))
    assert first.records[0].attributes != again.records[0].attributes
    story = with_line().when(first).when(again).when(other)
    states = [aside.state for event in story.events for aside in getattr(event, "set_aside", [])]
    assert states == ["conflict"]  # of the last; the one before was told by its own event
    assert first.records[0].content == again.records[0].content != other.records[0].content


def test_the_content_hash_of_the_clear_values_is_in_no_log() -> None:
    """Whoever has the log knows all but the number, and could try all numbers."""
    clear = admit(wire(call()), -1, "")
    assert isinstance(clear, AdmittedRecord)
    assert sealed(call()).records[0].content != clear.content


@pytest.mark.parametrize(
    ("resource", "gone", "owner"),
    [
        ("mac:00:1b",   (),            "usage/2026-11/acme"),
        ("mac:nobody",  (),            "usage/2026-11/"),
        ("mac:00:1b",   ("acme",),     None),
        ("mac:00:1b",   ("2026-11",),  None),
    ],
)  # fmt: skip
def test_whose_key_it_is_and_what_is_forgotten_is_not_kept(
    resource: str, gone: Collection[str], owner: str | None
) -> None:
    attributes = sealed(call(resource=resource), gone=gone).records[0].attributes
    assert attributes is not None
    assert attributes["destination"] == "3361234*"
    if owner is None:
        assert attributes[SEALED_KEY] == [None, "destination", "ip"]
    else:
        assert opened(attributes, owner)["destination"] == NUMBER


@pytest.mark.parametrize(
    ("value", "keep", "kept"),
    [
        (NUMBER,               7, "3361234*"),
        ("+33612345678",       7, "+3361234*"),
        ("0033612345678",      7, "003361234*"),
        ("tel:+33612345678",   7, "tel:+3361234*"),
        ("112",                7, None),
        ("3361234",            7, None),
        ("00",                 1, "0*"),
        (33612345678,          7, "3361234*"),
        ("10.0.0.7",           0, "*"),
        ({"imsi": "262"},      7, "*"),
        (True,                 7, "*"),
        ("",                   0, "*"),
    ],
)  # fmt: skip
def test_so_much_of_a_value_stays_readable(value: Any, keep: int, kept: str | None) -> None:
    assert kept_part(value, keep) == kept


def test_a_record_without_anything_personal_goes_as_it_always_went() -> None:
    plain = [
        record(),
        record(id="r2", attributes={"direction": "up"}),
        call(id="r3", attributes={"destination": "112"}),
    ]
    before = CommandBatcher(partitions=1)
    for fields in plain:
        before.add(wire(fields), -1, "")
    ((_, command),) = before.commands()
    now = sealed(*plain)
    assert encode(now) == encode(command) or now.records[:2] == command.records[:2]
    assert now.records[2].attributes == {"destination": "112"}


def test_of_a_meter_that_nobody_defined_yet_whatever_any_meter_marks_is_hidden() -> None:
    attributes = sealed(record(meter="sms.messages", attributes={"destination": NUMBER})).records[0].attributes
    assert attributes is not None
    assert attributes["destination"] == "3361234*"
    known = Marks({"voice.seconds": {"destination": 7}}, known={"sms.messages"})
    assert sealed(record(meter="sms.messages", attributes={"destination": NUMBER}), marks=known).records[
        0
    ].attributes == {"destination": NUMBER}


def test_a_malformed_record_is_kept_without_what_is_personal() -> None:
    batcher = CommandBatcher(partitions=1, reported_partition=0, marks=VOICE)
    raw = msgspec.Raw(msgspec.json.encode({**call(), "data": [{"ip": "10.0.0.7"}], "quantity": 7}))
    batcher.refuse(Problem("malformed", "quantity is a decimal string", "/quantity", content=raw), None, 1, "x")
    batcher.refuse(Problem("malformed", "no JSON", content=msgspec.Raw(b"olt;33612345678")), None, 2, "y")
    ((_, command),) = batcher.commands()
    kept = [aside.raw for _, aside in command.refused]
    assert NUMBER not in str(kept)
    assert "10.0.0.7" not in str(kept)
    assert kept[0] is not None
    assert '"direction":"out"' in kept[0]


@pytest.mark.parametrize("name", ["cdr_3gpp", "ipdr", "radius"])
def test_of_a_refused_packet_or_document_nothing_is_kept_that_could_name_somebody(name: str) -> None:
    """What a number is in BER, or in XML, is in no field that could be hidden by its name."""
    refused = {"cdr_3gpp": {"ber": "1633216543f7"}, "ipdr": {"xml": f"<n>{NUMBER}</n>"}, "radius": {"packet": "0455"}}
    batcher = CommandBatcher(partitions=1, reported_partition=0, marks=VOICE)
    batcher.refuse(Problem("malformed", "out of bounds", "", content=refused[name]), None, 1, "x")
    ((_, command),) = batcher.commands()
    ((_, aside),) = command.refused
    assert aside.raw is not None
    assert not any(value in aside.raw for value in refused[name].values())


def test_nobody_reports_what_looks_sealed() -> None:
    found = admit(wire(call(attributes={SEALED_KEY: ["v1.x.y", "destination"]})), -1, "")
    assert isinstance(found, Problem)
    assert (found.code, found.pointer) == ("schema_violation", "/attributes")
    assert [sealed_in({SEALED_KEY: odd}) for odd in (None, [], "v1", [7, "a"], [None, 7], {"a": 1})] == [None] * 6


def test_a_full_command_is_no_larger_than_a_message_may_be() -> None:
    marks = Marks({"voice.seconds": {f"a{n}": 0 for n in range(20)}})
    batcher = CommandBatcher(partitions=1, marks=marks)
    for n in range(3_000):
        batcher.add(wire(call(id=f"r{n}", attributes={f"a{n}": "x" * 8 for n in range(20)})), -1, "")
    asyncio.run(Sealing(cast("asyncpg.Pool[Any]", Assignments()), cast(UsageKeys, Keys())).seal(batcher))
    assert max(len(encode(command)) for _, command in batcher.commands()) < 512 * 1024


def test_a_month_is_that_of_the_record_in_utc() -> None:
    assert [month_of(at) for at in (1_764_547_199_999_999, 1_764_547_200_000_000)] == ["2025-11", "2025-12"]


def test_marks_are_set_as_a_whole_and_once() -> None:
    mark = MarkPersonal(meter_id="voice.seconds", personal=(DESTINATION,))
    story = partition().when(mark).then(PersonalAttributesMarked(meter_id="voice.seconds", personal=(DESTINATION,)))
    story.when(mark).then_nothing()
    story.when(MarkPersonal(meter_id="voice.seconds")).then(PersonalAttributesMarked(meter_id="voice.seconds"))
    partition().when(MarkPersonal(meter_id="nobody")).then_refused("meter_not_found")


def test_a_meter_is_defined_with_its_marks_in_one_step() -> None:
    define = DefineMeter(meter_id="sms.messages", unit="message", personal=(DESTINATION,))
    partition().when(define).then(
        MeterDefined(meter_id="sms.messages", unit="message", aggregation="sum"),
        PersonalAttributesMarked(meter_id="sms.messages", personal=(DESTINATION,)),
    )


@pytest.mark.parametrize(
    ("names", "code", "pointer"),
    [
        (["line_speed_bps"],               "not_allowed",    "/personal/0/attribute"),
        (["destination", "discontinuity"], "not_allowed",    "/personal/1/attribute"),
        ([SEALED_KEY],                     "not_allowed",    "/personal/0/attribute"),
        (["user_id"],                      "not_allowed",    "/personal/0/attribute"),
        (["ip", "ip"],                     "invalid",        "/personal/1/attribute"),
        ([f"a{n}" for n in range(21)],     "out_of_bounds",  "/personal"),
    ],
)  # fmt: skip
def test_what_counting_goes_by_is_not_hidden_from_it(names: list[str], code: str, pointer: str) -> None:
    marks = tuple(PersonalAttribute(attribute=name) for name in names)
    define = DefineMeter(meter_id="users", unit="u", aggregation="unique", unique_of="user_id", personal=marks)
    partition().when(define).then_refused(code, pointer=pointer)
