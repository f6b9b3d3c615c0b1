/** Usage that was taken back, as data for the list kit: what, why, by whom, and how much of it counts again. */
import { lazy } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { Reason } from "../Reason";
import { readRetractions, reasons, retractionPath, type Retraction, type RetractionPage, type RetractionQuestion } from "./queries";
import { standingOf } from "./standing";
import { WhatWasTaken } from "./WhatWasTaken";

export const retractionList: ListSpec<Retraction, RetractionPage, RetractionQuestion, "retractions"> = {
  name: "retractions",
  words: "retractions",
  icon: "void",
  read: readRetractions,
  tabs: [
    { id: "all", query: { sort: "-created_at" } },
    { id: "running", query: { status: "pending", sort: "created_at" }, counted: true, icon: "checkCircle" },
  ],
  filters: [
    { kind: "text", name: "batch_id", label: "retractions.search", max: 200 },
    { kind: "text", name: "source", label: "usage.search_source", max: 255 },
    { kind: "choice", name: "reason", label: "retraction.reason", options: [...reasons, "reassigned" as const].map((reason) => [reason, `usage_reason.${reason}`] as const), many: true },
    { kind: "dates", from: "from", to: "to", labels: ["retractions.from", "retractions.to"] },
  ],
  columns: [
    { id: "what", title: "retraction.what", render: (retraction) => <Link to={retractionPath(retraction.id)}><WhatWasTaken retraction={retraction} /></Link> },
    { id: "status", title: "retraction.status", render: (retraction) => <StatusTag kind="retraction" status={standingOf(retraction)} /> },
    { id: "reason", title: "retraction.reason", render: ({ reason }) => <Reason reason={reason} detail={null} /> },
    count("records", "retraction.records"),
    count("retracted", "retraction.taken_back"),
    count("restored", "retraction.restored"),
    { id: "refused", title: "retraction.refused", align: "end", render: ({ refused }) => <Count value={refusedOf(refused)} /> },
    instant("created_at", "retraction.created_at", { sort: "created_at" }),
    { id: "actor", title: "retraction.actor", render: ({ actor }) => <span dir="ltr">{actor}</span> },
    code("id", "retraction.id", { extra: true }),
  ],
  totals: [],
  actions: (retraction) => <Open retraction={retraction} />,
  create: { label: "retractions.create", Drawer: lazy(() => import("./BatchDialog")) },
};

function refusedOf(refused: Retraction["refused"]): number {
  return Object.values(refused).reduce((sum, records) => sum + records, 0);
}

function Open({ retraction }: { retraction: Retraction }) {
  const { t } = useI18n();
  return <Link className="button quiet icon" to={retractionPath(retraction.id)} aria-label={t("retraction.open", { id: retraction.id })}><Icon name="right" /></Link>;
}
