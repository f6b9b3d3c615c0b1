"""What needs no server: which events, which addresses, when again, and what is sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.reporting.webhook.answers import LENGTH_MAX, kept
from services.reporting.webhook.bodies import body_of
from services.reporting.webhook.filters import check_patterns, event_types, wanted
from services.reporting.webhook.receivers import Receivers, host_of
from services.reporting.webhook.schedule import (
    ATTEMPTS_MAX,
    DISABLED_AFTER_S,
    REST_S_MAX,
    RETRY_AFTER_S_MAX,
    rest_s,
    retry_after_s,
    retry_s,
)
from shared.http.outgoing import Refused
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.errors import Rejection

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SEALED = "v1.YWNjLTE." + "kQ3n" * 12


def test_patterns_name_the_types_of_the_catalogues_and_none_that_travel_in_batches() -> None:
    assert wanted(["*"]) == frozenset(event_types())
    assert wanted(["invoicing.InvoiceIssued.v1"]) == {"invoicing.InvoiceIssued.v1"}
    assert wanted(["payments.*", "rating.AccountOpened.*"]) > {
        "rating.AccountOpened.v1",
        "payments.ReceivableOpened.v1",
    }
    assert not any(name.startswith(("usage.UsageRecorded", "rating.UsageRated")) for name in event_types())


@pytest.mark.parametrize("pattern", ["invoicing.InvoiceIssued", "usage.UsageRecorded.v2", "invoices.*", "identity.*"])
def test_a_pattern_that_names_nothing_is_refused_by_its_place(pattern: str) -> None:
    with pytest.raises(Rejection) as refused:
        check_patterns(["payments.*", pattern])
    assert (refused.value.code, refused.value.pointer) == ("unknown_event_type", "/events/1")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://hooks.example/in?x=1",      None),
        ("https://hooks.example:8443/",       None),
        ("http://hooks.example/",             None),  # refused when its name is looked up
        ("https://8.8.8.8/",                  None),
        ("http://10.20.1.1/",                 None),
        ("https://[fd12::1]/",                None),
        ("http://8.8.8.8/",                   "address_refused"),
        ("https://10.21.0.1/",                "address_refused"),
        ("https://127.0.0.1/",                "address_refused"),
        ("https://[::1]/",                    "address_refused"),
        ("https://[::ffff:10.21.0.1]/",       "address_refused"),
        ("https://169.254.169.254/latest",    "address_refused"),
        ("https://100.64.0.1/",               "address_refused"),
        ("https://0.0.0.0/",                  "address_refused"),
        ("ftp://hooks.example/",              "invalid"),
        ("//hooks.example/",                  "invalid"),
        ("https://",                          "invalid"),
        ("https://me:pw@hooks.example/",      "invalid"),
        ("https://hooks.example/#x",          "invalid"),
        ("https://hooks.example:99999/",      "invalid"),
        ("https://hooks.example:0/",          "invalid"),
        ("https://hooks.example/a b",         "invalid"),
        ("https://hooks.example\\@evil/",     "invalid"),
        ("https://hoöks.example/",            "invalid"),
        ("https://hooks.example/\r\nx: y",    "invalid"),
        ("https://[::1/",                     "invalid"),
        ("javascript:alert(1)",               "invalid"),
    ],
)  # fmt: skip
def test_an_address_is_called_where_it_may_be(url: str, code: str | None) -> None:
    receivers = Receivers("10.20.0.0/16, fd12::/16")
    if code is None:
        receivers.check_url(url)
        return
    with pytest.raises(Rejection) as refused:
        receivers.check_url(url)
    assert (refused.value.code, refused.value.pointer) == (code, "/url")


@pytest.mark.parametrize(
    ("scheme", "address", "is_called"),
    [
        ("https", "8.8.8.8",          True),
        ("https", "10.20.255.255",    True),
        ("http",  "10.20.0.1",        True),
        ("http",  "8.8.8.8",          False),
        ("https", "192.168.0.1",      False),
        ("https", "169.254.169.254",  False),
        ("https", "64:ff9b::a00:1",   False),  # 10.0.0.1 behind a translator
    ],
)  # fmt: skip
def test_what_a_name_means_is_checked_as_well(scheme: str, address: str, is_called: bool) -> None:
    check = Receivers("10.20.0.0/16,169.254.0.0/16").check(scheme)
    if is_called:
        assert str(check(address)) == address
        return
    with pytest.raises(Refused):
        check(address)


def test_of_an_address_the_trail_keeps_the_host() -> None:
    assert host_of("https://hooks.example/T0/B1?token=s3cr3t") == "hooks.example"


def test_the_attempts_go_over_three_days_and_the_endpoint_is_switched_off_with_the_last() -> None:
    for chance in (0.0, 0.5, 0.999):
        waits = [retry_s(n, chance=chance) for n in range(1, ATTEMPTS_MAX)]
        total = sum(wait for wait in waits if wait is not None)
        assert None not in waits and 0.9 * 75.5 * 3600 < total < 1.1 * 75.7 * 3600
        assert retry_s(ATTEMPTS_MAX, chance=chance) is None
    assert sum(retry_s(n, chance=0.5) or 0 for n in range(1, ATTEMPTS_MAX)) > DISABLED_AFTER_S


def test_rests_grow_and_have_an_end() -> None:
    rests = [rest_s(n, chance=0.5) for n in range(40)]
    assert rests == sorted(rests) and rests[4] == 0 and rests[-1] == REST_S_MAX


@pytest.mark.parametrize(
    ("said", "wait_s"),
    [
        ("30", 30),
        (" 30 ", 30),
        ((NOW + timedelta(minutes=2)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 120),
        ((NOW - timedelta(minutes=2)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", RETRY_AFTER_S_MAX),
        ("99999999999999999999999999", RETRY_AFTER_S_MAX),
        ("-1", 0),
        ("1.5", 0),
        ("²", 0),
        ("tomorrow", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_what_a_receiver_asks_for_is_read_and_bounded(said: str | None, wait_s: float) -> None:
    assert retry_after_s(said, NOW) == wait_s


async def test_a_body_is_a_cloudevent_without_what_is_personal() -> None:
    envelope = Envelope(
        env="paris",
        service="rating",
        partition=3,
        type="rating.AccountOpened.v1",
        recorded_at=NOW,
        subject="acc-1",
        seq=1842,
        actor="user:u1",
        correlation_id="corr-1",
    )
    data = {"account_id": "acc-1", "name": SEALED, "address": {"lines": [SEALED]}, "payload": "Ann Example"}
    body = json.loads(await body_of(to_headers(envelope), json.dumps(data).encode()))
    assert body == {
        "specversion": "1.0",
        "id": "1842",
        "source": "/paris/rating/3",
        "type": "rating.AccountOpened.v1",
        "time": "2026-11-01T00:00:00Z",
        "subject": "acc-1",
        "dataschema": "urn:meterlog:schema:rating.AccountOpened.v1",
        "datacontenttype": "application/json",
        "seq": "1842",
        "correlationid": "corr-1",
        "data": {"account_id": "acc-1", "name": "sealed", "address": {"lines": ["sealed"]}, "payload": "sealed"},
    }


def test_of_an_answer_what_is_kept_is_short_and_holds_no_secret() -> None:
    said = kept("whsec_abc and ann@example.org \x00\x1b[31m " + "x" * 5000, "whsec_abc")
    assert len(said) == LENGTH_MAX and "whsec" not in said and "@" not in said and said.isprintable()
    assert kept("@" * 100_000)  # in no time
