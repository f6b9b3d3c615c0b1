/** The document: its lines grouped by plan, each with what was counted, and the totals at its foot. */
import { useI18n } from "../../lib/i18n";
import { narrow, useMedia } from "../../lib/media";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState } from "../../ui/States";
import { Money, Nothing, PeriodText, Quantity } from "../../ui/Value";
import type { InvoiceDetail, InvoiceLine } from "./queries";
import "./InvoiceDocument.css";

export function InvoiceDocument({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const columns = useColumnsBeforeAmount();
  if (invoice.lines.length === 0) return <Card title={t("invoice.lines")}><EmptyState icon="invoice" title={t("invoice.no_lines")} /></Card>;
  return (
    <Card title={t("invoice.lines")} flush>
      <PlainTable label={t("invoice.lines")} className="lines">
        <thead>
          <tr>
            <th scope="col" className="end lines-wide">{t("line.n")}</th>
            <th scope="col">{t("line.description")}</th>
            <th scope="col" className="lines-wide">{t("line.period")}</th>
            <th scope="col" className="end">{t("line.quantity")}</th>
            <th scope="col" className="end">{t("line.net")}</th>
          </tr>
        </thead>
        {byPlan(invoice.lines).map(({ plan, version, lines }) => (
          <tbody key={`${plan}@${version}`}>
            {plan && (
              <tr className="lines-plan">
                <th scope="rowgroup" colSpan={columns + 1}><span dir="ltr">{plan}</span> {version != null && <span className="muted">{t("line.plan_version", { version })}</span>}</th>
              </tr>
            )}
            {lines.map((line) => <Line key={line.n} line={line} />)}
          </tbody>
        ))}
        <tfoot>
          <Sum title={t("invoice.net")} value={invoice.net} />
          <Sum title={t("invoice.tax")} value={invoice.tax} />
          <Sum title={t("invoice.total")} value={invoice.total} strong />
        </tfoot>
      </PlainTable>
    </Card>
  );
}

function Line({ line }: { line: InvoiceLine }) {
  return (
    <tr>
      <td className="end muted number lines-wide">{line.n}</td>
      <th scope="row">
        {line.description}
        <span className="muted small lines-narrow"><PeriodText value={line.period} /></span>
        {line.meter && <code className="muted lines-meter" dir="ltr">{line.meter}</code>}
      </th>
      <td className="lines-wide"><PeriodText value={line.period} /></td>
      <td className="end">{line.quantity ? <Quantity value={line.quantity} meter={line.meter ?? null} /> : <Nothing />}</td>
      <td className="end"><Money value={line.net} /></td>
    </tr>
  );
}

/** Columns before the amount; a narrow screen puts the line number away and the period under the description. */
function useColumnsBeforeAmount(): number {
  return useMedia(narrow) ? 2 : 4;
}

function Sum({ title, value, strong = false }: { title: string; value: InvoiceDetail["net"]; strong?: boolean }) {
  const columns = useColumnsBeforeAmount();
  return (
    <tr className={strong ? "lines-total" : undefined}>
      <th scope="row" colSpan={columns} className="end">{title}</th>
      <td className="end"><Money value={value} /></td>
    </tr>
  );
}

interface PlanLines {
  plan: string | null;
  version: number | null;
  lines: InvoiceLine[];
}

/** Lines of the same plan and version together, in the order of the document. */
function byPlan(lines: readonly InvoiceLine[]): PlanLines[] {
  const groups = new Map<string, PlanLines>();
  for (const line of lines) {
    const plan = line.plan_id ?? null;
    const version = line.plan_version ?? null;
    const key = `${plan}@${version}`;
    const group = groups.get(key) ?? { plan, version, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()];
}
