"""The rates of a version, read from a request: JSON or CSV, checked, by rising prefix, cut into parts.

    read_rates(b'{"rates": [{"prefix": "33", "bands": [...]}]}', "application/json")
    read_rates(b"prefix,unit_price\\n33,0.12\\n", "text/csv")

Everything that is wrong is told at once, up to 100 of it, each with its place: `/rates/17/bands/0/per_s` of JSON,
`/lines/18/per_s` of CSV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from pydantic import BaseModel, ConfigDict, ValidationError

from services.rating.pricing.calls.destination import DIALLED, prefixes
from services.rating.pricing.calls.rate import CallRate, problems_of
from services.rating.pricing.calls.rate_body import PrefixRateBody
from services.rating.rate_table.csv_rates import LinedRate, rates_of, read_lines
from services.rating.rate_table.messages import PART_BYTES_MAX, PART_ROWS_MAX, ROWS_MAX
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.json_keys import NOT_JSON, check_keys
from shared.kernel.wire import write

REFUSALS_MAX: Final = 100
CSV: Final = "text/csv"
_BAND: Final = re.compile(r"/bands/([0-9]+)")


class RatesBody(BaseModel):
    """The rates of a version: written out, or the text of a CSV file."""

    model_config = ConfigDict(extra="forbid")

    rates: list[PrefixRateBody] | None = None
    csv: str | None = None


class RatePart(NamedTuple):
    """Some of the rates of a version, and those before them that a number which begins like the first may need."""

    rates: list[CallRate]
    above: list[CallRate]


def read_rates(body: bytes, media_type: str) -> list[CallRate]:
    """The rates of a body, by rising prefix. Raises `Rejections`; 413 for more rates than a version holds."""
    is_csv = media_type.partition(";")[0].strip().lower() == CSV
    rates = _from_csv(_text(body)) if is_csv else _from_json(body)
    if not rates:
        raise Rejection("invalid", "a version has at least one rate", pointer="/rates")
    return sorted(rates, key=lambda rate: rate.prefix)


def parts_of(rates: Sequence[CallRate]) -> Iterator[RatePart]:
    """Rising rates in parts that a message holds."""
    held: list[CallRate] = []
    seen: dict[str, CallRate] = {}
    above: list[CallRate] = []
    size = 0
    for rate in rates:
        length = len(write(rate))
        if held and (len(held) == PART_ROWS_MAX or size + length > PART_BYTES_MAX):
            yield RatePart(held, above)
            held, size = [], 0
        if not held:
            above = [seen[prefix] for prefix in reversed(list(prefixes(rate.prefix[:-1]))) if prefix in seen]
        held.append(rate)
        seen[rate.prefix] = rate
        size += length
    if held:
        yield RatePart(held, above)


def _from_json(body: bytes) -> list[CallRate]:
    try:
        decoded = msgspec.json.decode(body)
        check_keys(body)
        given = RatesBody.model_validate(decoded)
    except NOT_JSON as error:
        raise Rejection("malformed", f"the body is not JSON: {error}; CSV is sent as text/csv", status=400) from error
    except ValidationError as error:
        raise Rejections(refusals(error)) from error
    if (given.rates is None) == (given.csv is None):
        raise Rejection("invalid", "a version has either rates or csv", pointer="/rates")
    if given.csv is not None:
        return _from_csv(given.csv)
    rates = [body.to_rate() for body in given.rates or ()]
    _check_count(len(rates))
    refused: list[Rejection] = []
    first_at: dict[str, int] = {}
    for index, rate in enumerate(rates):
        at = f"/rates/{index}"
        if (first := first_at.setdefault(rate.prefix, index)) != index:
            refused.append(_twice(rate.prefix, f"at {first}", f"{at}/prefix"))
        refused += [no for _, no in _problems(rate, at)]
        _stop_at_many(refused)
    if refused:
        raise Rejections(refused)
    return rates


def _from_csv(text: str) -> list[CallRate]:
    refused: list[Rejection] = []
    rates = rates_of(_some(text, refused))
    _check_count(len(rates))
    for lined in rates:
        refused += [_at_its_line(lined, below, no) for below, no in _problems(lined.rate, "")]
        _stop_at_many(refused)
    if refused:
        raise Rejections(refused)
    return [lined.rate for lined in rates]


def _some(text: str, refused: list[Rejection]) -> Iterator[Any]:
    for line in read_lines(text, refused):
        yield line
        _stop_at_many(refused)
    if refused:
        raise Rejections(refused[:REFUSALS_MAX])


def _problems(rate: CallRate, at: str) -> Iterator[tuple[str, Rejection]]:
    if DIALLED.match(rate.prefix):
        detail = f"the 00 of dialling abroad is taken off every number; write {rate.prefix[2:]}"
        yield "/prefix", Rejection("invalid", detail, pointer=f"{at}/prefix")
    for problem in problems_of(rate, at):
        yield problem.pointer.removeprefix(at), Rejection(problem.code, problem.detail, pointer=problem.pointer)


def _at_its_line(lined: LinedRate, below: str, no: Rejection) -> Rejection:
    """The same refusal by line and column. A band that can't match is a second line of its prefix without times."""
    band = _BAND.match(below)
    index = int(band[1]) if band else 0
    rest = (below[band.end() :] if band else below).strip("/").partition("/")[0]
    line = lined.lines[index]
    if index and not rest and not (lined.rate.bands[index].words):
        return _twice(lined.rate.prefix, f"in line {lined.lines[0]}", f"/lines/{line}/prefix")
    return Rejection(no.code, no.detail, pointer=f"/lines/{line}/{rest or 'from'}")


def _twice(prefix: str, where: str, pointer: str) -> Rejection:
    return Rejection(
        "duplicate", f"{prefix} has a rate already, {where}; name its bands' days or times", pointer=pointer
    )


def _check_count(count: int) -> None:
    if count > ROWS_MAX:
        detail = f"{count} rates are more than {ROWS_MAX}; make two tables of them"
        raise Rejection("too_many_rates", detail, pointer="/rates", status=413)


def _stop_at_many(refused: list[Rejection]) -> None:
    if len(refused) >= REFUSALS_MAX:
        raise Rejections(refused[:REFUSALS_MAX])


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Rejection("invalid", "the file is not UTF-8; save it as UTF-8", pointer="/lines/1") from error
