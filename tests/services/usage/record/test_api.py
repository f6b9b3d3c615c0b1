"""What of a request tells how its body is to be read."""

from __future__ import annotations

from starlette.datastructures import Headers

from services.usage.formats import format_of
from services.usage.record.api import _format_headers


def test_a_format_may_be_recognised_by_media_type_and_by_the_headers_of_a_cloud_event() -> None:
    given = {"Content-Type": "text/csv", "CE-Source": "olt%2012", "Authorization": "Bearer x", "Accept": "*/*"}
    assert _format_headers(Headers(given)) == {"content-type": "text/csv", "ce-source": "olt 12"}


def test_json_is_read_whatever_media_type_its_sender_gave_it() -> None:
    for media_type in ("application/json", "application/x-ndjson", "text/plain", "application/cloudevents+json"):
        assert format_of(_format_headers(Headers({"content-type": media_type}))).name == "json"
