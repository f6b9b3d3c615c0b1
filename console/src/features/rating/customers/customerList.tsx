/** The list of customers, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { isZero } from "../../../lib/decimal";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { CopyButton } from "../../../ui/CopyButton";
import { count, date, money, period } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Money, Nothing } from "../../../ui/Value";
import { customerPath, nameOf, withId, type Customer, type CustomerPage } from "./queries";

const dunnings = ["open", "promised", "paused", "exempt", "restricted", "paid_and_restricted", "overdue_and_open"] as const;

export const customerList: ListSpec<Customer, CustomerPage, Question<"/v1/customer-configs">, "customers"> = {
  name: "customers",
  words: "customers",
  icon: "people",
  read: (query, signal) => answer(api.GET("/v1/customer-configs", { params: { query }, signal })).then(withId),
  tabs: [
    { id: "all", query: { sort: "account_id" }, counted: true },
    { id: "overdue", query: { overdue: true, sort: "-overdue" }, counted: true, icon: "checkCircle" },
    { id: "capped", query: { spend_cap_reached: true, sort: "account_id" }, counted: true, icon: "checkCircle" },
  ],
  filters: [
    { kind: "text", name: "q", label: "customers.search", max: 200 },
    { kind: "choice", name: "dunning", label: "customers.dunning", options: dunnings.map((state) => [state, `customers.dunning_${state}`] as const) },
    { kind: "linked", name: "cycle_id", label: "customers.cycle_is", drop: "customers.drop_cycle", max: 64, many: true },
    { kind: "linked", name: "plan_id", label: "customers.plan_is", drop: "customers.drop_plan", max: 64 },
  ],
  columns: [
    { id: "name", title: "customer.name", render: (customer) => <Name customer={customer} /> },
    { id: "account_id", title: "customer.id", sort: "account_id", render: ({ id }) => <span className="reveal nowrap"><code>{id}</code><CopyButton text={id} /></span> },
    { id: "cycle", title: "customer.cycle", render: ({ cycle }) => <CycleLink cycle={cycle} /> },
    count("subscriptions", "customer.subscriptions", { sort: "subscriptions" }),
    money("open", "customer.open", { sort: "open" }),
    { id: "overdue", title: "customer.overdue", align: "end", sort: "overdue", render: ({ overdue }) => <span className={isZero(overdue.amount) ? "muted" : "danger-text"}><Money value={overdue} /></span> },
    money("credit", "customer.credit", { sort: "credit" }),
    { id: "dunning", title: "customer.dunning", render: ({ dunning }) => <LessService dunning={dunning} /> },
    period("open_period", "customer.open_period"),
    { id: "currency", title: "customer.currency", extra: true, render: ({ currency }) => currency },
    date("opened_on", "customer.opened_on", { extra: true, sort: "opened_on" }),
  ],
  totals: [],
  exported: { list: "customer-configs", formats: ["xlsx", "csv", "pdf", "ndjson"] },
  actions: (customer) => <CustomerMenu customer={customer} />,
  create: { label: "customers.create", Drawer: lazy(() => import("./CustomerDrawer")) },
};

function CustomerMenu({ customer }: { customer: Customer }) {
  const { t } = useI18n();
  // The row is a view of several services; what may be done is said by the account, on its page.
  return <ActionMenu thing={{ ...customer, allowed_actions: [] }} actions={{ links: [], commands: {} }} label={t("customer.actions", { name: nameOf(customer.name) ?? customer.id })} open={{ to: customerPath(customer.id), icon: "user" }} />;
}

/** How much service is left by dunning, and in how many days it is less. */
function LessService({ dunning: { status, access, restricted_on, days_to_restriction } }: { dunning: Customer["dunning"] }) {
  const { t } = useI18n();
  return (
    <>
      {access !== "open" && <StatusTag kind="access" status={access} />}
      {restricted_on !== null && <span className="nowrap" title={restricted_on}>{t("customer.dunning_in", { count: days_to_restriction ?? 0 })}</span>}
      {status === "exempt" && <span className="muted">{t("customer.dunning_exempt")}</span>}
      {access === "open" && restricted_on === null && status !== "exempt" && <Nothing />}
    </>
  );
}

function Name({ customer: { id, name } }: { customer: Customer }) {
  return <Link to={customerPath(id)} dir="auto">{nameOf(name) ?? id}</Link>;
}

function CycleLink({ cycle }: { cycle: Customer["cycle"] }) {
  const { id, name } = cycle as { id?: string; name?: string };
  return id ? <Link to={`/cycles?cycle=${encodeURIComponent(id)}`}>{name ?? id}</Link> : null;
}
