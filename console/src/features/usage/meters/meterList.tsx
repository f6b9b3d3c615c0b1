/** Meters, as data for the list kit: what a quantity counts, and how a period's records come together. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { meterPath, type Meter, type MeterPage } from "./queries";
import "../../../ui/Named.css";

const aggregations = ["sum", "count", "max", "last", "unique", "level", "percentile", "per_record"] as const;

export const meterList: ListSpec<Meter, MeterPage, Question<"/v1/meters">, "meters"> = {
  name: "meters",
  words: "meters",
  icon: "usage",
  read: (query, signal) => answer(api.GET("/v1/meters", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "id" } }],
  filters: [
    { kind: "text", name: "id", label: "meters.search", max: 64 },
    { kind: "choice", name: "aggregation", label: "meter.aggregation", options: aggregations.map((one) => [one, `meter_form.aggregation_${one}`] as const), many: true },
  ],
  columns: [
    { id: "id", title: "meter.name", sort: "id", render: (meter) => <Called meter={meter} /> },
    { id: "unit", title: "meter.unit", render: ({ unit }) => unit },
    { id: "aggregation", title: "meter.aggregation", render: ({ aggregation, unique_of }) => <Aggregation of={aggregation} unique_of={unique_of} /> },
    { id: "built_in", title: "meter.from", render: ({ built_in }) => <From builtIn={built_in} /> },
    instant("defined_at", "meter.defined_at", { sort: "defined_at" }),
  ],
  totals: [],
  actions: (meter) => <OpenMeter meter={meter} />,
  create: { label: "meters.create", Drawer: lazy(() => import("./MeterDrawer")) },
};

function Called({ meter: { id, name } }: { meter: Meter }) {
  return <span className="named"><Link to={meterPath(id)} dir="auto">{name}</Link>{name !== id && <span className="small muted" dir="ltr">{id}</span>}</span>;
}

export function Aggregation({ of, unique_of }: { of: string; unique_of: string | null }) {
  const { t } = useI18n();
  const label = useLabel();
  return <>{label(`meter_form.aggregation_${of}`, of)}{unique_of !== null && <> <span className="muted">{t("meter.unique_of", { attribute: unique_of })}</span></>}</>;
}

export function From({ builtIn }: { builtIn: boolean }) {
  const { t } = useI18n();
  return <>{t(builtIn ? "meter.built_in" : "meter.own")}</>;
}

function OpenMeter({ meter: { id, name } }: { meter: Meter }) {
  const { t } = useI18n();
  return <Link className="button quiet icon" to={meterPath(id)} aria-label={t("meter.open", { name })}><Icon name="right" /></Link>;
}
