/**
 * Which events an endpoint is told: everything, everything of a service, or single types.
 *
 * What is chosen goes into the form as `events`, once for each pattern; what a wider one covers stands there ticked.
 */
import { useState } from "react";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useEventTypes } from "./queries";
import "./webhooks.css";

export function EventPicker({ value }: { value: readonly string[] }) {
  const { t } = useI18n();
  const label = useLabel();
  const { data } = useEventTypes();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(value));
  const [sought, setSought] = useState("");
  const set = (pattern: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(pattern);
    else next.delete(pattern);
    setChosen(next);
  };
  const types = (data?.items ?? []).filter(({ type }) => type.toLowerCase().includes(sought.trim().toLowerCase()));
  const services = [...new Set(data?.items.map(({ service }) => service))];
  const all = chosen.has("*");
  return (
    <fieldset className="event-picker">
      <legend>{t("webhook.events")}</legend>
      {[...chosen].map((pattern) => <input key={pattern} type="hidden" name="events" value={pattern} />)}
      <Choice label={t("webhook.everything")} on={all} onChange={(on) => set("*", on)} />
      <label className="command-reason"><span>{t("webhook.seek_event")}</span><input className="field" type="search" value={sought} onChange={(event) => setSought(event.target.value)} autoComplete="off" /></label>
      {services.map((service) => {
        const own = types.filter((one) => one.service === service);
        const whole = `${service}.*`;
        const isWhole = all || chosen.has(whole);
        return (
          <details key={service} open={sought !== "" || own.some(({ type }) => chosen.has(type))}>
            <summary>{label(`webhook.service_${service}`, service)} <span className="small muted">{t("webhook.event_count", { count: own.length })}</span></summary>
            <Choice label={t("webhook.all_of_service")} on={isWhole} isFixed={all} onChange={(on) => set(whole, on)} />
            {own.map(({ type }) => <Choice key={type} label={type} isCode on={isWhole || chosen.has(type)} isFixed={isWhole} onChange={(on) => set(type, on)} />)}
          </details>
        );
      })}
      {/* Patterns that were set by the API stay unless they are taken out here. */}
      {[...chosen].filter((pattern) => pattern !== "*" && !services.some((service) => pattern === `${service}.*`) && !data?.items.some(({ type }) => type === pattern)).map((pattern) => (
        <Choice key={pattern} label={pattern} isCode on onChange={() => set(pattern, false)} />
      ))}
    </fieldset>
  );
}

function Choice({ label, on, isFixed = false, isCode = false, onChange }: { label: string; on: boolean; isFixed?: boolean; isCode?: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="event-choice">
      <input type="checkbox" checked={on} disabled={isFixed} onChange={(event) => onChange(event.target.checked)} />
      {isCode ? <code dir="ltr" className="break">{label}</code> : <span>{label}</span>}
    </label>
  );
}
