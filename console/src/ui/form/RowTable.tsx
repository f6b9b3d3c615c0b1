/** A list of plain things as a table: a row each, a cell for each of its facts; rows are added and taken away. */
import { useI18n, useLabel } from "../../lib/i18n";
import type { FormField } from "../../lib/form/schema";
import type { Tier } from "../../lib/form/values";
import { Icon } from "../Icon";
import { PlainTable } from "../PlainTable";

interface Props {
  label: string;
  /** First part of the labels of the columns. */
  words: string;
  columns: readonly FormField[];
  rows: readonly Tier[];
  onChange: (rows: readonly Tier[]) => void;
}

export function RowTable({ label, words, columns, rows, onChange }: Props) {
  const { t } = useI18n();
  const named = useLabel();
  const name = (column: string) => named(`${words}.${column}`, named(`tier.${column}`, column));
  const change = (at: number, column: string, text: string) => onChange(rows.map((row, index) => (index === at ? { ...row, [column]: text } : row)));
  return (
    <>
      <PlainTable label={label} className="tiers">
        <thead>
          <tr>
            {columns.map((column) => <th key={column.name} scope="col">{name(column.name)}</th>)}
            <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((column) => (
                <td key={column.name} data-label={name(column.name)}><Cell column={column} label={t("rows.cell", { column: name(column.name), n: at + 1 })} words={words} value={row[column.name] ?? ""} onChange={(text) => change(at, column.name, text)} /></td>
              ))}
              <td>
                <button type="button" className="button quiet icon" aria-label={t("rows.remove", { n: at + 1 })} onClick={() => onChange(rows.filter((_, index) => index !== at))}><Icon name="close" size={14} /></button>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <div><button type="button" className="button" onClick={() => onChange([...rows, {}])}>{t("rows.add")}</button></div>
    </>
  );
}

function Cell({ column: { name, kind, choices }, label, words, value, onChange }: { column: FormField; label: string; words: string; value: string; onChange: (text: string) => void }) {
  const named = useLabel();
  if (kind === "choice") {
    return (
      <select className="field" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" />
        {choices.map((choice) => <option key={choice} value={choice}>{named(`${words}.${name}_${choice}`, choice)}</option>)}
      </select>
    );
  }
  const isNumber = kind === "decimal" || kind === "integer";
  return <input className={isNumber ? "field number" : "field"} type={kind === "date" ? "date" : "text"} inputMode={kind === "decimal" ? "decimal" : kind === "integer" ? "numeric" : undefined} autoComplete="off" aria-label={label} value={value} onChange={(event) => onChange(name === "currency" ? event.target.value.toUpperCase() : event.target.value)} />;
}
