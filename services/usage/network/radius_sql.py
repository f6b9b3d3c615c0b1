"""FreeRADIUS's own tables: what a line gets when it logs in next. For what happens to its session now, see radius_coa.

    blocked      radcheck      ann  Auth-Type := Reject
    throttled    radusergroup  ann  meterlog:slow        (radgroupreply says what the group gets)

Only rows of ours are touched: Auth-Type Reject in radcheck, and groups that begin with `meterlog:`. The address is the
database's, `postgresql://radius@db/radius`; its password is the secret.
"""

from __future__ import annotations

from typing import Final

from services.usage.network.contract import CannotTell, Driver, Example, Line, Rates, SqlRequest, Wanted

GROUP: Final = "meterlog:"

_ADMIT: Final = "delete from radcheck where username = $1 and attribute = 'Auth-Type' and value = 'Reject'"
_REJECT: Final = "insert into radcheck (username, attribute, op, value) values ($1, 'Auth-Type', ':=', 'Reject')"
_LEAVE: Final = "delete from radusergroup where username = $1 and groupname like 'meterlog:%'"
_JOIN: Final = "insert into radusergroup (username, groupname, priority) values ($1, $2, 1)"


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[SqlRequest, ...]:
    users = line.named("user:")
    if not users:
        raise CannotTell("the line has no resource user:<name>, which is what FreeRADIUS knows it by")
    return (SqlRequest(tuple(statement for user in users for statement in _of(wanted, user))),)


def _of(wanted: Wanted, user: str) -> list[tuple[str, tuple[str, ...]]]:
    statements: list[tuple[str, tuple[str, ...]]] = [(_ADMIT, (user,)), (_LEAVE, (user,))]
    if wanted.state == "blocked":
        statements.append((_REJECT, (user,)))
    elif wanted.rates is not None:
        statements.append((_JOIN, (user, GROUP + wanted.rates.profile)))
    return statements


_ANN: Final = Line("subscription:sub-1", ("user:ann",))
_CLEAN: Final = ((_ADMIT, ("ann",)), (_LEAVE, ("ann",)))

DRIVER: Final = Driver(
    name="radius_sql",
    render=render,
    examples=(
        Example(Wanted("blocked"), _ANN, "generic", (SqlRequest((*_CLEAN, (_REJECT, ("ann",)))),)),
        Example(
            Wanted("throttled", Rates(profile="slow")),
            _ANN,
            "generic",
            (SqlRequest((*_CLEAN, (_JOIN, ("ann", "meterlog:slow")))),),
        ),
        Example(Wanted("open"), _ANN, "generic", (SqlRequest(_CLEAN),)),
        Example(Wanted("open"), Line("subscription:sub-1", ("mac:00:1b:44:11:3a:b7",)), "generic", None),
    ),
)
