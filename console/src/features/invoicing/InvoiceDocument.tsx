/** The document: its lines grouped by whose they are and by plan, each with what was counted and why it costs that; the totals at its foot. */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { narrow, useMedia } from "../../lib/media";
import { formatMoney } from "../../lib/money";
import { Card } from "../../ui/Card";
import { CustomerName, PlanName } from "../../ui/Named";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState } from "../../ui/States";
import { Money, Nothing, PeriodText, Quantity } from "../../ui/Value";
import type { InvoiceDetail, InvoiceLine } from "./queries";
import "./InvoiceDocument.css";

interface Props {
  invoice: InvoiceDetail;
  /** Where a line is explained, by its number. */
  explainPath: (n: number) => string;
}

export function InvoiceDocument({ invoice, explainPath }: Props) {
  const { t } = useI18n();
  const columns = useColumnsBeforeAmount();
  if (invoice.lines.length === 0) return <Card title={t("invoice.lines")}><EmptyState icon="invoice" title={t("invoice.no_lines")} /></Card>;
  return (
    <Card title={t("invoice.lines")} flush>
      <PlainTable label={t("invoice.lines")} className="lines">
        <thead>
          <tr>
            <th scope="col" className="end wide-only">{t("line.n")}</th>
            <th scope="col">{t("line.description")}</th>
            <th scope="col" className="wide-only">{t("line.period")}</th>
            <th scope="col" className="end">{t("line.quantity")}</th>
            <th scope="col" className="end">{t("line.net")}</th>
            <th scope="col" className="wide-only no-print"><span className="visually-hidden">{t("explain.action")}</span></th>
          </tr>
        </thead>
        {grouped(invoice.lines).map(({ account, plan, version, lines }, _at, { length }) => (
          <tbody key={`${account} ${plan}@${version}`}>
            {(plan !== null || length > 1) && (
              <tr className="lines-plan">
                <th scope="rowgroup" colSpan={columns + 2}>
                  {account !== null && <><CustomerName id={account} inline link /> · </>}
                  {plan === null ? t("line.no_plan") : <PlanName id={plan} inline />} {version !== null && <span className="muted">{t("line.plan_version", { version })}</span>}
                </th>
              </tr>
            )}
            {lines.map((line) => <Line key={line.n} line={line} explainTo={explainPath(line.n)} />)}
          </tbody>
        ))}
        <tfoot>
          {invoice.allowances.map(({ discount_id, reason, amount: { amount, currency } }) => <Sum key={discount_id} title={reason} value={{ amount: `-${amount}`, currency }} />)}
          <Sum title={t("invoice.net")} value={invoice.net} />
          <Sum title={t("invoice.tax")} value={invoice.tax} />
          <Sum title={t("invoice.total")} value={invoice.total} strong />
        </tfoot>
      </PlainTable>
    </Card>
  );
}

function Line({ line, explainTo }: { line: InvoiceLine; explainTo: string }) {
  const { t, locale } = useI18n();
  const isNarrow = useMedia(narrow);
  const explain = <Link className="lines-explain no-print" to={explainTo} aria-label={t("explain.action_of", { n: line.n })}>{t("explain.action")}</Link>;
  return (
    <tr>
      <td className="end muted number wide-only">{line.n}</td>
      <th scope="row">
        {line.description}
        <span className="muted small narrow-only"><PeriodText value={line.period} /></span>
        {isNarrow && explain}
      </th>
      <td className="wide-only"><PeriodText value={line.period} /></td>
      <td className="end">{line.quantity ? <Quantity value={line.quantity} meter={line.meter ?? null} /> : <Nothing />}</td>
      <td className="end">
        <Money value={line.net} />
        {line.gross && <div className="muted small">{t("line.told", { amount: formatMoney(locale, line.gross) })}</div>}
      </td>
      <td className="end wide-only no-print">{!isNarrow && explain}</td>
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
      <td className="wide-only no-print" />
    </tr>
  );
}

interface LineGroup {
  /** Another account, which this invoice pays for. */
  account: string | null;
  plan: string | null;
  version: number | null;
  lines: InvoiceLine[];
}

/** Lines of the same account, plan and version together, in the order of the document; what is of no plan comes last. */
function grouped(lines: readonly InvoiceLine[]): LineGroup[] {
  const groups = new Map<string, LineGroup>();
  for (const line of lines) {
    const plan = line.plan_id ?? null;
    const version = line.plan_version ?? null;
    const account = line.account_id ?? null;
    const key = `${account} ${plan}@${version}`;
    const group = groups.get(key) ?? { account, plan, version, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => Number(a.plan === null) - Number(b.plan === null));
}
