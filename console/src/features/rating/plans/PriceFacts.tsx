/** A price as it is stored: its sentence, its facts by name, its tiers or rows as a table. Any model has these. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";

type Document = Readonly<Record<string, unknown>>;

export function PriceFacts({ price, sentence }: { price: Document; sentence: string | undefined }) {
  const label = useLabel();
  const told = Object.entries(price).filter(([name, value]) => name !== "model" && value !== null);
  const tables = told.filter((entry): entry is [string, Document[]] => isRows(entry[1]));
  const facts = told.filter(([, value]) => !isRows(value));
  const name = (field: string) => label(`price_form.${field}`, label(`tier.${field}`, field.replaceAll("_", " ")));
  const model = label(`price_form.model_${String(price["model"])}`, String(price["model"]));
  return (
    <section className="price stack" aria-label={sentence ?? model}>
      <h3>{model}</h3>
      {sentence && <p><strong>{sentence}</strong></p>}
      <Facts facts={facts.map(([field, value]) => [name(field), <span key={field} dir="ltr">{written(value)}</span>])} />
      {tables.map(([field, rows]) => <Rows key={field} label={name(field)} rows={rows} name={name} />)}
    </section>
  );
}

function Rows({ label, rows, name }: { label: string; rows: readonly Document[]; name: (field: string) => string }) {
  const { t } = useI18n();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <PlainTable label={label}>
      <thead><tr>{columns.map((column) => <th key={column} scope="col">{name(column)}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => <tr key={at}>{columns.map((column) => <td key={column} dir="ltr">{column === "up_to" && row[column] === null ? t("tier.open") : written(row[column])}</td>)}</tr>)}
      </tbody>
    </PlainTable>
  );
}

function isRows(value: unknown): value is Document[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
