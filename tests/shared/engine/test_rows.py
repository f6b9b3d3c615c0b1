"""Row classes: the statements they give, on real Postgres, and what is refused where they are declared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

import asyncpg
import msgspec
import pytest
import pytest_asyncio

from shared.engine.rows import Amount, Change, Columns, Digits, Jsonb, Row, columns, jsonb
from shared.engine.service import Applied, AppliedOf
from shared.engine.tables import Tables, copy, insert, update, upsert
from shared.engine.taken import rows_of
from shared.kernel.message import Event
from tests.kit.any_event import envelope_of
from tests.kit.servers import FreshEnvironment
from tests.kit.tables import Typed, tables

pytestmark = pytest.mark.databases("payments")

SQL = """
create temporary table jar (
    partition int     not null,   -- the owner
    jar_id    text    not null, kind text not null,
    coins     numeric not null,
    currency  text    not null,
    size      integer not null,
    note      text,
    since     date,
    filled_at timestamptz,
    full_     boolean not null default false,
    tags      jsonb   not null,
    weight    numeric check (weight > 0 or weight < 0),
    seal      bytea,
    primary key (partition, jar_id)
) with (fillfactor = 70);
create temporary table list (
    partition int not null, id text not null, ns smallint[] not null, primary key (partition, id)
);
"""


class JarRow(Row, frozen=True, kw_only=True):
    TABLE = "jar"
    KEY = ("jar_id",)

    jar_id: str
    kind: Literal["glass", "tin"] = "tin"
    coins: Amount
    currency: str = "EUR"
    size: int = 1
    note: str | None = None
    since: date | None = None
    filled_at: datetime | None = None
    full_: bool = False
    tags: Jsonb = jsonb([])
    weight: Digits | None = None
    seal: bytes | None = None


class Filled(Change, frozen=True, kw_only=True):
    TABLE = "jar"
    KEY = ("jar_id",)

    jar_id: str
    coins: Amount
    size: int = 1


class ListRow(Row, frozen=True, kw_only=True):
    TABLE = "list"
    KEY = ("id",)

    id: str
    ns: tuple[int, ...]


class JarBought(Event, frozen=True, kw_only=True):
    KEY_FIELD = "jar_id"

    jar_id: str
    coins: Decimal
    colour: str = "red"


FULL = JarRow(
    jar_id="b",
    kind="glass",
    coins=Decimal("2.50"),
    size=7,
    note="it's",
    since=date(2026, 9, 1),
    filled_at=datetime(2026, 9, 1, 12, tzinfo=UTC),
    full_=True,
    tags=jsonb({"price": Decimal("1.10")}),
    weight=Digits("123456789012345678901234.5"),
    seal=b"\x00\x01",
)


def jar(jar_id: str, coins: str = "1.00", size: int = 1) -> JarRow:
    return JarRow(jar_id=jar_id, coins=Decimal(coins), size=size)


def filled(jar_id: str, coins: str, size: int = 1) -> Filled:
    return Filled(jar_id=jar_id, coins=Decimal(coins), size=size)


def add_sizes(earlier: Filled, later: Filled) -> Filled:
    return msgspec.structs.replace(later, size=earlier.size + later.size)


def test_a_row_takes_from_an_event_what_has_its_name() -> None:
    bought = JarBought(jar_id="a", coins=Decimal("3"))
    assert JarRow.of(bought) == JarRow(jar_id="a", coins=Decimal("3"))
    assert JarRow.of(bought, coins=Decimal("4"), note="dear").coins == Decimal("4")
    with pytest.raises(TypeError, match="coins"):
        JarRow.of(ListRow(id="a", ns=()), jar_id="a")


def test_the_columns_say_their_types() -> None:
    by_name = {column.name: column for column in columns(JarRow)}
    assert by_name["coins"].amount and by_name["coins"].kind == "numeric"
    assert (by_name["weight"].kind, by_name["weight"].sent, by_name["weight"].nullable) == ("numeric", "text", True)
    assert by_name["kind"].kind == "text"


def test_a_batch_is_one_statement_with_an_array_for_each_column() -> None:
    assert update(Filled).sql == (
        "update jar as t set coins = new.coins, size = new.size"
        " from (select jar_id, coins, size from unnest($2::text[], $3::numeric[], $4::bigint[]) as sent (jar_id, coins,"
        " size)) as new where t.partition = $1 and t.jar_id = new.jar_id"
    )


def test_what_postgres_would_refuse_or_lose_is_refused_where_it_is_declared() -> None:
    class Odd(Row, frozen=True, kw_only=True):
        TABLE = "odd"
        KEY = ("id",)
        id: set[str]

    with pytest.raises(TypeError, match="no kind of column"):
        columns(Odd)
    with pytest.raises(TypeError, match="only `copy`"):
        insert(ListRow)
    with pytest.raises(TypeError, match="no column colour"):
        update(Filled, sets={"colour": "'red'"})
    with pytest.raises(TypeError, match="merged"):
        update(Filled, sets={"size": "t.size + new.size"})


def test_tables_are_read_as_they_are_written() -> None:
    found = tables(SQL.replace("temporary ", ""))
    assert found["jar"].columns["kind"] == Typed("text", False)
    assert found["jar"].columns["weight"] == Typed("numeric", True)
    assert found["jar"].key == ("partition", "jar_id")
    assert found["list"].columns["ns"] == Typed("smallint[]", False)


@pytest_asyncio.fixture(loop_scope="session")
async def connection(fresh_env: FreshEnvironment) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(fresh_env.settings.postgres_dsn_of("payments"))
    await connection.execute(SQL)
    yield connection
    await connection.close()


async def coins(connection: Any) -> dict[str, tuple[str, int]]:
    rows = await connection.fetch("select jar_id, coins, size from jar where partition = 3")
    return {row["jar_id"]: (str(row["coins"]), row["size"]) for row in rows}


@pytest.mark.servers
@pytest.mark.parametrize("statement", [insert(JarRow), copy(JarRow), upsert(JarRow), insert(JarRow, known="kept")])
async def test_a_row_is_written_with_all_its_values(connection: Any, statement: Any) -> None:
    await Tables(statement).write(connection, 3, [jar("a"), FULL])
    plain, full = await connection.fetch("select * from jar order by jar_id")
    assert dict(plain) == {"partition": 3, **msgspec.structs.asdict(jar("a"))}
    expected = {"partition": 3, **msgspec.structs.asdict(FULL), "weight": Decimal(FULL.weight or 0)}
    assert dict(full) == {**expected, "tags": '{"price": "1.10"}'}


@pytest.mark.servers
async def test_a_second_row_of_a_key_is_refused_kept_or_replaces_the_first(connection: Any) -> None:
    await insert(JarRow).write(connection, 3, [jar("a", "1")])
    with pytest.raises(asyncpg.UniqueViolationError):
        await insert(JarRow).write(connection, 3, [jar("a", "2")])
    await insert(JarRow, known="kept").write(connection, 3, [jar("a", "2")])
    assert await coins(connection) == {"a": ("1", 1)}
    await upsert(JarRow).write(connection, 3, [jar("a", "3"), jar("b", "4"), jar("a", "5")])
    assert await coins(connection) == {"a": ("5", 1), "b": ("4", 1)}


@pytest.mark.servers
async def test_a_change_reaches_only_its_rows_and_the_last_of_a_batch_counts(connection: Any) -> None:
    written = Tables(insert(JarRow), update(Filled))
    await written.write(connection, 2, [jar("a", "9")])
    await written.write(connection, 3, [filled("a", "2"), jar("a", "1"), jar("b", "1"), filled("a", "3", size=5)])
    assert await coins(connection) == {"a": ("3", 5), "b": ("1", 1)}
    assert await connection.fetchval("select coins from jar where partition = 2") == Decimal(9)


@pytest.mark.servers
async def test_what_begins_anew_is_not_changed_by_what_its_earlier_life_ended_with(connection: Any) -> None:
    def rows(applied: Applied) -> list[Columns]:
        bought = applied.event
        assert isinstance(bought, JarBought)
        return [JarRow.of(bought) if bought.colour == "red" else Filled.of(bought)]

    emptied = [JarBought(jar_id="a", coins=Decimal(n), colour=colour) for n, colour in ((1, "red"), (0, "empty"))]
    again = JarBought(jar_id="a", coins=Decimal(7))
    batch = [Applied(event, envelope_of("toy.JarBought.v1", event), 0) for event in (*emptied, again)]
    written = Tables(upsert(JarRow), update(Filled))

    await written.projection(rows)(connection, 3, batch)
    assert await coins(connection) == {"a": ("0", 1)}
    await written.projection(rows, anew=(JarBought,))(connection, 3, batch)
    assert await coins(connection) == {"a": ("7", 1)}


class JarBroken(Event, frozen=True, kw_only=True):
    KEY_FIELD = "jar_id"

    jar_id: str


class Written:
    """A connection that keeps what it is told to write."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []

    async def execute(self, sql: str, *arguments: Any) -> None:
        self.rows.append(arguments)


