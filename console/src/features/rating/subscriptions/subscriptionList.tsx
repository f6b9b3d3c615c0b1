/** The list of subscriptions, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { CopyButton } from "../../../ui/CopyButton";
import { count, date, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName, PlanName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { servicePath, type Subscription, type SubscriptionPage } from "./queries";
import { ServiceMenu } from "./ServiceMenu";

export const subscriptionList: ListSpec<Subscription, SubscriptionPage, Question<"/v1/subscriptions">, "services"> = {
  name: "subscriptions",
  words: "services",
  icon: "service",
  read: (query, signal) => answer(api.GET("/v1/subscriptions", { params: { query }, signal })),
  tabs: [
    { id: "active", query: { status: ["active"], sort: "-start" }, counted: true },
    { id: "resting", query: { status: ["suspended", "paused"], sort: "-start" }, counted: true, icon: "checkCircle" },
    { id: "pending", query: { status: ["pending"], sort: "start" }, counted: true },
    { id: "ended", query: { status: ["ended"], sort: "-start" } },
    { id: "all", query: { sort: "-start" } },
  ],
  filters: [
    { kind: "text", name: "id", label: "services.search", max: 64 },
    { kind: "linked", name: "account_id", label: "services.account_is", drop: "services.drop_account", max: 64, many: true },
    { kind: "linked", name: "plan_id", label: "services.plan_is", drop: "services.drop_plan", max: 64, many: true },
  ],
  columns: [
    { id: "id", title: "service.id", sort: "id", render: ({ id }) => <span className="reveal nowrap"><Link to={servicePath(id)} dir="ltr">{id}</Link><CopyButton text={id} /></span> },
    { id: "account", title: "service.account", render: ({ account_id: id }) => <CustomerName id={id} link /> },
    { id: "plan", title: "service.plan", render: ({ plan_id: id }) => <PlanName id={id} link /> },
    { id: "status", title: "service.status", render: ({ status }) => <StatusTag kind="subscription" status={status} /> },
    count("quantity", "service.quantity"),
    date("start", "service.start", { sort: "start" }),
    date("end", "service.end"),
    { id: "scheduled", title: "service.scheduled", align: "end", render: ({ scheduled }) => <Count value={scheduled.length || null} /> },
    instant("started_at", "service.started_at", { extra: true, sort: "started_at" }),
    count("version", "service.version", { extra: true }),
  ],
  totals: [],
  actions: (subscription) => <ServiceMenu subscription={subscription} />,
  create: { label: "services.create", Drawer: lazy(() => import("./SubscriptionDrawer")) },
};
