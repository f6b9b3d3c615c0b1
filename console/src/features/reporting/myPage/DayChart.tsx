/**
 * Usage day by day: bars, and the same in a table for whoever reads figures or hears the page. Heights are pixels and
 * nothing else; every figure that is read comes from the exact text.
 */
import { useId } from "react";
import { useI18n } from "../../../lib/i18n";
import { formatQuantity } from "../../../lib/money";
import { formatDate } from "../../../lib/time";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Quantity } from "../../../ui/Value";
import { daysBetween, heightsOf, type DayOfUse } from "./days";

const bar_px = 10;
const gap_px = 3;
const height_px = 72;
/** A day with so little that it would not be seen. */
const least_px = 2;

interface Props {
  /** What is used, such as "Data volume". */
  name: string;
  meter: string | null;
  unit: string | null;
  days: readonly DayOfUse[];
  /** The first and the last day of the picture; without them those with usage. */
  from?: string | undefined;
  to?: string | undefined;
  today?: string | undefined;
}

export function DayChart({ name, meter, unit, days, from, to, today }: Props) {
  const { t, locale } = useI18n();
  const title = useId();
  const shown = daysBetween(days, from, to);
  const heights = heightsOf(shown, height_px, least_px);
  const most = heights.indexOf(Math.max(...heights));
  const [first, last, top] = [shown[0], shown.at(-1), shown[most]];
  if (!first || !last || !top) return <p className="muted">{t("mypage.no_usage")}</p>;
  const quantity = (one: DayOfUse) => `${formatQuantity(locale, one.quantity, meter)}${unit && !isTimeOrData(meter) ? ` ${unit}` : ""}`;
  const width = shown.length * (bar_px + gap_px) - gap_px;
  return (
    <figure className="day-chart">
      <svg viewBox={`0 0 ${width} ${height_px}`} preserveAspectRatio="none" role="img" aria-labelledby={title} className="day-bars">
        <title id={title}>{t("mypage.chart", { name, from: formatDate(locale, first.day), to: formatDate(locale, last.day), day: formatDate(locale, top.day), quantity: quantity(top) })}</title>
        {shown.map((one, n) => (
          <rect key={one.day} x={n * (bar_px + gap_px)} y={height_px - heights[n]!} width={bar_px} height={heights[n]!} className={one.day === today ? "is-today" : undefined} />
        ))}
      </svg>
      <figcaption className="day-ends small muted" aria-hidden="true">
        <BillingDate value={first.day} />{last.day !== first.day && <BillingDate value={last.day} />}
      </figcaption>
      <details className="day-table">
        <summary>{t("mypage.as_table", { name })}</summary>
        <PlainTable label={name}>
          <thead><tr><th scope="col">{t("mypage.day")}</th><th scope="col" className="end">{t("mypage.used")}</th></tr></thead>
          <tbody>
            {days.map((one) => (
              <tr key={one.day}>
                <th scope="row"><BillingDate value={one.day} /></th>
                <td className="end"><Quantity value={one.quantity} meter={meter} />{unit && !isTimeOrData(meter) && ` ${unit}`}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </details>
    </figure>
  );
}

/** What has a unit in its text already: gigabytes, and hours with minutes. */
export function isTimeOrData(meter: string | null): boolean {
  return meter !== null && (meter.endsWith(".octets") || meter.endsWith(".seconds"));
}
