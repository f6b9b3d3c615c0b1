/** The list of plans, as data for the list kit. */
import { Link, Navigate } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, date } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import { PlanSaid } from "./PriceSaid";
import { planActions } from "./actions";
import { planPath, type Plan, type PlanPage } from "./queries";

export const planList: ListSpec<Plan, PlanPage, Question<"/v1/plans">, "plans"> = {
  name: "plans",
  words: "plans",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/plans", { params: { query }, signal })),
  tabs: [
    { id: "on_sale", query: { status: ["in_force", "scheduled"], sort: "name" }, counted: true },
    { id: "draft", query: { status: ["draft"], sort: "name" }, counted: true },
    { id: "retired", query: { status: ["retired"], sort: "name" } },
    { id: "all", query: { sort: "name" } },
  ],
  filters: [
    { kind: "text", name: "q", label: "plans.search", max: 200 },
    { kind: "choice", name: "type", label: "plan.type", options: [["recurring", "plan.type_recurring"], ["usage", "plan.type_usage"], ["hybrid", "plan.type_hybrid"], ["one_off", "plan.type_one_off"]], many: true },
    { kind: "linked", name: "service_id", label: "plans.service_is", drop: "plans.drop_service", max: 64, many: true },
    { kind: "linked", name: "bandwidth_profile_id", label: "plans.profile_is", drop: "plans.drop_profile", max: 64, many: true },
  ],
  columns: [
    { id: "name", title: "plan.name", sort: "name", render: ({ id, name }) => <Link to={planPath(id)} dir="auto">{name}</Link> },
    code("code", "plan.code"),
    { id: "type", title: "plan.type", render: ({ type }) => <Type type={type} /> },
    { id: "price_summary", title: "plan.price", render: ({ prices, currency, price_summary }) => (prices.length === 0 ? <Nothing /> : <PlanSaid prices={prices} currency={currency} sentences={price_summary} />) },
    { id: "currency", title: "plan.currency", render: ({ currency }) => currency },
    { id: "active", title: "plan.active", align: "end", render: (plan) => <Active plan={plan} /> },
    count("version", "plan.version"),
    date("effective_from", "plan.effective_from", { sort: "effective_from" }),
    { id: "status", title: "plan.status", render: ({ status }) => <StatusTag kind="plan" status={status} /> },
    code("id", "plan.id", { extra: true, sort: "id" }),
  ],
  totals: [],
  actions: (plan) => <PlanMenu plan={plan} />,
  create: { label: "plans.create", Drawer: () => <Navigate to="/plans/new" /> },
};

function Type({ type }: { type: string }) {
  return useLabel()(`plan.type_${type}`, type);
}

function Active({ plan: { id, active_subscriptions: active } }: { plan: Plan }) {
  const { locale } = useI18n();
  return active === null ? <Nothing /> : <Link className="number" to={`/services?plan_id=${encodeURIComponent(id)}`}>{numberFormat(locale).format(active)}</Link>;
}

function PlanMenu({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  return <ActionMenu thing={plan} actions={planActions} label={t("plan.actions", { name: plan.name })} open={{ to: planPath(plan.id), icon: "tag" }} />;
}
