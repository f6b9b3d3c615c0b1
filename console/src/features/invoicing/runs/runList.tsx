/** The list of billing runs, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { formatDate } from "../../../lib/time";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { runActions } from "./actions";
import { runPath, type Run, type RunPage } from "./queries";
import { KindText, ScopeText, Sums } from "./RunFacts";

export const runList: ListSpec<Run, RunPage, Question<"/v1/billing-runs">, "runs"> = {
  name: "billing-runs",
  words: "runs",
  icon: "play",
  read: (query, signal) => answer(api.GET("/v1/billing-runs", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-started_at" }, counted: true },
    { id: "to_confirm", query: { to_confirm: true, sort: "-started_at" }, counted: true, icon: "checkCircle" },
    { id: "running", query: { status: ["running"], sort: "-started_at" }, counted: true },
    { id: "completed", query: { status: ["completed"], sort: "-started_at" } },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["runs.from", "runs.to"] },
    { kind: "linked", name: "cycle_id", label: "runs.cycle_is", drop: "runs.drop_cycle", max: 64, many: true },
  ],
  columns: [
    { id: "run", title: "run.target_date", sort: "target_date", render: (run) => <RunLink run={run} /> },
    { id: "scope", title: "run.scope", render: (run) => <ScopeText run={run} /> },
    { id: "status", title: "run.status", render: ({ status }) => <StatusTag kind="run" status={status} /> },
    { id: "kind", title: "run.kind_of", render: (run) => <KindText run={run} /> },
    count("accounts", "run.accounts", { extra: true }),
    count("invoices", "run.invoices"),
    count("deferred", "run.deferred", { extra: true }),
    { id: "failed", title: "run.failed", align: "end", render: ({ failed }) => <span className={failed > 0 ? "danger-text number" : "number"}>{failed}</span> },
    { id: "totals", title: "run.total", align: "end", render: ({ totals }) => <Sums totals={totals} /> },
    instant("started_at", "run.started_at", { sort: "started_at" }),
    code("id", "run.id", { extra: true }),
  ],
  totals: [],
  actions: (run) => <Menu run={run} />,
  create: { label: "runs.create", Drawer: lazy(() => import("./RunDrawer")) },
};

function RunLink({ run: { id, target_date } }: { run: Run }) {
  const { locale } = useI18n();
  return <Link className="nowrap" dir="auto" to={runPath(id)}>{formatDate(locale, target_date)}</Link>;
}

function Menu({ run }: { run: Run }) {
  const { t } = useI18n();
  return <ActionMenu thing={run} actions={runActions} label={t("run.actions", { id: run.id })} open={{ to: runPath(run.id), icon: "play" }} />;
}
