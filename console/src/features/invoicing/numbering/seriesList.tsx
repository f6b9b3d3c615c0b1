/** The numbering series, as data for the list kit: what was given, and what comes next. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { date } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Nothing } from "../../../ui/Value";
import { chainPath } from "./chain";

type SeriesPage = Answer<"/v1/numbering-series">;
type Series = SeriesPage["items"][number];

export const seriesList: ListSpec<Series, SeriesPage, Question<"/v1/numbering-series">, "numbering"> = {
  name: "numbering-series",
  words: "numbering",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/numbering-series", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "id" } }],
  filters: [],
  columns: [
    { id: "id", title: "series.id", sort: "id", render: ({ id }) => <Link to={chainPath(id)}><strong dir="ltr">{id}</strong></Link> },
    { id: "kind", title: "series.kind", render: (series) => <KindText series={series} /> },
    { id: "pattern", title: "series.pattern", render: ({ pattern }) => <code dir="ltr">{pattern}</code> },
    { id: "reset", title: "series.reset", render: (series) => <ResetText series={series} /> },
    { id: "given", title: "series.given", render: (series) => <Given series={series} /> },
    { id: "last", title: "series.last_number", render: ({ last_number: last }) => (last === null ? <Nothing /> : <span className="number" dir="ltr">{last}</span>) },
    date("last_issued_on", "series.last_issued_on"),
    { id: "next", title: "series.next_number", render: ({ next_number: next }) => <strong className="number" dir="ltr">{next}</strong> },
    { id: "entity", title: "series.legal_entity", extra: true, render: ({ legal_entity: entity }) => entity || <Nothing /> },
  ],
  totals: [],
  actions: () => null,
  create: { label: "numbering.open", Drawer: lazy(() => import("./SeriesDrawer")) },
};

function KindText({ series: { kind } }: { series: Series }) {
  return <>{useLabel()(`series_form.kind_${kind}`, kind)}</>;
}

function ResetText({ series: { reset } }: { series: Series }) {
  return <>{useLabel()(`series_form.reset_${reset}`, reset)}</>;
}

/** Numbers are given one after the other by one decider: none between the first and the last is missing. */
function Given({ series: { last } }: { series: Series }) {
  const { t } = useI18n();
  return last === 0 ? <Nothing /> : <span title={t("series.gapless")}>{t("series.given_n", { count: last })}</span>;
}
