/** The list of reratings, as data for the list kit. */
import { Link, Navigate } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { PlanName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { PeriodText } from "../../../ui/Value";
import { Sums } from "../correction/ResultsPager";
import { reratingActions } from "./actions";
import { reratingPath, type Rerating, type ReratingPage } from "./queries";

export const reratingList: ListSpec<Rerating, ReratingPage, Question<"/v1/reratings">, "reratings"> = {
  name: "reratings",
  words: "reratings",
  icon: "swap",
  read: (query, signal) => answer(api.GET("/v1/reratings", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-started_at" }, counted: true },
    { id: "to_confirm", query: { status: ["previewed", "running"], sort: "-started_at" }, counted: true, icon: "checkCircle" },
    { id: "completed", query: { status: ["completed"], sort: "-started_at" } },
  ],
  filters: [
    { kind: "text", name: "id", label: "reratings.search", max: 64 },
    { kind: "linked", name: "plan_id", label: "reratings.plan_is", drop: "reratings.drop_plan", max: 64, many: true },
  ],
  columns: [
    { id: "reason", title: "rerating.reason", render: ({ id, reason }) => <Link to={reratingPath(id)} dir="auto">{reason}</Link> },
    { id: "plan", title: "rerating.plan", render: ({ plan_id }) => <PlanName id={plan_id} link /> },
    { id: "range", title: "rerating.range", render: ({ start, end }) => <PeriodText value={{ start, end }} /> },
    { id: "status", title: "rerating.status", render: ({ status }) => <StatusTag kind="correction" status={status} /> },
    count("accounts", "rerating.accounts"),
    count("corrected", "rerating.corrected"),
    { id: "totals", title: "rerating.difference", align: "end", render: ({ totals }) => <Sums totals={totals} /> },
    instant("started_at", "rerating.started_at", { sort: "started_at" }),
  ],
  totals: [],
  actions: (rerating) => <ReratingMenu rerating={rerating} />,
  // The prices of a plan need room: a page of their own.
  create: { label: "reratings.create", Drawer: () => <Navigate to="/reratings/new" replace /> },
};

function ReratingMenu({ rerating }: { rerating: Rerating }) {
  const { t } = useI18n();
  return <ActionMenu thing={rerating} actions={reratingActions} label={t("rerating.actions", { name: rerating.reason })} open={{ to: reratingPath(rerating.id), icon: "swap" }} />;
}
