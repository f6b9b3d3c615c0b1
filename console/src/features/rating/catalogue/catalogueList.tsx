/** The catalogue of services that plans sell, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { MeterName } from "../../../ui/Named";
import { Count, Nothing } from "../../../ui/Value";

export type OfferingPage = Answer<"/v1/services">;
export type Offering = OfferingPage["items"][number];

const actions: Actions<Offering> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "offering.update", Dialog: lazy(async () => ({ default: (await import("./dialogs")).UpdateDialog })) },
    delete: { icon: "void", label: "offering.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

export const catalogueList: ListSpec<Offering, OfferingPage, Question<"/v1/services">, "catalogue"> = {
  name: "services",
  words: "catalogue",
  icon: "service",
  read: (query, signal) => answer(api.GET("/v1/services", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [{ kind: "text", name: "q", label: "catalogue.search", max: 200 }],
  columns: [
    { id: "name", title: "offering.name", sort: "name", render: ({ name, id }) => <Link to={`/plans?status=all&service_id=${encodeURIComponent(id)}`} dir="auto">{name}</Link> },
    { id: "kind", title: "offering.kind", render: ({ kind }) => <Kind kind={kind} /> },
    code("code", "offering.code"),
    { id: "meters", title: "offering.meters", render: ({ meters }) => (meters.length === 0 ? <Nothing /> : <ul>{meters.map((meter) => <li key={meter}><MeterName id={meter} /></li>)}</ul>) },
    { id: "tax_class", title: "offering.tax_class", render: ({ tax_class }) => tax_class ?? <Nothing /> },
    { id: "plans", title: "offering.plans", align: "end", render: ({ plans, id }) => <Link to={`/plans?status=all&service_id=${encodeURIComponent(id)}`}><Count value={plans} /></Link> },
    count("active_subscriptions", "offering.active_subscriptions"),
    instant("defined_at", "offering.defined_at", { extra: true }),
  ],
  totals: [],
  actions: (offering) => <OfferingMenu offering={offering} />,
  create: { label: "catalogue.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).OfferingDrawer })) },
};

function Kind({ kind }: { kind: string }) {
  return useLabel()(`offering_form.kind_${kind}`, kind);
}

function OfferingMenu({ offering }: { offering: Offering }) {
  const { t } = useI18n();
  return <ActionMenu thing={offering} actions={actions} label={t("offering.actions", { name: offering.name })} />;
}
