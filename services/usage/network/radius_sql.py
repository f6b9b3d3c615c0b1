"""FreeRADIUS's own tables: what a line gets when it logs in next. For what happens to its session now, see radius_coa.

    blocked      radcheck      ann  Auth-Type := Reject
    throttled    radusergroup  ann  meterlog:slow
    mikrotik     radgroupreply meterlog:slow  Mikrotik-Rate-Limit := 5000k/20000k

What a group gets is said here where the vendor is `mikrotik` or `cisco`, with the rates of the line that is told; with
`generic` the operator says it in radgroupreply. Only rows of ours are touched: Auth-Type Reject in radcheck, groups
that begin with `meterlog:`, and of those the vendor's attribute. The address is the database's,
`postgresql://radius@db/radius`; its password is the secret.
"""

from __future__ import annotations

from typing import Final

from services.usage.network.contract import CannotTell, Driver, Example, Line, Rates, SqlRequest, Wanted
from services.usage.network.radius_coa import rate_attributes

GROUP: Final = "meterlog:"

Statement = tuple[str, tuple[str, ...]]

_ADMIT: Final = "delete from radcheck where username = $1 and attribute = 'Auth-Type' and value = 'Reject'"
_REJECT: Final = "insert into radcheck (username, attribute, op, value) values ($1, 'Auth-Type', ':=', 'Reject')"
_LEAVE: Final = "delete from radusergroup where username = $1 and groupname like 'meterlog:%'"
_JOIN: Final = "insert into radusergroup (username, groupname, priority) values ($1, $2, 1)"
# Lines of one group are told at the same time.
_ALONE: Final = "select pg_advisory_xact_lock(hashtext($1))"
_FORGET: Final = "delete from radgroupreply where groupname = $1 and attribute = $2"
_GIVE: Final = "insert into radgroupreply (groupname, attribute, op, value) values ($1, $2, $3, $4)"


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[SqlRequest, ...]:
    users = line.named("user:")
    if not users:
        raise CannotTell("the line has no resource user:<name>, which is what FreeRADIUS knows it by")
    told = [statement for user in users for statement in _of(wanted, user)]
    if wanted.state != "blocked" and wanted.rates is not None and vendor != "generic":
        told += _rates_of_group(wanted.rates, vendor)
    return (SqlRequest(tuple(told)),)


def _of(wanted: Wanted, user: str) -> list[Statement]:
    statements: list[Statement] = [(_ADMIT, (user,)), (_LEAVE, (user,))]
    if wanted.state == "blocked":
        statements.append((_REJECT, (user,)))
    elif wanted.rates is not None:
        statements.append((_JOIN, (user, GROUP + wanted.rates.profile)))
    return statements


def _rates_of_group(rates: Rates, vendor: str) -> list[Statement]:
    group = GROUP + rates.profile
    attributes = rate_attributes(rates, vendor)
    names = dict.fromkeys(name for name, _ in attributes)
    given = [(_GIVE, (group, name, "+=" if n else ":=", value)) for n, (name, value) in enumerate(attributes)]
    return [(_ALONE, (group,)), *((_FORGET, (group, name)) for name in names), *given]


_ANN: Final = Line("subscription:sub-1", ("user:ann",))
_SLOW: Final = Rates(profile="slow", down_kbps=20_000, up_kbps=5_000)
_CLEAN: Final = ((_ADMIT, ("ann",)), (_LEAVE, ("ann",)))

DRIVER: Final = Driver(
    name="radius_sql",
    render=render,
    vendors=frozenset({"generic", "mikrotik", "cisco"}),
    examples=(
        Example(Wanted("blocked"), _ANN, "generic", (SqlRequest((*_CLEAN, (_REJECT, ("ann",)))),)),
        Example(
            Wanted("throttled", Rates(profile="slow")),
            _ANN,
            "generic",
            (SqlRequest((*_CLEAN, (_JOIN, ("ann", "meterlog:slow")))),),
        ),
        Example(
            Wanted("throttled", _SLOW),
            _ANN,
            "mikrotik",
            (
                SqlRequest(
                    (
                        *_CLEAN,
                        (_JOIN, ("ann", "meterlog:slow")),
                        (_ALONE, ("meterlog:slow",)),
                        (_FORGET, ("meterlog:slow", "Mikrotik-Rate-Limit")),
                        (_GIVE, ("meterlog:slow", "Mikrotik-Rate-Limit", ":=", "5000k/20000k")),
                    )
                ),
            ),
        ),
        Example(
            Wanted("open", _SLOW),
            _ANN,
            "cisco",
            (
                SqlRequest(
                    (
                        *_CLEAN,
                        (_JOIN, ("ann", "meterlog:slow")),
                        (_ALONE, ("meterlog:slow",)),
                        (_FORGET, ("meterlog:slow", "Cisco-AVPair")),
                        (_GIVE, ("meterlog:slow", "Cisco-AVPair", ":=", "ip:sub-qos-policy-in=slow")),
                        (_GIVE, ("meterlog:slow", "Cisco-AVPair", "+=", "ip:sub-qos-policy-out=slow")),
                    )
                ),
            ),
        ),
        Example(Wanted("throttled", Rates(profile="slow")), _ANN, "mikrotik", None),
        Example(Wanted("blocked"), _ANN, "mikrotik", (SqlRequest((*_CLEAN, (_REJECT, ("ann",)))),)),
        Example(Wanted("open"), _ANN, "generic", (SqlRequest(_CLEAN),)),
        Example(Wanted("open"), Line("subscription:sub-1", ("mac:00:1b:44:11:3a:b7",)), "generic", None),
    ),
)
