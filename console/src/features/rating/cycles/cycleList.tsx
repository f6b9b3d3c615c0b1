/** The list of billing cycles, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import type { ListState } from "../../../lib/listState";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, date, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count } from "../../../ui/Value";
import { cycleActions } from "./actions";
import { FrequencyText } from "./Frequency";
import type { Cycle, CyclePage } from "./queries";

export const cycleList: ListSpec<Cycle, CyclePage, Question<"/v1/billing-cycles">, "cycles"> = {
  name: "billing-cycles",
  words: "cycles",
  icon: "calendar",
  read: (query, signal) => answer(api.GET("/v1/billing-cycles", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [{ kind: "text", name: "name", label: "cycles.search", max: 200 }],
  columns: [
    { id: "name", title: "cycle.name", sort: "name", render: (cycle, list) => <Link to={list.href({ cycle: cycle.id, page: String(list.page) })} dir="auto">{cycle.name}</Link> },
    { id: "frequency", title: "cycle.frequency", render: (cycle) => <FrequencyText cycle={cycle} /> },
    { id: "time_zone", title: "cycle.time_zone", render: ({ time_zone }) => <span dir="ltr">{time_zone}</span> },
    { id: "customers", title: "cycle.customers", align: "end", render: ({ id, accounts }) => (accounts === 0 ? <Count value={0} /> : <Link to={customersPath(id)}><Count value={accounts} /></Link>) },
    date("next_close", "cycle.next_close"),
    code("id", "cycle.id"),
    instant("defined_at", "cycle.defined_at", { extra: true, sort: "defined_at" }),
    count("version", "cycle.version", { extra: true }),
  ],
  totals: [],
  actions: (cycle) => <CycleMenu cycle={cycle} />,
  create: { label: "cycles.create", Drawer: lazy(() => import("./CycleDrawer")) },
};

function CycleMenu({ cycle }: { cycle: Cycle }) {
  const { t } = useI18n();
  return <ActionMenu thing={cycle} actions={cycleActions} label={t("cycle.actions", { name: cycle.name })} open={{ to: `?cycle=${encodeURIComponent(cycle.id)}`, icon: "calendar" }} />;
}

export function customersPath(cycleId: string): string {
  return `/customers?cycle_id=${encodeURIComponent(cycleId)}`;
}

/** The cycle that the URL opens beside the list. */
export function cycleOf(list: ListState): string | null {
  return list.get("cycle");
}
