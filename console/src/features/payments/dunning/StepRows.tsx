/** The steps of a policy as a form: when, what becomes of service, what it costs, what is written. */
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { firstRow, services, type Service, type StepRow } from "./steps";

interface Props {
  rows: readonly StepRow[];
  onChange: (rows: readonly StepRow[]) => void;
}

export function StepRows({ rows, onChange }: Props) {
  const { t } = useI18n();
  const change = (at: number, part: Partial<StepRow>) => onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <div className="form-field rows stack" role="group" aria-label={t("dunningpolicy.steps")}>
      <span>{t("dunningpolicy.steps")}</span>
      {rows.map((row, at) => (
        <fieldset key={at} className="stack dunning-step">
          <legend className="row">
            <span>{t("dunningstep.of", { n: at + 1 })}</span>
            <button type="button" className="button quiet icon" aria-label={t("rows.remove", { n: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at))}><Icon name="close" size={14} /></button>
          </legend>
          <Fields row={row} onChange={(part) => change(at, part)} />
        </fieldset>
      ))}
      <div><button type="button" className="button" onClick={() => onChange([...rows, firstRow])}>{t("rows.add")}</button></div>
    </div>
  );
}

interface Part {
  row: StepRow;
  onChange: (part: Partial<StepRow>) => void;
}

function Fields({ row, onChange }: Part) {
  const { t } = useI18n();
  return (
    <>
      <div className="row wrap">
        <Text label={t("dunningstep.name")} value={row.name} onChange={(name) => onChange({ name })} />
        <Text label={t("dunningstep.after_days")} value={row.after_days} numeric onChange={(after_days) => onChange({ after_days })} />
        <label className="form-field">
          <span>{t("dunningstep.service")}</span>
          <select className="field" value={row.service} onChange={(event) => onChange({ service: event.target.value as Service })}>
            {services.map((service) => <option key={service} value={service}>{t(`dunningstep.service_${service}`)}</option>)}
          </select>
        </label>
        {row.service === "throttled" && <Text label={t("dunningstep.profile")} value={row.profile} onChange={(profile) => onChange({ profile })} />}
        {row.service !== "none" && <Check label={t("dunningstep.paid_for")} value={row.paid_for} onChange={(paid_for) => onChange({ paid_for })} />}
        <Text label={t("dunningstep.fees")} value={row.fees} onChange={(fees) => onChange({ fees })} />
      </div>
      <Letter row={row} onChange={onChange} />
      <div className="row wrap">
        <Check label={t("dunningstep.collection")} value={row.collection} onChange={(collection) => onChange({ collection })} />
        {row.collection && <Text label={t("dunningstep.agency")} value={row.agency} onChange={(agency) => onChange({ agency })} />}
        <Check label={t("dunningstep.terminate")} value={row.terminate} onChange={(terminate) => onChange({ terminate })} />
      </div>
    </>
  );
}

function Letter({ row, onChange }: Part) {
  const { t } = useI18n();
  return (
    <>
      <div className="row wrap">
        <Text label={t("dunningstep.language")} value={row.language} onChange={(language) => onChange({ language })} />
        <Text label={t("dunningstep.subject")} value={row.subject} onChange={(subject) => onChange({ subject })} />
      </div>
      <label className="form-field">
        <span>{t("dunningstep.text")}</span>
        <textarea className="field" rows={3} value={row.text} onChange={(event) => onChange({ text: event.target.value })} />
      </label>
      {row.text && <p className="small muted" dir="auto">{previewed(row.text)}</p>}
    </>
  );
}

/** For less than this nobody is dunned: amounts with their currencies, as one text. */
export function Minimums({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return <Text label={t("dunningpolicy.minimums_form")} value={value} onChange={onChange} />;
}

/** The letter as a customer may read it, with made-up figures. */
export function previewed(text: string): string {
  const figures: Readonly<Record<string, string>> = { overdue: "36.04 EUR", days: "10", oldest: "2026-10-15", account: "CUST-0042" };
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => figures[name] ?? hole);
}

function Text({ label, value, numeric = false, onChange }: { label: string; value: string; numeric?: boolean; onChange: (value: string) => void }) {
  return <label className="form-field"><span>{label}</span><input className={numeric ? "field number" : "field"} inputMode={numeric ? "numeric" : "text"} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} /></label>;
}

function Check({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return <label className="row"><input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} /> <span>{label}</span></label>;
}
