/** What was invoiced by time, in kinds that stand on each other, with a line of the time before; or by plan or meter. */
import { useI18n } from "../../../lib/i18n";
import { Chart } from "../../../ui/chart/Chart";
import { useAbout } from "./about";
import { drillOf } from "./drill";
import { placeName } from "./names";
import { useReport } from "./queries";
import { before, placesOf, stretchOf } from "./range";
import { ReportCard } from "./ReportCard";
import { textOf, type ReportRow } from "./rows";
import { greatest, seriesOf, told } from "./table";
import type { Asked } from "./useAsked";

const kinds = ["recurring", "usage", "true_up", "one_time", "other"] as const;
/** The greatest plans or meters by themselves; the others are in the report. */
const most = 12;

export function Revenue({ asked, currency }: { asked: Asked; currency: string }) {
  const { range, bucket, compares, split } = asked;
  const { t } = useI18n();
  const earlier = before(range);
  const group_by = split === "kind" ? bucket : split;
  const now = useReport("revenue", { ...range, group_by, currency });
  const then = useReport("revenue", { ...earlier, group_by, currency }, compares);
  const title = t("analytics.revenue");
  return (
    <ReportCard title={title} reading={now}>
      {(rows) => split === "kind"
        ? <ByTime title={title} rows={rows} earlier={compares ? then.data?.items : undefined} asked={asked} currency={currency} />
        : <ByThing title={title} rows={rows} earlier={compares ? then.data?.items : undefined} currency={currency} />}
    </ReportCard>
  );
}

interface Props {
  title: string;
  rows: readonly ReportRow[];
  earlier: readonly ReportRow[] | undefined;
  currency: string;
}

function ByTime({ title, rows, earlier, asked: { range, bucket, set }, currency }: Props & { asked: Asked }) {
  const { t, locale } = useI18n();
  const about = useAbout("revenue", "net");
  const places = placesOf(range, bucket);
  const series = kinds.map((column) => ({ column, name: t(`analytics.${column}`) }));
  const [past] = seriesOf(earlier ?? [], placesOf(before(range), bucket), [{ column: "net", name: t("analytics.before") }]);
  return (
    <Chart
      title={title} kind="columns" unit={{ currency }} about={about} file="revenue"
      labels={places.map((place) => placeName(locale, place, bucket, places.length))}
      series={told(seriesOf(rows, places, series))}
      line={earlier && past ? { ...past, values: places.map((_, index) => past.values[index] ?? null) } : undefined}
      rows={places.map((place) => drillOf(rows.find((row) => textOf(row, "group") === place)?.rows?.["net"]))}
      onStretch={(from, to) => { if (from !== to) set({ range: null, ...stretchOf(places, bucket, range, from, to) }); }}
      summary={t("analytics.revenue_summary", { count: places.length, currency })}
    />
  );
}

function ByThing({ title, rows, earlier, currency }: Props) {
  const { t } = useI18n();
  const about = useAbout("revenue", "net");
  const shown = greatest(rows, "net").slice(0, most);
  const places = shown.map((row) => textOf(row, "group") ?? "");
  const line = earlier && seriesOf(earlier, places, [{ column: "net", name: t("analytics.before") }])[0];
  return (
    <Chart
      title={title} kind="columns" unit={{ currency }} about={about} file="revenue" labels={places.map((place) => place || t("analytics.none"))} line={line}
      series={told(seriesOf(shown, places, kinds.map((column) => ({ column, name: t(`analytics.${column}`) }))))}
      rows={shown.map((row) => drillOf(row.rows?.["net"]))}
    />
  );
}
