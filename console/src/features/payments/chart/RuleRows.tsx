/** The numbers of a chart as a form: a row for each rule, and rules for parts that are added and taken away. */
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import type { Rule } from "./queries";

const parts = {
  revenue: ["plan_id", "tax_class", "tax_rate", "tax_category"],
  deferred_revenue: ["plan_id", "tax_class", "tax_rate", "tax_category"],
  unbilled_revenue: ["plan_id", "tax_class", "tax_rate", "tax_category"],
  late_fees: ["tax_rate", "tax_category"],
  tax: ["tax_rate", "tax_category"],
  bank: ["method"],
} as const;
type Divided = keyof typeof parts;
type Part = "plan_id" | "tax_class" | "tax_rate" | "tax_category" | "method";

const none = { plan_id: null, tax_class: null, tax_rate: null, tax_category: null, method: null };
const named = (rule: Rule): Part | undefined => (Object.keys(none) as Part[]).find((part) => rule[part] !== null);

export function RuleRows({ rules, onChange }: { rules: readonly Rule[]; onChange: (rules: readonly Rule[]) => void }) {
  const { t } = useI18n();
  const change = (at: number, more: Partial<Rule>) => onChange(rules.map((rule, n) => (n === at ? { ...rule, ...more } : rule)));
  return (
    <div className="form-field rows stack" role="group" aria-label={t("chart.rules")}>
      <span>{t("chart.rules")}</span>
      {rules.map((rule, at) => (
        <Row key={at} rule={rule} at={at} onChange={(more) => change(at, more)} onRemove={() => onChange(rules.filter((_, n) => n !== at))} />
      ))}
      <div className="row wrap">
        {(Object.keys(parts) as Divided[]).map((account) => (
          <button key={account} type="button" className="button" onClick={() => onChange([...rules, { ...none, account, number: "", name: "", automatic: false, [parts[account][0]]: "" }])}>
            {t("chart.add", { account: t(`chart.account_${account}`) })}
          </button>
        ))}
      </div>
    </div>
  );
}

function Row({ rule, at, onChange, onRemove }: { rule: Rule; at: number; onChange: (more: Partial<Rule>) => void; onRemove: () => void }) {
  const { t } = useI18n();
  const part = named(rule);
  const account = t(`chart.account_${rule.account}`);
  const label = (word: string) => `${account}: ${word}`;
  return (
    <fieldset className="row wrap">
      <legend>{account}</legend>
      <input className="field" dir="ltr" size={8} maxLength={20} aria-label={label(t("chart.number"))} value={rule.number} onChange={(event) => onChange({ number: event.target.value })} />
      <input className="field grow" dir="auto" maxLength={100} aria-label={label(t("chart.name"))} value={rule.name} onChange={(event) => onChange({ name: event.target.value })} />
      {part && (
        <>
          <select className="field" aria-label={label(t("chart.about"))} value={part} onChange={(event) => onChange({ ...none, [event.target.value]: rule[part] })}>
            {parts[rule.account as Divided].map((each) => <option key={each} value={each}>{t(`chart.part_${each}`)}</option>)}
          </select>
          <input className="field" dir="ltr" size={10} maxLength={64} aria-label={label(t(`chart.part_${part}`))} value={rule[part] ?? ""} onChange={(event) => onChange({ [part]: event.target.value })} />
          <button type="button" className="button quiet icon" aria-label={t("rows.remove", { n: at + 1 })} onClick={onRemove}><Icon name="close" size={14} /></button>
        </>
      )}
      <label className="row"><input type="checkbox" checked={rule.automatic} onChange={(event) => onChange({ automatic: event.target.checked })} /> {t("chart.automatic_short")}</label>
    </fieldset>
  );
}
