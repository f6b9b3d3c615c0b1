/** A set of days: each can be taken away, one more is chosen from the calendar. The form holds them in their order, one a line. */
import { useState, type KeyboardEvent } from "react";
import { useI18n } from "../../lib/i18n";
import { dateTimeFormat } from "../../lib/intl";
import { formatDate } from "../../lib/time";
import { Icon } from "../Icon";

interface Props {
  id: string;
  label: string;
  /** `YYYY-MM-DD` lines. */
  value: string;
  onChange: (value: string) => void;
  wrong: object;
}

export function DatesInput({ id, label, value, onChange, wrong }: Props) {
  const { t, locale } = useI18n();
  const [day, setDay] = useState("");
  const days = value.split("\n").filter((line) => line !== "");
  const put = (all: readonly string[]) => onChange([...new Set(all)].sort().join("\n"));
  const add = () => {
    if (day === "") return;
    put([...days, day]);
    setDay("");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // Enter adds the day, and sends nothing.
    event.preventDefault();
    add();
  };
  const weekday = dateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return (
    <div className="stack">
      {days.length === 0 ? <p className="small muted">{t("form.dates_none")}</p> : (
        <ul className="form-dates" aria-label={label}>
          {days.map((one) => (
            <li key={one}>
              <span className="number" dir="auto">{weekday.format(new Date(`${one}T00:00:00Z`))}, <time dateTime={one}>{formatDate(locale, one)}</time></span>
              <button type="button" className="button quiet icon" aria-label={t("form.dates_remove", { day: formatDate(locale, one) })} onClick={() => put(days.filter((other) => other !== one))}><Icon name="close" size={12} /></button>
            </li>
          ))}
        </ul>
      )}
      <span className="row">
        <input id={id} className="field grow" type="date" min="1970-01-01" max="2999-12-31" aria-label={t("form.dates_day")} value={day} onChange={(event) => setDay(event.target.value)} onKeyDown={onKey} {...wrong} />
        <button type="button" className="button" disabled={day === ""} onClick={add}>{t("form.dates_add")}</button>
      </span>
    </div>
  );
}
