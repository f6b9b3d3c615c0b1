/** The steps of a policy as a table: after how many days, what kind of fee, and how much. */
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { asks, firstRow, kinds, years, type Kind, type StepRow } from "./steps";

interface Props {
  rows: readonly StepRow[];
  onChange: (rows: readonly StepRow[]) => void;
}

export function StepRows({ rows, onChange }: Props) {
  const { t } = useI18n();
  const change = (at: number, part: Partial<StepRow>) => onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <div className="form-field rows" role="group" aria-label={t("latepolicy.steps")}>
      <span>{t("latepolicy.steps")}</span>
      <PlainTable label={t("latepolicy.steps")} className="tiers">
        <thead>
          <tr>
            <th scope="col">{t("latestep.after_days")}</th>
            <th scope="col">{t("latestep.kind")}</th>
            <th scope="col">{t("latestep.flat")}</th>
            <th scope="col">{t("latestep.percent")}</th>
            <th scope="col">{t("latestep.days")}</th>
            <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              <Cells row={row} n={at + 1} onChange={(part) => change(at, part)} />
              <td><button type="button" className="button quiet icon" aria-label={t("rows.remove", { n: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at))}><Icon name="close" size={14} /></button></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <div><button type="button" className="button" onClick={() => onChange([...rows, { ...firstRow, after_days: "" }])}>{t("rows.add")}</button></div>
    </div>
  );
}

function Cells({ row, n, onChange }: { row: StepRow; n: number; onChange: (part: Partial<StepRow>) => void }) {
  const { t } = useI18n();
  const asked = asks(row.kind);
  const name = (column: string) => t("tier.cell", { column, n });
  return (
    <>
      <td data-label={t("latestep.after_days")}><input className="field number" inputMode="numeric" autoComplete="off" aria-label={name(t("latestep.after_days"))} value={row.after_days} onChange={(event) => onChange({ after_days: event.target.value })} /></td>
      <td data-label={t("latestep.kind")}>
        <select className="field" aria-label={name(t("latestep.kind"))} value={row.kind} onChange={(event) => onChange({ kind: event.target.value as Kind })}>
          {kinds.map((kind) => <option key={kind} value={kind}>{t(`latefee.kind_${kind}`)}</option>)}
        </select>
      </td>
      <td data-label={t("latestep.flat")}>{asked.flat && <input className="field number" inputMode="decimal" autoComplete="off" aria-label={name(t("latestep.flat"))} value={row.flat} onChange={(event) => onChange({ flat: event.target.value })} />}</td>
      <td data-label={t("latestep.percent")}>{asked.percent && <input className="field number" inputMode="decimal" autoComplete="off" aria-label={name(t("latestep.percent"))} value={row.percent} onChange={(event) => onChange({ percent: event.target.value })} />}</td>
      <td data-label={t("latestep.days")}>
        {asked.days && (
          <select className="field" aria-label={name(t("latestep.days"))} value={row.days} onChange={(event) => onChange({ days: event.target.value })}>
            {years.map((year) => <option key={year} value={year}>{year === "actual" ? t("latestep.actual") : year}</option>)}
          </select>
        )}
      </td>
    </>
  );
}
