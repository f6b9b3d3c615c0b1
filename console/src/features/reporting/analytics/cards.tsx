/** The other charts: what is owed by age, how customers pay, what is collected, the movement of MRR, dunning, and what happens. */
import { useI18n, useLabel, type Key } from "../../../lib/i18n";
import { formatDecimal } from "../../../lib/money";
import { Chart, type Series } from "../../../ui/chart/Chart";
import { useAbout } from "./about";
import { drillOf, together } from "./drill";
import { placeName } from "./names";
import { useCatalogue, useReport } from "./queries";
import { placesOf, stretchOf } from "./range";
import { ReportCard } from "./ReportCard";
import { textOf, type ReportRow } from "./rows";
import { greatest, negative, pivot, seriesOf, told } from "./table";
import type { Asked } from "./useAsked";

interface Props {
  asked: Asked;
  currency: string;
}

const ages: readonly (readonly [column: string, label: Key])[] = [
  ["current", "analytics.age_current"], ["1_30", "analytics.age_1_30"], ["31_60", "analytics.age_31_60"], ["61_90", "analytics.age_61_90"], ["90_plus", "analytics.age_90_plus"],
];

export function Aging({ currency }: Pick<Props, "currency">) {
  const { t } = useI18n();
  const reading = useReport("ar-aging", { currency });
  const about = useAbout("ar-aging", "open");
  const title = t("analytics.aging");
  return (
    <ReportCard title={title} reading={reading}>
      {([row]) => (
        <Chart
          title={title} kind="columns" unit={{ currency }} about={about} file="receivables-by-age" labels={ages.map(([, label]) => t(label))}
          series={[{ name: t("analytics.open"), values: ages.map(([age]) => textOf(row, age)) }]} rows={ages.map(([age]) => drillOf(row?.rows?.[age]))}
        />
      )}
    </ReportCard>
  );
}

/** More methods than these stand in the report. */
const methods_max = 6;

export function Methods({ asked: { range }, currency }: Props) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const reading = useReport("payment-methods", { ...range, currency, group_by: "method" });
  const about = useAbout("payment-methods", "success_percent");
  const title = t("analytics.methods");
  return (
    <ReportCard title={title} reading={reading}>
      {(all) => {
        const rows = greatest(all, "collected").slice(0, methods_max);
        const percents = rows.map((row) => textOf(row, "success_percent"));
        return (
          <Chart
            title={title} kind="shares" unit={{ currency }} about={about} file="payment-methods"
            labels={rows.map((row) => label(`analytics.method_${textOf(row, "group")}`, textOf(row, "group") ?? ""))}
            series={[{ name: t("analytics.collected"), values: rows.map((row) => textOf(row, "collected")) }]}
            beside={[{ name: t("analytics.success"), values: percents.map((percent) => percent && `${formatDecimal(locale, percent)} %`) }]}
            rows={rows.map((row) => drillOf(row.rows?.["collected"]))}
          />
        );
      }}
    </ReportCard>
  );
}

export function Collections({ asked: { range, bucket }, currency }: Props) {
  const { t, locale } = useI18n();
  const reading = useReport("collections", { ...range, currency });
  const about = useAbout("collections", "dso");
  const title = t("analytics.collections");
  return (
    <ReportCard title={title} reading={reading}>
      {(rows) => {
        const at = rows.some((row) => textOf(row, "month") !== null) ? "month" : "group";
        const places = rows.map((row) => textOf(row, at) ?? "");
        const days = seriesOf(rows, places, [{ column: "dso", name: t("analytics.dso") }], { at, none: null })[0];
        const beside: Series[] = days ? [{ name: days.name, values: days.values.map((value) => value && t("analytics.days", { days: formatDecimal(locale, value) })) }] : [];
        return (
          <Chart
            title={title} kind="lines" unit={{ currency }} about={about} file="collections" labels={places.map((place) => placeName(locale, `${place}-01`.slice(0, 10), bucket === "day" && place.length === 10 ? "day" : "month", places.length))}
            series={seriesOf(rows, places, [{ column: "invoiced", name: t("analytics.invoiced") }, { column: "collected", name: t("analytics.collected") }], { at })}
            beside={beside} rows={rows.map((row) => drillOf(row.rows?.["collected"]))}
          />
        );
      }}
    </ReportCard>
  );
}

/** What goes: the report tells it above zero. */
const lost: ReadonlySet<string> = new Set(["contraction", "churn"]);

