/** A price: what it says, its facts by name, its tiers or rows as a table. Any model has these. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { MeterName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { plain } from "../../../lib/money";
import { Money, Quantity } from "../../../ui/Value";
import { PriceSaid } from "./PriceSaid";
import "./plans.css";

type Document = Readonly<Record<string, unknown>>;

export function PriceFacts({ price, currency, sentence }: { price: Document; currency: string; sentence: string | undefined }) {
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
      <div className="price-words"><PriceSaid price={price} currency={currency} sentence={sentence} /></div>
      <Facts facts={facts.map(([field, value]) => [name(field), <Fact key={field} field={field} value={value} meter={meter} currency={currency} />])} />
      {tables.map(([field, rows]) => <Rows key={field} label={name(field)} rows={rows} name={name} meter={meter} currency={currency} />)}
    </section>
  );
}

function Rows({ label, rows, name, meter, currency }: { label: string; rows: readonly Document[]; name: (field: string) => string; meter: string | null; currency: string }) {
  const { t } = useI18n();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((column) => column === "up_to" || row[column] !== null)))];
  return (
    <PlainTable label={label}>
      <thead><tr>{columns.map((column) => <th key={column} scope="col" className={isNumber(column) ? "end" : undefined}>{name(column)}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, at) => <tr key={at}>{columns.map((column) => <td key={column} className={isNumber(column) ? "end" : undefined}>{column === "up_to" && row[column] === null ? t("tier.open") : <Fact field={column} value={row[column]} meter={meter} currency={currency} />}</td>)}</tr>)}
      </tbody>
    </PlainTable>
  );
}

/** What is counted by the meter, in a unit that people read. */
const quantities = new Set(["up_to", "unit_size", "included", "size", "free_quantity"]);
const amounts = new Set(["amount", "unit_price", "price", "flat_fee", "fixed", "minimum", "maximum", "minimum_commitment", "connect_fee", "max_cost", "commit", "free_amount", "per_event_min", "per_event_max"]);
const isNumber = (field: string) => quantities.has(field) || amounts.has(field) || field === "rate";

/** One fact of a price in its own unit: money, a quantity of the meter, a word. */
export function Fact({ field, value, meter, currency }: { field: string; value: unknown; meter: string | null; currency: string }) {
  const { t } = useI18n();
  const label = useLabel();
  if (quantities.has(field) && typeof value === "string") return <Quantity value={plain(value)} meter={meter} />;
  if (amounts.has(field) && typeof value === "string") return <Money value={{ amount: plain(value), currency }} />;
  if (field === "meter" && typeof value === "string") return <MeterName id={value} />;
  if (field === "interval" && typeof value === "string") return <>{label(`form.every_${value}`, value)}</>;
  if (isDays(value)) return <>{t("allowance.days", { count: value.days })}</>;
  if (isDocument(value)) return <Inner value={value} meter={meter} currency={currency} />;
  return <span dir="ltr">{typeof value === "string" ? label(`price_form.${field}_${value}`, value) : written(value)}</span>;
}

/** Facts within a fact, such as the modifiers. */
function Inner({ value, meter, currency }: { value: Document; meter: string | null; currency: string }) {
  const label = useLabel();
  const told = Object.entries(value).filter(([, inner]) => inner !== null);
  return <ul>{told.map(([name, inner]) => <li key={name}>{label(`price_form.modifiers_${name}`, label(`price_form.${name}`, name.replaceAll("_", " ")))}: <Fact field={name} value={inner} meter={meter} currency={currency} /></li>)}</ul>;
}

const isDocument = (value: unknown): value is Document => typeof value === "object" && value !== null && !Array.isArray(value);
const isDays = (value: unknown): value is { days: number } => isDocument(value) && Object.keys(value).join() === "days";

function isRows(value: unknown): value is Document[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
