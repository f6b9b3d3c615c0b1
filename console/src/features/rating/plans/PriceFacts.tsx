/** A price as it is stored: its sentence, its facts by name, its tiers or rows as a table. Any model has these. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { Quantity } from "../../../ui/Value";
import "./plans.css";

type Document = Readonly<Record<string, unknown>>;

export function PriceFacts({ price, sentence }: { price: Document; sentence: string | undefined }) {
  const label = useLabel();
  const told = Object.entries(price).filter(([name, value]) => name !== "model" && value !== null);
  const tables = told.filter((entry): entry is [string, Document[]] => isRows(entry[1]));
  const facts = told.filter(([, value]) => !isRows(value));
  const name = (field: string) => label(`price_form.${field}`, label(`tier.${field}`, field.replaceAll("_", " ")));
  const meter = typeof price["meter"] === "string" ? price["meter"] : null;
  const model = label(`price_form.model_${String(price["model"])}`, String(price["model"]));
  return (
    <section className="price stack" aria-label={sentence ?? model}>
      <h3>{model}</h3>
      {sentence && <p><strong>{sentence}</strong></p>}
      <Facts facts={facts.map(([field, value]) => [name(field), <Fact key={field} field={field} value={value} meter={meter} />])} />
      {tables.map(([field, rows]) => <Rows key={field} label={name(field)} rows={rows} name={name} meter={meter} />)}
    </section>
  );
}

function Rows({ label, rows, name, meter }: { label: string; rows: readonly Document[]; name: (field: string) => string; meter: string | null }) {
  const { t } = useI18n();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <PlainTable label={label}>
      <thead><tr>{columns.map((column) => <th key={column} scope="col">{name(column)}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => <tr key={at}>{columns.map((column) => <td key={column}>{column === "up_to" && row[column] === null ? t("tier.open") : <Fact field={column} value={row[column]} meter={meter} />}</td>)}</tr>)}
      </tbody>
    </PlainTable>
  );
}

/** What is counted by the meter, in a unit that people read. */
const quantities = new Set(["up_to", "unit_size", "included", "size"]);

function Fact({ field, value, meter }: { field: string; value: unknown; meter: string | null }) {
  const label = useLabel();
  if (quantities.has(field) && typeof value === "string") return <Quantity value={value} meter={meter} />;
  return <span dir="ltr">{typeof value === "string" ? label(`price_form.${field}_${value}`, value) : written(value)}</span>;
}

function isRows(value: unknown): value is Document[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
