"""What a statement reads for somebody who is held to legal entities, as SQL, without a database."""

from __future__ import annotations

import pytest

from shared.engine.held import OPERATOR, Held, Holding, Relations
from shared.kernel.errors import Rejection

HOLDING = Holding(
    accounts="select account_id, legal_entity from owner",
    rows={
        "line": "t.invoice_id in (select invoice_id from invoice)",
        "kept_sum": "select currency, sum(net) as net from invoice group by 1",
        "free": "not exists (select 1 from every_invoice x where x.invoice_id = t.id) or own(t.payer)",
        "entity": "t.entity_id = any({held})",
    },
    common=frozenset({"plan", "view_of_mine"}),
)
RELATIONS = Relations(
    HOLDING,
    {
        **{"owner": ["account_id", "legal_entity"], "invoice": ["invoice_id", "account_id", "net", "state"]},
        **{"line": ["invoice_id", "net"], "kept_sum": ["currency", "net"], "free": ["id", "payer"], "plan": ["id"]},
        **{"entity": ["entity_id"], "state": ["kind", "value"], "view_of_mine": ["owner"], "mail": ["account_id"]},
    },
    durable=("view_of_mine", "mail"),
)
NL = Held(frozenset({"nl"}))


def read(sql: str, *values: object, held: Held = NL) -> str:
    text, _ = RELATIONS.read(sql, values, held)
    return " ".join(text.split())


def test_what_has_an_account_is_read_by_it_whatever_the_statement_says() -> None:
    shadow = "invoice as not materialized (select * from invoice t where (t.account_id in (select account_id from held_"
    for sql in (
        "select * from invoice",
        "select 1 where exists (select from invoice i where i.net > 0)",
        "select * from plan p, invoice",
        "select a.x from (select net as x from invoice) as a",
        "with some as (select * from invoice) select * from some",
    ):
        assert shadow in read(sql), sql
    text, values = RELATIONS.read("select * from invoice where net > $1", (5,), NL)
    assert "any($2::text[])" in text and values == (5, ["nl"])


def test_rules_stand_behind_those_that_they_read_and_sums_are_made_anew() -> None:
    for sql in ("select * from line", "select net from kept_sum"):
        text = read(sql)
        assert text.index("invoice as") < max(text.find("line as not"), text.find("kept_sum as not")), sql
    free = read("select * from free")
    assert "every_invoice as not materialized (select * from invoice)" in free
    assert "invoice as not materialized (select * from invoice t" not in free.replace("every_invoice", "")
    assert "t.entity_id = any($1::text[])" in read("select * from entity")


def test_who_is_held_to_the_operator_sees_what_is_of_nobody() -> None:
    text = read("select * from invoice", held=Held(frozenset({OPERATOR, "nl"})))
    assert "not exists (select 1 from held_account o where o.account_id = t.account_id)" in text
    assert "not (coalesce(a.legal_entity, 'operator') = any($1::text[]))" in text


def test_reference_data_is_read_as_it_is_and_what_says_nothing_not_at_all() -> None:
    for sql in ("select * from plan", "select * from durable.view_of_mine", "insert into view_of_mine values (1)"):
        assert read(sql) == sql
    assert read("select 'from state' as text, state from plan") == "select 'from state' as text, state from plan"
    for sql in (
        "select * from state",
        "select 1 from plan join lateral (select 1 from state) s on true",
        "select * from plan, state",
        "delete from state",
    ):
        with pytest.raises(Rejection) as refused:
            read(sql)
        assert (refused.value.code, refused.value.status) == ("out_of_entity", 403), sql
    assert "from mail" in read("select * from durable.mail") and "from durable.mail t" in read("select * from mail")
