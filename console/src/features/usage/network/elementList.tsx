/** Network elements, as data for the list kit: who is told how much lines may do. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { Icon } from "../../../ui/Icon";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { elementActions } from "./actions";
import type { Element, ElementPage } from "./queries";

const drivers = ["radius_coa", "radius_sql", "shaped_devices", "webhook", "simulated"] as const;

export const elementList: ListSpec<Element, ElementPage, Question<"/v1/network-elements">, "elements"> = {
  name: "network-elements",
  words: "elements",
  icon: "service",
  read: (query, signal) => answer(api.GET("/v1/network-elements", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "id" } }],
  filters: [
    { kind: "text", name: "id", label: "elements.search", max: 64 },
    { kind: "choice", name: "driver", label: "element.driver", options: drivers.map((driver) => [driver, `element_form.driver_${driver}`] as const), many: true },
  ],
  columns: [
    { id: "id", title: "element.id", sort: "id", render: ({ id }) => <Link to={`/usage/network?status=all&element_id=${encodeURIComponent(id)}`} dir="ltr">{id}</Link> },
    { id: "driver", title: "element.driver", render: ({ driver }) => <Word of="driver" value={driver} /> },
    { id: "address", title: "element.address", render: ({ address }) => <span dir="ltr">{address}</span> },
    { id: "vendor", title: "element.vendor", render: ({ vendor }) => <Word of="vendor" value={vendor} /> },
    { id: "has_secret", title: "element.secret", render: ({ has_secret }) => <Secret has={has_secret} /> },
    instant("defined_at", "element.defined_at", { sort: "defined_at" }),
    count("version", "element.version", { extra: true }),
  ],
  totals: [],
  actions: (element) => <ElementMenu element={element} />,
  create: { label: "elements.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).ElementDrawer })) },
};

function Word({ of, value }: { of: "driver" | "vendor"; value: string }) {
  const label = useLabel();
  return <>{label(`element_form.${of}_${value}`, value)}</>;
}

function Secret({ has }: { has: boolean }) {
  const { t } = useI18n();
  return has ? <span className="row nowrap"><Icon name="lock" size={14} /> {t("element.secret_set")}</span> : <span className="muted">{t("element.secret_none")}</span>;
}

function ElementMenu({ element }: { element: Element }) {
  const { t } = useI18n();
  return <ActionMenu thing={element} actions={elementActions} label={t("element.actions", { id: element.id })} />;
}
