/** Runs of direct debits and the debits of one, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { debitActions, runActions } from "./actions";
import { readDebits, readRuns, runPath, type Debit, type DebitPage, type DebitQuestion, type Run, type RunPage } from "./queries";

export const runList: ListSpec<Run, RunPage, NonNullable<Question<"/v1/direct-debits">>, "debit_runs"> = {
  name: "debit_runs",
  words: "debit_runs",
  icon: "swap",
  read: readRuns,
  tabs: [
    { id: "open", query: { status: ["open", "submitted"], sort: "collection_date" }, counted: true, icon: "checkCircle" },
    { id: "all", query: { sort: "-collection_date" } },
  ],
  filters: [{ kind: "dates", from: "from", to: "to", labels: ["debit_runs.from", "debit_runs.to"] }],
  columns: [
    { id: "id", title: "run_debits.id", render: ({ id }) => <Link to={runPath(id)} dir="ltr">{id}</Link> },
    { id: "status", title: "run_debits.status", render: ({ status }) => <StatusTag kind="debits" status={status} /> },
    date("collection_date", "run_debits.collection_date", { sort: "collection_date" }),
    { id: "debits", title: "run_debits.debits", align: "end", render: ({ debits }) => <Count value={debits} /> },
    { id: "returned", title: "run_debits.returned", align: "end", render: ({ counts }) => <Count value={counts.returned} /> },
    money("total", "run_debits.total"),
    money("collected", "run_debits.collected"),
  ],
  totals: [["amount", "run_debits.total"], ["collected", "run_debits.collected"]],
  actions: (run) => <RunMenu run={run} />,
  create: { label: "debit_runs.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).RunDrawer })) },
};

export function debitList(run_id: string): ListSpec<Debit, DebitPage, DebitQuestion, "run_debits"> {
  return {
    name: "debits",
    words: "run_debits",
    icon: "swap",
    read: readDebits,
    tabs: [
      { id: "all", query: { run_id } },
      { id: "returned", query: { run_id, status: ["returned", "refused"] }, counted: true, icon: "checkCircle" },
    ],
    filters: [{ kind: "text", name: "account_id", label: "debit.account", max: 64 }],
    columns: [
      { id: "number", title: "debit.number", render: ({ invoice_id, number }) => <Link to={`/invoices/${encodeURIComponent(invoice_id)}`} dir="ltr">{number || invoice_id}</Link> },
      { id: "account", title: "debit.account", render: ({ account_id }) => <Link to={`/customers/${encodeURIComponent(account_id)}`} dir="ltr">{account_id}</Link> },
      { id: "status", title: "debit.status", render: ({ status, code, detail }) => <><StatusTag kind="debit" status={status} />{code && <span className="small muted below" dir="auto">{code}: {detail}</span>}</> },
      { id: "sequence", title: "debit.sequence", render: ({ sequence }) => <span dir="ltr">{sequence}</span> },
      money("amount", "debit.amount", { sort: "amount" }),
    ],
    totals: [["amount", "debit.amount"]],
    actions: (debit) => <DebitMenu debit={{ ...debit, run_id }} />,
  };
}

function RunMenu({ run }: { run: Run }) {
  const { t } = useI18n();
  return <ActionMenu thing={run} actions={runActions} label={t("run_debits.actions", { name: run.id })} open={{ to: runPath(run.id), icon: "right" }} />;
}

function DebitMenu({ debit }: { debit: Debit & { run_id: string } }) {
  const { t } = useI18n();
  return <ActionMenu thing={debit} actions={debitActions} label={t("debit.actions")} />;
}
