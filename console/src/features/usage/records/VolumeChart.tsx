/**
 * How much came by day and what became of it, under the list's own filters of time, customer and meter. Of everybody it
 * says what was decided when a record came, which is counted beside the records; of one customer what is billed, too.
 */
import { useI18n } from "../../../lib/i18n";
import { dateTimeFormat } from "../../../lib/intl";
import { narrowing } from "../../../lib/listQuestion";
import { useListState } from "../../../lib/listState";
import { formatDate } from "../../../lib/time";
import { Card } from "../../../ui/Card";
import { Chart } from "../../../ui/chart/Chart";
import { ErrorState, Skeleton } from "../../../ui/States";
import { momentsOf } from "../moments";
import { useVolume } from "./queries";
import { filters } from "./recordFilters";
import { bucketOf, columnsOf, shownBy, volumeHeight_px, volumeTitle, type Asked } from "./volume";

/** From so many columns on a day's name needs its year to be one of its own. */
const over_a_year = 360;

export default function VolumeChart() {
  const { t, locale } = useI18n();
  const { from, to, account_id, meter } = narrowing(filters, useListState()) as { from?: string; to?: string; account_id?: string[]; meter?: string };
  const asked: Asked = momentsOf({ ...(from && { from }), ...(to && { to }) });
  const bucket = bucketOf(asked);
  const asksFor = shownBy(account_id?.[0]);
  const { data, error, refetch } = useVolume({ ...asked, bucket, by: asksFor, ...(account_id?.[0] && { account_id: account_id[0] }), ...(meter && { meter }) }, true);
  if (!data) return <Card title={t(volumeTitle(asksFor, bucket))}><div style={{ minHeight: `${volumeHeight_px + 28}px` }}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={40} />}</div></Card>;
  // What was asked for before stands until the answer is there, under its own name.
  const by = data.by === "state" ? "state" : "recorded_as";
  const { starts, series } = columnsOf(data, asked);
  const label = dateTimeFormat(locale, {
    day: "numeric", month: "short", ...(starts.length > over_a_year ? { year: "2-digit" } : {}), ...(data.bucket === "hour" ? { hour: "2-digit", minute: "2-digit" } : {}), timeZone: "UTC",
  });
  return (
    <>
      <Chart
        title={t(volumeTitle(by, data.bucket))} kind="columns" height={volumeHeight_px} labels={starts.map((start) => label.format(new Date(start)))}
        series={series.map(([group, values]) => ({ name: t(by === "recorded_as" && group === "counted" ? "status.usage.accepted" : `usage.group_${group}`), values }))}
      />
      {data.kept_since && (starts[0] ?? "") < data.kept_since && <p className="small muted">{t("kept.gone", { day: formatDate(locale, data.kept_since) })}</p>}
    </>
  );
}
