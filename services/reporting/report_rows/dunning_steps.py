"""Steps of dunning that cases reached: of each case and step the last time."""

from __future__ import annotations

from typing import Final

from services.reporting.report_rows.contract import Column, Filter, RowList

LIST: Final = RowList(
    name="dunning-steps",
    definition="Steps of dunning that cases reached, the last time that each did.",
    columns=(
        Column("day", "date", "when it was reached last"),
        Column("case_id", "text", "the case"),
        Column("account_id", "text", "the account"),
        Column("step", "count", "the number of the step"),
        Column("name", "text", "what its policy calls it"),
        Column("since", "date", "since when something was overdue"),
        Column("cleared_for", "text", "why the case ended; empty while it goes on", nullable=True),
        Column("currency", "text", "the currency"),
        Column("overdue", "money", "what was overdue then"),
    ),
    source="""(
select s.reached_on as day, s.case_id, s.account_id, s.step, s.name, s.since, s.currency, s.overdue, d.cleared_for,
       format('%s/%s', s.case_id, lpad(s.seq::text, 18, '0')) as place
  from dunning_step_row s join dunning_row d on d.partition = s.partition and d.case_id = s.case_id
 where not exists (select from dunning_step_row n
                    where n.partition = s.partition and n.case_id = s.case_id and n.step = s.step and n.seq > s.seq)
) as dunning_step""",
    filters={
        "from": Filter("day", op=">=", kind="date"),
        "to": Filter("day", op="<=", kind="date"),
        "currency": Filter("currency"),
        "step": Filter("step", kind="integer"),
        "name": Filter("name"),
        "account_id": Filter("account_id"),
        "paid": Filter("cleared_for is not distinct from 'paid'", kind="boolean"),
    },
    sums=("overdue",),
)
