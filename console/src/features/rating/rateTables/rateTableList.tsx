/** The tables of what calls cost by destination, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { BillingDate, Count, Nothing } from "../../../ui/Value";
import { rateTableActions } from "./actions";
import { rateTablePath, versionInForce, type RateTable, type RateTablePage } from "./queries";

export const rateTableList: ListSpec<RateTable, RateTablePage, Question<"/v1/rate-tables">, "ratetables"> = {
  name: "rate-tables",
  words: "ratetables",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/rate-tables", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [],
  columns: [
    { id: "name", title: "ratetable.name", sort: "name", render: ({ id, name }) => <Link to={rateTablePath(id)} dir="auto">{name}</Link> },
    { id: "currency", title: "ratetable.currency", render: ({ currency }) => currency ?? <Nothing /> },
    { id: "rows", title: "ratetable.rows", align: "end", render: (table) => <InForce table={table} what="rows" /> },
    { id: "since", title: "ratetable.since", render: (table) => <InForce table={table} what="since" /> },
    count("version", "ratetable.versions"),
    code("id", "ratetable.id", { sort: "id" }),
    instant("defined_at", "ratetable.defined_at", { sort: "defined_at", extra: true }),
  ],
  totals: [],
  actions: (table) => <RateTableMenu table={table} />,
  create: { label: "ratetables.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).RateTableDrawer })) },
};

function InForce({ table: { versions }, what }: { table: RateTable; what: "rows" | "since" }) {
  const version = versionInForce(versions, useToday());
  if (!version) return <Nothing />;
  return what === "rows" ? <Count value={version.rows} /> : <BillingDate value={version.effective_from} />;
}

function RateTableMenu({ table }: { table: RateTable }) {
  const { t } = useI18n();
  return <ActionMenu thing={table} actions={rateTableActions} label={t("ratetable.actions", { name: table.name })} open={{ to: rateTablePath(table.id), icon: "tag" }} />;
}
