"""Every "no" of the API as an RFC 9457 problem that names the field and says the next step.

    raise not_found("account", "acc-7")
    raise Rejection("currency_mismatch", "the account is in EUR; pay in EUR", pointer="/amount/currency")

    422 application/problem+json
    {"type": "urn:meterlog:problem:currency_mismatch", "title": "Unprocessable Content", "status": 422,
     "detail": "the account is in EUR; pay in EUR",
     "errors": [{"pointer": "/amount/currency", "code": "currency_mismatch", "detail": "the account is in EUR; …"}],
     "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"}

A refusal that concerns no single field has the pointer "" (RFC 6901: the whole document). One that concerns a query
parameter has its name as pointer and `"in": "query"`. A crash is a 500 with the trace id of its log line, no more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import asyncpg
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from shared.http.check_only import Checked, on_checked
from shared.http.encoding import ACCEPTED, BadEncoding
from shared.http.validation import refusals_of
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.json_keys import json_pointer

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_S: Final = 1


class Pending(Exception):
    """The command was taken, its result is not there yet: 202 with the id to ask for it under `/v1/commands/{id}`."""

    def __init__(self, command_id: str) -> None:
        super().__init__(command_id)
        self.command_id = command_id


class Unavailable(Rejection):
    """Something this request needs is not there right now: 503 with `Retry-After`; the same request may work soon.

    429 where it is the caller who has had his share.
    """

    def __init__(self, code: str, detail: str, *, retry_after_s: int = RETRY_AFTER_S, status: int = 503) -> None:
        super().__init__(code, detail, status=status)
        self.retry_after_s = retry_after_s


class BadParameter(Rejection):
    """A query parameter (or header) that can't be used as it is; `place` says which kind."""

    def __init__(self, name: str, detail: str, *, code: str = "invalid", status: int = 422) -> None:
        super().__init__(code, detail, pointer=json_pointer(name), status=status)
        self.place = "query"


def not_found(kind: str, key: str) -> Rejection:
    """There is no such thing under this path: 404."""
    return Rejection("not_found", f"there is no {kind} {key!r}", status=404)


def key_reused() -> Rejection:
    """An Idempotency-Key that stands for another request already."""
    return Rejection(
        "idempotency_key_reused",
        "this Idempotency-Key was used with another request; use a new key for a new request",
    )


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    trace_id: str,
    errors: Sequence[Mapping[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer itself. Without `errors` it carries one, for the whole request."""
    body = {
        "type": f"urn:meterlog:problem:{code}",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "errors": errors or [{"pointer": "", "code": code, "detail": detail}],
        "trace_id": trace_id,
    }
    # ASCII, so that a lone surrogate quoted from a hostile body can't break the answer that refuses it.
    return Response(json.dumps(body).encode("ascii"), status, headers, MEDIA_TYPE)


def refusal_problem(refusal: Rejection, trace_id: str) -> Response:
    """A typed refusal, with each of its parts under `errors`."""
    headers = {}
    if isinstance(refusal, Unavailable):
        headers["Retry-After"] = str(refusal.retry_after_s)
    elif refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if refusal.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        headers["Accept-Encoding"] = ACCEPTED
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    several = len(refusal.all) > 1
    detail = f"{len(refusal.all)} fields are refused; see errors" if several else refusal.detail
    return problem(
        refusal.status,
        detail,
        code=refusal.code,
        trace_id=trace_id,
        errors=[_error(part) for part in refusal.all],
        headers=headers,
    )


def crash_problem(trace_id: str) -> Response:
    """A bug of ours: what happened is in the log under this trace id, and nowhere else."""
    detail = f"something went wrong on our side; report the trace id {trace_id}"
    return problem(500, detail, code="internal_error", trace_id=trace_id)


def install_problems(app: Starlette) -> None:
    """Make every refusal that leaves a route of `app` a problem."""
    app.add_exception_handler(Rejection, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(BadEncoding, _on_encoding)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Pending, _on_pending)
    app.add_exception_handler(Checked, on_checked)
    # Text that JSON admits and UTF-8 doesn't ("\ud800"), or that Postgres can't hold ("\u0000"): the caller's mistake.
    app.add_exception_handler(UnicodeEncodeError, _on_unstorable)
    app.add_exception_handler(asyncpg.CharacterNotInRepertoireError, _on_unstorable)
    app.add_exception_handler(asyncpg.UntranslatableCharacterError, _on_unstorable)


def trace_id_of(request: Request) -> str:
    return str(request.scope.get("state", {}).get("trace_id", ""))


def unstorable() -> Rejection:
    return Rejection("invalid", "text may not contain U+0000 or half of a surrogate pair; remove it")


def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Rejection)
    return refusal_problem(error, trace_id_of(request))


def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    refusals = refusals_of(error.errors(), error.body)
    first = refusals[0] if len(refusals) == 1 else Rejections(refusals)
    return refusal_problem(first, trace_id_of(request))


def _on_pending(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Pending)
    body = json.dumps({"command_id": error.command_id}).encode()
    return Response(body, 202, {"Location": f"/v1/commands/{error.command_id}"}, "application/json")


def _on_unstorable(request: Request, _error: Exception) -> Response:
    return refusal_problem(unstorable(), trace_id_of(request))


def _on_encoding(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadEncoding)
    return refusal_problem(Rejection("malformed", error.detail, status=400), trace_id_of(request))


def _on_http(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown paths and methods, bodies that it can't read."""
    assert isinstance(error, HTTPException)
    code, detail = FRAMEWORK.get(error.status_code, ("http_error", str(error.detail)))
    detail = detail.format(method=request.method, path=request.url.path)
    return problem(error.status_code, detail, code=code, trace_id=trace_id_of(request), headers=error.headers)


FRAMEWORK: Final = {
    400: ("malformed", "the body can't be read as UTF-8 JSON"),
    404: ("not_found", "there is nothing at {path}; /docs lists every path"),
    405: ("method_not_allowed", "{method} is not possible at {path}; the Allow header names what is"),
    413: ("too_large", "the body is larger than 8 MB; send it in several requests"),
}


def _error(refusal: Rejection) -> dict[str, Any]:
    error = {"pointer": refusal.pointer or "", "code": refusal.code, "detail": refusal.detail}
    place = getattr(refusal, "place", None)
    return {**error, "in": place} if place else error


def title_of(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
