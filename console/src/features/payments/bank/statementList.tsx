/** Bank statements, as data for the list kit: what came, how much of it is matched, and what waits for a person. */
import { lazy } from "react";
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { date, instant, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { statementActions } from "./actions";
import { readStatements, statementPath, type Statement, type StatementPage } from "./queries";

type StatementList = ListSpec<Statement, StatementPage, Question<"/v1/bank-statements">, "statements">;

export const statementList: StatementList = {
  name: "bank_statements",
  words: "statements",
  icon: "up",
  read: readStatements,
  tabs: [
    { id: "waiting", query: { waiting: true, sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "all", query: { sort: "-recorded_at" } },
  ],
  filters: [
    { kind: "text", name: "bank_account", label: "statements.bank_account", max: 64 },
    { kind: "dates", from: "from", to: "to", labels: ["statements.from", "statements.to"] },
  ],
  columns: [
    { id: "name", title: "bank_statement.name", render: (one) => <Link to={statementPath(one.id)} dir="auto">{one.name || one.reference || one.id}</Link> },
    { id: "status", title: "bank_statement.status", render: ({ status }) => <StatusTag kind="statement" status={status} /> },
    { id: "bank_account", title: "bank_statement.bank_account", render: ({ bank_account }) => <span dir="ltr">{bank_account}</span> },
    { id: "entries", title: "bank_statement.entries", align: "end", render: ({ taken }) => <Count value={taken} /> },
    { id: "exact", title: "bank_statement.exact", align: "end", render: ({ counts }) => <Count value={counts.exact} /> },
    { id: "waiting", title: "bank_statement.waiting", align: "end", render: ({ counts }) => <Count value={counts.probable + counts.unmatched} /> },
    { id: "booked", title: "bank_statement.booked", align: "end", render: ({ counts }) => <Count value={counts.booked} /> },
    money("net", "bank_statement.net"),
    date("to_on", "bank_statement.to_on", { sort: "to_on" }),
    instant("recorded_at", "bank_statement.recorded_at", { sort: "recorded_at", extra: true }),
  ],
  totals: [],
  actions: (statement) => <StatementMenu statement={statement} />,
  create: { label: "statements.create", Drawer: lazy(() => import("./StatementDrawer")) },
};

function StatementMenu({ statement }: { statement: Statement }) {
  const { t } = useI18n();
  return <ActionMenu thing={statement} actions={statementActions} label={t("bank_statement.actions", { name: statement.name || statement.id })} open={{ to: statementPath(statement.id), icon: "right" }} />;
}
