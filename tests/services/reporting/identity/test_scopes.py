"""A scope is an area and a verb: every path is in one area, and a scope only takes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.reporting.identity.areas import AREAS, allowed_words, check_scopes, may_any
from shared.http.auth import ROLES, Tokens
from shared.http.scopes import ACCESS, NOTHING, OWN, admits
from shared.kernel.errors import Rejection

OPENAPI = Path(__file__).parents[4] / "console" / "openapi.json"


def test_every_path_is_in_an_area_that_a_scope_can_name() -> None:
    paths = json.loads(OPENAPI.read_text())["paths"]
    areas = {path.split("/")[2] for path in paths}
    assert areas - {*AREAS, *ACCESS, *OWN} == set()
    assert not set(AREAS) & {*ACCESS, *OWN}


@pytest.mark.parametrize(
    ("scopes",             "method",   "path",                              "admitted"),
    [
        (["payments:read"],  "GET",    "/v1/payments/pay-1",                True),
        (["payments:read"],  "HEAD",   "/v1/payments",                      True),
        (["payments:read"],  "POST",   "/v1/payments",                      False),
        (["payments:write"], "GET",    "/v1/payments",                      True),
        (["payments:write"], "DELETE", "/v1/payments/x",                    True),
        (["payments:write"], "GET",    "/v1/payment-settings",              False),
        (["payment:write"],  "GET",    "/v1/payments",                      False),
        (["*:read"],         "GET",    "/v1/anything-of-tomorrow",          True),
        (["*:read"],         "PUT",    "/v1/anything-of-tomorrow",          False),
        (["*:write"],        "PUT",    "/v1/plans/p",                       True),
        (["*:write"],        "POST",   "/v1/users",                         False),
        (["*:write"],        "GET",    "/v1/users",                         True),
        (["users:write"],    "POST",   "/v1/users",                         False),
        ([],                 "GET",    "/v1/invoices",                      False),
        ([],                 "GET",    "/v1/session",                       True),
        ([],                 "POST",   "/v1/session/second-factor",         True),
        ([],                 "GET",    "/v1/commands/rating-1",             True),
        ([],                 "GET",    "/v1/sessionx",                      False),
        ([],                 "GET",    "/v1",                               False),
        ([],                 "GET",    "/v1/",                              False),
    ],
)  # fmt: skip
def test_a_scope_admits_its_area_and_nothing_else(scopes: list[str], method: str, path: str, admitted: bool) -> None:
    assert admits((frozenset(scopes),), method, path) is admitted
    assert admits((), method, path)


def test_each_of_several_sets_has_to_admit() -> None:
    both = (frozenset({"payments:write", "invoices:read"}), frozenset({"payments:read"}))
    assert admits(both, "GET", "/v1/payments")
    assert not admits(both, "POST", "/v1/payments")
    assert not admits(both, "GET", "/v1/invoices")
    assert may_any(both, "*", "read") and not may_any(both, "*", "write")
    assert not may_any(NOTHING, "*", "read")


@pytest.mark.parametrize("scope", ["invoices", "invoices:", ":read", "invoices:execute", "nothing:read", "*:*", ""])
def test_what_is_no_scope_is_refused(scope: str) -> None:
    with pytest.raises(Rejection) as refused:
        check_scopes(["*:read", scope])
    assert (refused.value.code, refused.value.pointer) == ("unknown_scope", "/scopes/1")


@pytest.mark.parametrize("area", ACCESS)
def test_no_scope_gives_rights(area: str) -> None:
    check_scopes([f"{area}:read"])
    with pytest.raises(Rejection) as refused:
        check_scopes([f"{area}:write"])
    assert refused.value.code == "scope_not_grantable"
    assert not admits((frozenset({f"{area}:write"}),), "POST", f"/v1/{area}")


def test_a_token_carries_its_restrictions_and_loses_none() -> None:
    tokens = Tokens("k")
    token = tokens.issue(
        "key:1", "billing", role_name="cashier", restrictions=(frozenset({"payments:write"}), frozenset()), session="s1"
    )
    caller = Tokens("k").verify(token)
    assert caller.restrictions == (frozenset({"payments:write"}), frozenset())
    assert (caller.role, caller.role_name, caller.session) == ("billing", "cashier", "s1")
    plain = Tokens("k").verify(tokens.issue("key:1", "billing"))
    assert (plain.role_name, plain.restrictions, plain.session) == ("billing", (), None)


@pytest.mark.parametrize("role", ROLES)
def test_words_of_a_role_that_is_held_to_nothing_are_few(role: str) -> None:
    assert set(allowed_words(role, NOTHING)) <= {"personal_data"}
    assert allowed_words(role) == ROLES[role].may