/** The report declares what was, the changes and what is, in this order; a kind of change that is new is drawn, too. */
export function Movement({ asked: { range }, currency }: Props) {
  const { t } = useI18n();
  const label = useLabel();
  const reading = useReport("mrr", { ...range, currency });
  const { data: catalogue } = useCatalogue();
  const about = useAbout("mrr", "closing");
  const title = t("analytics.mrr");
  return (
    <ReportCard title={title} reading={reading}>
      {(rows) => {
        const columns = catalogue?.items.find(({ name }) => name === "mrr")?.columns.map(({ name }) => name) ?? [];
        const changes = columns.slice(columns.indexOf("opening") + 1, Math.max(0, columns.indexOf("closing")));
        const [first, last] = [rows[0], rows.at(-1)];
        const sums = seriesOf(rows.map((row) => ({ ...row, group: "all" })), ["all"], changes.map((column) => ({ column, name: column })));
        const values = first && last ? [textOf(first, "opening"), ...sums.map(({ name, values: [value] }) => (lost.has(name) ? negative(value ?? "0") : (value ?? "0"))), textOf(last, "closing")] : [];
        return (
          <Chart
            title={title} kind="waterfall" unit={{ currency }} about={about} file="mrr"
            labels={["opening", ...changes, "closing"].map((name) => label(`analytics.mrr_${name}`, name))}
            series={[{ name: title, values }]} rows={[null, ...changes.map((name) => drillOf(together(rows.map((row) => row.rows?.[name])))), drillOf(last?.rows?.["closing"])]}
          />
        );
      }}
    </ReportCard>
  );
}

export function Funnel({ asked: { range }, currency }: Props) {
  const { t, locale } = useI18n();
  const reading = useReport("dunning-funnel", { ...range, currency });
  const about = useAbout("dunning-funnel", "recovered_percent");
  const title = t("analytics.funnel");
  return (
    <ReportCard title={title} reading={reading}>
      {(rows) => (
        <Chart
          title={title} kind="columns" about={about} file="dunning" labels={rows.map((row) => `${textOf(row, "step")} ${textOf(row, "name") ?? ""}`)}
          series={[{ name: t("analytics.paid_since"), values: rows.map((row) => textOf(row, "paid")) }, { name: t("analytics.not_paid"), values: rows.map((row) => String(Number(textOf(row, "cases")) - Number(textOf(row, "paid")))) }]}
          beside={[{ name: t("analytics.recovered"), values: rows.map((row) => `${formatDecimal(locale, textOf(row, "recovered_percent") ?? "0")} %`) }]}
          rows={rows.map((row) => drillOf(row.rows?.["cases"]))}
        />
      )}
    </ReportCard>
  );
}

const states = ["accepted", "quarantined", "duplicates", "conflicts"] as const;

export function UsageVolume({ asked: { range, bucket, set } }: Pick<Props, "asked">) {
  const { t, locale } = useI18n();
  const reading = useReport("usage", { ...range, group_by: bucket });
  const about = useAbout("usage", "records");
  const title = t("analytics.usage_volume");
  const places = placesOf(range, bucket);
  return (
    <ReportCard title={title} reading={reading}>
      {(rows) => (
        <Chart
          title={title} kind="columns" about={about} file="usage" labels={places.map((place) => placeName(locale, place, bucket, places.length))}
          series={told(seriesOf(rows, places, states.map((column) => ({ column, name: t(`analytics.${column}`) }))))}
          rows={places.map((place) => drillOf(allRecords(rows.find((row) => textOf(row, "group") === place))))}
          onStretch={(from, to) => { if (from !== to) set({ range: null, ...stretchOf(places, bucket, range, from, to) }); }}
        />
      )}
    </ReportCard>
  );
}

/** Records of every meter and of none: all that began in that time. */
function allRecords(row: ReportRow | undefined): string | null {
  const request = row?.rows?.["records"];
  if (!request) return null;
  const query = new URLSearchParams(request.split("?")[1] ?? "");
  query.delete("meter");
  query.delete("state");
  return `/v1/usage/records?${query.toString()}`;
}

/** The kinds of event that have a colour of their own. */
const kinds_max = 4;

export function Events({ asked: { range, bucket, set } }: Pick<Props, "asked">) {
  const { t, locale } = useI18n();
  const reading = useReport("events-timeline", { ...range, group_by: bucket });
  const about = useAbout("events-timeline", "events");
  const title = t("analytics.events");
  const places = placesOf(range, bucket);
  return (
    <ReportCard title={title} reading={reading}>
      {(rows) => (
        <Chart
          title={title} kind="columns" about={about} file="events" labels={places.map((place) => placeName(locale, place, bucket, places.length))}
          series={pivot(rows, places, kindColumn(rows), "events", kinds_max).map(({ kind, values }) => ({ name: kind === "" ? t("analytics.others") : kind, values }))}
          rows={places.map((place) => drillOf(together(rows.filter((row) => textOf(row, "group") === place).map((row) => row.rows?.["events"]))))}
          onStretch={(from, to) => { if (from !== to) set({ range: null, ...stretchOf(places, bucket, range, from, to) }); }}
        />
      )}
    </ReportCard>
  );
}

function kindColumn(rows: readonly ReportRow[]): string {
  return ["type", "kind", "service"].find((column) => rows[0] && column in rows[0]) ?? "type";
}
