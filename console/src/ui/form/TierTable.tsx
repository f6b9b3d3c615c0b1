/**
 * The tiers of a price: one row each, from where the one before ends up to its own bound; the last has none.
 *
 * The bound that a tier starts from is not asked for: it is the one above. A bound that does not rise laps over the tier
 * before, and a missing one leaves a gap: both are told in the row at once.
 */
import { useId } from "react";
import { useI18n, useLabel } from "../../lib/i18n";
import { readDecimal } from "../../lib/form/number";
import { tierFaults, type Tier } from "../../lib/form/values";
import { Icon } from "../Icon";
import { PlainTable } from "../PlainTable";

interface Props {
  label: string;
  /** The tier's fields; `up_to` is its bound. */
  columns: readonly string[];
  tiers: readonly Tier[];
  /** The unit that bounds and blocks are written in; a new tier then has a price for a block of one. */
  unit?: string | undefined;
  onChange: (tiers: readonly Tier[]) => void;
}

export function TierTable({ label, columns, tiers, unit, onChange }: Props) {
  const { t } = useI18n();
  const words = useLabel();
  const id = useId();
  // A row that is still being written has no fault yet.
  const faults = tierFaults(tiers).map((fault, row) => (fault === "tiers_open" && row < tiers.length - 1 && !Object.values(tiers[row] ?? {}).some((text) => text.trim() !== "") ? null : fault));
  const plainName = (column: string) => words(`tier.${column}`, column);
  const name = (column: string) => (unit && (column === "up_to" || column === "unit_size") ? t("form.in_unit", { field: plainName(column), unit }) : plainName(column));
  const fresh: Tier = unit && columns.includes("unit_size") ? { up_to: "", unit_size: "1" } : { up_to: "" };
  const faultAt = (row: number, column: string) => faults[row] !== null && column === (faults[row] === "no_decimal" ? (columns.find((one) => isNoDecimal(tiers[row]?.[one])) ?? "up_to") : "up_to");
  const change = (row: number, column: string, text: string) => onChange(tiers.map((tier, index) => (index === row ? { ...tier, [column]: text } : tier)));
  // A new tier goes before the open one.
  const add = () => onChange(tiers.length === 0 ? [fresh] : [...tiers.slice(0, -1), fresh, ...tiers.slice(-1)]);
  return (
    <>
      <PlainTable label={label} className="tiers">
        <thead>
          <tr>
            <th scope="col">{t("tier.from")}</th>
            {columns.map((column) => <th key={column} scope="col">{name(column)}</th>)}
            <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, row) => (
            <tr key={row}>
              <th scope="row" className="number" data-label={t("tier.from")}>{row === 0 ? "0" : tiers[row - 1]?.["up_to"] || "…"}</th>
              {columns.map((column) => (
                <td key={column} data-label={name(column)}>
                  {column === "up_to" && row === tiers.length - 1 ? <span className="muted">{t("tier.open")}</span> : (
                    <input className="field number" inputMode="decimal" autoComplete="off" aria-invalid={faultAt(row, column)} aria-describedby={faultAt(row, column) ? `${id}-${row}` : undefined} aria-label={t("tier.cell", { column: name(column), n: row + 1 })} value={tier[column] ?? ""} onChange={(event) => change(row, column, event.target.value)} />
                  )}
                  {faultAt(row, column) && <p id={`${id}-${row}`} className="form-problem small" role="alert">{t("tier.fault", { n: row + 1, fault: t(`form.${faults[row]!}`) })}</p>}
                </td>
              ))}
              <td>
                <button type="button" className="button quiet icon" aria-label={t("tier.remove", { n: row + 1 })} onClick={() => onChange(tiers.filter((_, index) => index !== row).map((left, index, all) => (index === all.length - 1 ? { ...left, up_to: "" } : left)))}>
                  <Icon name="close" size={14} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <div><button type="button" className="button" onClick={add}>{t("tier.add")}</button></div>
    </>
  );
}

function isNoDecimal(text = ""): boolean {
  return text.trim() !== "" && readDecimal(text) === null;
}