async def test_a_function_is_asked_only_for_rows_of_events_that_it_says_it_takes() -> None:
    def rows(applied: AppliedOf[JarBought]) -> list[Columns]:
        return [JarRow.of(applied.event)]

    def any_rows(applied: Applied) -> list[Columns]:
        return [jar(applied.event.jar_id)]

    events = (JarBought(jar_id="a", coins=Decimal(1)), JarBroken(jar_id="b"))
    batch = [Applied(event, envelope_of("toy.JarBought.v1", event), 0) for event in events]
    for write, ids in ((rows, ("a",)), (any_rows, ("a", "b"))):
        connection = Written()
        await Tables(insert(JarRow)).projection(write)(connection, 3, batch)  # type: ignore[arg-type]
        assert [row[1] for row in connection.rows] == [ids]


def test_rows_of_an_event_that_would_never_be_asked_for_are_a_mistake() -> None:
    def rows(applied: AppliedOf[JarBought]) -> list[Columns]:
        return [jar("a")] if isinstance(applied.event, JarBroken) else []

    with pytest.raises(TypeError, match="writes rows of JarBroken: say so of `applied`"):
        rows_of(rows)


@pytest.mark.servers
async def test_what_is_added_to_is_added_once_for_each_row_of_a_batch(connection: Any) -> None:
    written = Tables(insert(JarRow), update(Filled, sets={"size": "t.size + new.size"}, merge=add_sizes))
    await written.write(connection, 3, [jar("a", size=10), filled("a", "2"), filled("a", "3", size=4)])
    assert await coins(connection) == {"a": ("3", 15)}


@pytest.mark.servers
async def test_arrays_are_copied(connection: Any) -> None:
    await copy(ListRow).write(connection, 3, [ListRow(id="a", ns=(1, 2)), ListRow(id="b", ns=())])
    assert await connection.fetchval("select ns from list where id = 'a'") == [1, 2]
