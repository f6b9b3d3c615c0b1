/** The list of deliveries, as data for the list kit; the first tab has those that need a person. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { deliveryActions } from "./actions";
import { channels, documentPath, type Delivery, type DeliveryPage } from "./queries";
import { State } from "./State";
import { Where } from "./Where";

export const deliveryList: ListSpec<Delivery, DeliveryPage, Question<"/v1/deliveries">, "deliveries"> = {
  name: "deliveries",
  words: "deliveries",
  icon: "sent",
  read: (query, signal) => answer(api.GET("/v1/deliveries", { params: { query }, signal })),
  tabs: [
    { id: "attention", query: { status: ["unknown", "bounced", "failed"], sort: "-asked_at" }, counted: true, icon: "checkCircle" },
    { id: "open", query: { status: ["waiting", "sending"], sort: "asked_at" }, counted: true },
    { id: "sent", query: { status: ["sent"], sort: "-asked_at" } },
    { id: "all", query: { sort: "-asked_at" } },
  ],
  filters: [
    { kind: "text", name: "number", label: "deliveries.search", max: 64 },
    { kind: "choice", name: "channel", label: "delivery.channel", options: channels.map((channel) => [channel, `channel.${channel}`] as const), many: true },
    { kind: "dates", from: "from", to: "to", labels: ["deliveries.from", "deliveries.to"] },
    { kind: "linked", name: "account_id", label: "deliveries.account_is", drop: "deliveries.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "number", title: "delivery.number", sort: "number", render: (delivery) => <Link className="number nowrap" to={documentPath(delivery)} dir="ltr">{delivery.number}</Link> },
    { id: "to", title: "delivery.to", render: (delivery) => <Where delivery={delivery} /> },
    { id: "status", title: "delivery.status", sort: "status", render: (delivery) => <State delivery={delivery} /> },
    { id: "account", title: "delivery.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    instant("asked_at", "delivery.asked_at", { sort: "asked_at" }),
    instant("sent_at", "delivery.sent_at", { sort: "sent_at" }),
    count("attempts", "delivery.attempts"),
    code("id", "delivery.id", { extra: true }),
  ],
  totals: [],
  actions: (delivery) => <Menu delivery={delivery} />,
  create: { label: "deliveries.print", Drawer: lazy(() => import("./PrintDialog")) },
};

function Menu({ delivery }: { delivery: Delivery }) {
  const { t } = useI18n();
  return <ActionMenu thing={delivery} actions={deliveryActions} label={t("delivery.actions_of", { number: delivery.number })} />;
}
