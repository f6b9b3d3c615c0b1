/** The list of outages, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Sums } from "../correction/ResultsPager";
import { outageActions } from "./actions";
import { outagePath, type Outage, type OutagePage } from "./queries";
import { Whom } from "./Whom";

export const outageList: ListSpec<Outage, OutagePage, Question<"/v1/outages">, "outages"> = {
  name: "outages",
  words: "outages",
  icon: "warning",
  read: (query, signal) => answer(api.GET("/v1/outages", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-recorded_at" }, counted: true },
    { id: "to_confirm", query: { status: ["previewed", "running"], sort: "-recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "completed", query: { status: ["completed"], sort: "-recorded_at" } },
  ],
  filters: [
    { kind: "text", name: "id", label: "outages.search", max: 64 },
    { kind: "linked", name: "plan_id", label: "outages.plan_is", drop: "outages.drop_plan", max: 64, many: true },
  ],
  columns: [
    { id: "reason", title: "outage.reason", render: ({ id, reason }) => <Link to={outagePath(id)} dir="auto">{reason}</Link> },
    instant("start", "outage.start", { sort: "from" }),
    instant("end", "outage.end"),
    { id: "whom", title: "outage.whom", render: (outage) => <Whom outage={outage} /> },
    { id: "status", title: "outage.status", render: ({ status }) => <StatusTag kind="correction" status={status} /> },
    count("accounts", "outage.accounts"),
    count("credited", "outage.credited"),
    { id: "totals", title: "outage.total", align: "end", render: ({ totals }) => <Sums totals={totals} /> },
    instant("recorded_at", "outage.recorded_at", { extra: true, sort: "recorded_at" }),
  ],
  totals: [],
  actions: (outage) => <OutageMenu outage={outage} />,
  create: { label: "outages.create", Drawer: lazy(() => import("./OutageDrawer")) },
};

function OutageMenu({ outage }: { outage: Outage }) {
  const { t } = useI18n();
  return <ActionMenu thing={outage} actions={outageActions} label={t("outage.actions", { name: outage.reason })} open={{ to: outagePath(outage.id), icon: "warning" }} />;
}
