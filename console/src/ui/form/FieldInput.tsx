/** The input of one field by its kind: the browser's own inputs, a picker, an amount with its currency, a table of tiers or rows. */
import { useLabel, useI18n } from "../../lib/i18n";
import type { FormField } from "../../lib/form/schema";
import type { Tier, Value } from "../../lib/form/values";
import type { MoneyValue } from "../../lib/money";
import { DatesInput } from "./DatesInput";
import { PickerField } from "./PickerField";
import { RowTable } from "./RowTable";
import { TierTable } from "./TierTable";

interface Props {
  id: string;
  field: FormField;
  label: string;
  /** First part of the labels: of `payment.method` the choice "card" is `payment.method_card`. */
  words: string;
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** The unit that its quantities are written in. */
  unit?: string | undefined;
  /** The element that says what is wrong. */
  problemId: string | null;
}

const types: Readonly<Partial<Record<FormField["kind"], string>>> = { date: "date", instant: "datetime-local", secret: "password" };

export function FieldInput({ id, field, label, words, value, unit, onChange, problemId }: Props) {
  const { t } = useI18n();
  const choiceLabel = useLabel();
  const wrong = { "aria-invalid": problemId !== null, "aria-describedby": problemId ?? undefined };
  const text = typeof value === "string" ? value : "";
  switch (field.kind) {
    case "choice":
      return (
        <select id={id} className="field" value={text} onChange={(event) => onChange(event.target.value)} {...wrong}>
          <option value="">{t("command.choose")}</option>
          {field.choices.map((choice) => <option key={choice} value={choice}>{choiceLabel(`${words}.${field.name}_${choice}`, choice)}</option>)}
          {text !== "" && !field.choices.includes(text) && <option value={text}>{text}</option>}
        </select>
      );
    case "every":
      return <EveryInput id={id} label={label} choices={field.choices.map((choice) => [choice, choiceLabel(`form.every_${choice}`, choice)] as const)} value={text} onChange={onChange} wrong={wrong} />;
    case "json":
      return <textarea id={id} className="field code" rows={4} dir="ltr" spellCheck={false} value={text} onChange={(event) => onChange(event.target.value)} {...wrong} />;
    case "rows":
      return <RowTable label={label} words={words} columns={field.row} rows={asTiers(value)} onChange={onChange} />;
    case "yes_no":
      return <input id={id} type="checkbox" checked={text === "true"} onChange={(event) => onChange(String(event.target.checked))} {...wrong} />;
    case "dates":
      return <DatesInput id={id} label={label} value={text} onChange={onChange} wrong={wrong} />;
    case "lines":
      return <textarea id={id} className="field" rows={3} value={text} onChange={(event) => onChange(event.target.value)} {...wrong} />;
    case "picker":
      return <PickerField id={id} kind={field.picker ?? "account"} label={label} value={text} onChange={onChange} wrong={wrong} />;
    case "money":
      return <MoneyInput label={label} value={asMoney(value)} onChange={onChange} wrong={wrong} />;
    case "tiers":
      return <TierTable label={label} columns={field.columns} tiers={asTiers(value)} unit={unit} onChange={onChange} />;
    default:
      return (
        <>
        <input
          id={id} className="field" list={field.name === "time_zone" ? `${id}-zones` : undefined} type={types[field.kind] ?? "text"} value={text} onChange={(event) => onChange(event.target.value)} autoComplete={field.kind === "secret" ? "new-password" : "off"}
          inputMode={field.kind === "decimal" ? "decimal" : field.kind === "integer" ? "numeric" : undefined} {...wrong}
        />
        {field.name === "time_zone" && <datalist id={`${id}-zones`}>{Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}</datalist>}
        </>
      );
  }
}

/** A month, a quarter, a year, or so many days. */
function EveryInput({ id, label, choices, value, onChange, wrong }: { id: string; label: string; choices: readonly (readonly [string, string])[]; value: string; onChange: (value: string) => void; wrong: object }) {
  const { t } = useI18n();
  const days = value.startsWith("days:") ? value.slice(5) : null;
  return (
    <span className="row">
      <select id={id} className="field grow" value={days === null ? value : "days:"} onChange={(event) => onChange(event.target.value)} {...wrong}>
        <option value="">{t("command.choose")}</option>
        {choices.map(([choice, name]) => <option key={choice} value={choice}>{name}</option>)}
        <option value="days:">{t("form.every_days")}</option>
        {value.startsWith("{") && <option value={value}>{value}</option>}
      </select>
      {days !== null && <input className="field number form-days" inputMode="numeric" autoComplete="off" aria-label={t("form.days_of", { field: label })} value={days} onChange={(event) => onChange(`days:${event.target.value}`)} />}
    </span>
  );
}

/** An amount is a text from the key to the wire; its currency stands beside it. */
function MoneyInput({ label, value, onChange, wrong }: { label: string; value: MoneyValue; onChange: (value: MoneyValue) => void; wrong: object }) {
  const { t } = useI18n();
  return (
    <span className="row" dir="ltr">
      <input className="field grow number" aria-label={label} inputMode="decimal" autoComplete="off" value={value.amount} onChange={(event) => onChange({ ...value, amount: event.target.value })} {...wrong} />
      <input className="field form-currency" aria-label={t("form.currency")} maxLength={3} autoComplete="off" value={value.currency} onChange={(event) => onChange({ ...value, currency: event.target.value.toUpperCase() })} />
    </span>
  );
}

function asMoney(value: Value | undefined): MoneyValue {
  return value !== undefined && typeof value === "object" && "currency" in value ? (value as MoneyValue) : { amount: "", currency: "" };
}

function asTiers(value: Value | undefined): readonly Tier[] {
  return Array.isArray(value) ? (value as readonly Tier[]) : [];
}
