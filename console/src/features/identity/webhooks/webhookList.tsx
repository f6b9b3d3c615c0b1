/** Endpoints of webhooks, as data for the list kit, and what can be done with one. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { endpointPath, type Endpoint, type EndpointPage } from "./queries";

const dialogs = () => import("./dialogs");

export const endpointActions: Actions<Endpoint> = {
  links: [],
  commands: {
    test: { icon: "sent", label: "webhook.test", Dialog: lazy(async () => ({ default: (await dialogs()).SampleDialog })), when: () => true },
    enable: { icon: "play", label: "webhook.enable", Dialog: lazy(async () => ({ default: (await dialogs()).EnableDialog })), when: ({ status }) => status === "disabled" },
    disable: { icon: "pause", label: "webhook.disable", Dialog: lazy(async () => ({ default: (await dialogs()).DisableDialog })), when: ({ status }) => status !== "disabled" },
    update: { icon: "draft", label: "webhook.update", Dialog: lazy(async () => ({ default: (await dialogs()).ChangeDrawer })) },
    rotate: { icon: "refresh", label: "webhook.rotate", Dialog: lazy(async () => ({ default: (await dialogs()).RotateDialog })) },
    replay: { icon: "swap", label: "webhook.replay", Dialog: lazy(async () => ({ default: (await dialogs()).ReplayDialog })) },
    delete: { icon: "void", label: "webhook.delete", Dialog: lazy(async () => ({ default: (await dialogs()).DeleteDialog })) },
  },
};

export const webhookList: ListSpec<Endpoint, EndpointPage, Question<"/v1/webhook-endpoints">, "webhooks"> = {
  name: "webhook-endpoints",
  words: "webhooks",
  icon: "sent",
  read: (query, signal) => answer(api.GET("/v1/webhook-endpoints", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-created_at" } },
    { id: "disabled", query: { status: ["disabled"], sort: "-created_at" }, counted: true, icon: "checkCircle" },
  ],
  filters: [],
  columns: [
    { id: "url", title: "webhook.url", render: (endpoint) => <Called of={endpoint} /> },
    { id: "events", title: "webhook.events", render: ({ events }) => <Patterns events={events} /> },
    { id: "status", title: "webhook.status", render: ({ status }) => <StatusTag kind="webhook" status={status} /> },
    count("waiting", "webhook.waiting"),
    count("failed", "webhook.failed"),
    instant("delivered_at", "webhook.delivered_at", { sort: "delivered_at" }),
    instant("created_at", "webhook.created_at", { sort: "created_at" }),
    { id: "created_by", title: "webhook.created_by", extra: true, render: ({ created_by: by }) => <code dir="ltr">{by}</code> },
    code("id", "webhook.id", { extra: true }),
  ],
  totals: [],
  actions: (endpoint) => <EndpointMenu of={endpoint} />,
  create: { label: "webhooks.create", Drawer: lazy(async () => ({ default: (await dialogs()).CreateDrawer })) },
};

function EndpointMenu({ of }: { of: Endpoint }) {
  const { t } = useI18n();
  return <ActionMenu thing={of} actions={endpointActions} label={t("webhook.actions", { name: of.description || of.url })} />;
}

function Called({ of: { id, url, description } }: { of: Endpoint }) {
  return (
    <>
      <Link to={endpointPath(id)} className="break" dir="ltr">{url}</Link>
      {description && <span className="below small muted"><bdi>{description}</bdi></span>}
    </>
  );
}

const shown = 3;

export function Patterns({ events, all = false }: { events: readonly string[]; all?: boolean }) {
  const { t } = useI18n();
  const some = all ? events : events.slice(0, shown);
  return (
    <span>
      {some.map((pattern) => <code key={pattern} dir="ltr" className="below break">{pattern === "*" ? t("webhook.everything") : pattern}</code>)}
      {events.length > some.length && <span className="below small muted">{t("webhook.more_events", { count: events.length - some.length })}</span>}
    </span>
  );
}
