/** The next periods as text, first to last day, and as a calendar in which each period begins with a marked day. */
import { useI18n } from "../../../lib/i18n";
import { dateTimeFormat } from "../../../lib/intl";
import { daysOf, monthsOf } from "./calendar";
import type { Period } from "../../../lib/time";
import { PeriodText } from "../../../ui/Value";
import "./cycles.css";

export function NextPeriods({ periods }: { periods: readonly Period[] }) {
  const { t } = useI18n();
  return (
    <ol className="next-periods" aria-label={t("cycle.next_periods")}>
      {periods.map((period) => <li key={period.start}><PeriodText value={period} /></li>)}
    </ol>
  );
}

/** At most three months: what lies beyond is the same again. */
export function PeriodCalendar({ periods }: { periods: readonly Period[] }) {
  const { t, locale } = useI18n();
  const days = dateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });
  const month = dateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const starts = new Set(periods.map(({ start }) => start));
  return (
    <div className="calendars">
      {monthsOf(periods).map((first) => (
        <table key={first} className="calendar">
          <caption className="small">{month.format(new Date(`${first}T00:00:00Z`))}</caption>
          <thead>
            {/* The 1st of June 2026 is a Monday. */}
            <tr>{Array.from({ length: 7 }, (_, at) => <th key={at} scope="col" className="small muted">{days.format(Date.UTC(2026, 5, 1 + at))}</th>)}</tr>
          </thead>
          <tbody>
            {daysOf(first).map((week) => (
              <tr key={week.find((day) => day !== null)}>
                {week.map((day, at) => {
                  const index = day === null ? -1 : periods.findIndex(({ start, end }) => start <= day && day < end);
                  return (
                    <td key={at} className={index < 0 ? undefined : index % 2 === 0 ? "even" : "odd"} data-begins={day !== null && starts.has(day) ? "" : undefined}>
                      {day && Number(day.slice(8))}
                      {day !== null && starts.has(day) && <span className="visually-hidden"> {t("cycle.begins")}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
