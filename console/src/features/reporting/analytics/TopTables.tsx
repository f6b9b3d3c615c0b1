/** Who and what brings most: customers and tariffs, as tables that lead to them. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { formatDecimal } from "../../../lib/money";
import { saveText } from "../../../lib/save";
import { Card } from "../../../ui/Card";
import { AboutFigure } from "../../../ui/chart/ChartMenu";
import { csvOf } from "../../../ui/chart/csv";
import { Icon } from "../../../ui/Icon";
import { CustomerName, PlanName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState } from "../../../ui/States";
import { Count, Money, Nothing } from "../../../ui/Value";
import { useAbout } from "./about";
import { drillOf } from "./drill";
import { useReport } from "./queries";
import { ReportCard } from "./ReportCard";
import { textOf, type ReportRow } from "./rows";
import type { Asked } from "./useAsked";

const most = 10;
const height_px = 440;

interface Props {
  asked: Asked;
  currency: string;
}

export function TopCustomers({ asked: { range }, currency }: Props) {
  const { t, locale } = useI18n();
  const reading = useReport("top-customers", { ...range, currency });
  const about = useAbout("top-customers", "percent");
  const title = t("analytics.top_customers");
  return (
    <ReportCard title={title} reading={reading} height_px={height_px}>
      {(all) => (
        <Card title={title} flush aside={<Aside title={title} about={about} rows={all} file="top-customers" place="account_id" currency={currency} />}>
          <div style={{ minHeight: `${height_px}px` }}>
            {all.length === 0 ? <EmptyState icon="people" title={t("chart.empty")} /> : (
              <PlainTable label={title}>
                <thead><tr><th scope="col">{t("analytics.customer")}</th><th scope="col" className="end">{t("analytics.invoices")}</th><th scope="col" className="end">{t("analytics.net")}</th><th scope="col" className="end">{t("analytics.share")}</th></tr></thead>
                <tbody>
                  {all.slice(0, most).map((row) => (
                    <tr key={textOf(row, "account_id")}>
                      <th scope="row"><CustomerName id={textOf(row, "account_id") ?? ""} link /></th>
                      <td className="end"><Rows row={row} figure="invoices"><Count value={Number(textOf(row, "invoices"))} /></Rows></td>
                      <td className="end"><Money value={{ amount: textOf(row, "net") ?? "0", currency }} /></td>
                      <td className="end number" dir="ltr">{textOf(row, "percent") === null ? <Nothing /> : `${formatDecimal(locale, textOf(row, "percent")!)} %`}</td>
                    </tr>
                  ))}
                </tbody>
              </PlainTable>
            )}
          </div>
        </Card>
      )}
    </ReportCard>
  );
}

export function TopPlans({ asked: { range }, currency }: Props) {
  const { t } = useI18n();
  const reading = useReport("top-plans", { ...range, currency });
  const about = useAbout("top-plans", "net");
  const title = t("analytics.top_plans");
  return (
    <ReportCard title={title} reading={reading} height_px={height_px}>
      {(all) => (
        <Card title={title} flush aside={<Aside title={title} about={about} rows={all} file="top-plans" place="plan_id" currency={currency} />}>
          <div style={{ minHeight: `${height_px}px` }}>
            {all.length === 0 ? <EmptyState icon="tag" title={t("chart.empty")} /> : (
              <PlainTable label={title}>
                <thead><tr><th scope="col">{t("analytics.plan")}</th><th scope="col" className="end">{t("analytics.recurring")}</th><th scope="col" className="end">{t("analytics.usage")}</th><th scope="col" className="end">{t("analytics.net")}</th></tr></thead>
                <tbody>
                  {all.slice(0, most).map((row) => (
                    <tr key={textOf(row, "plan_id")}>
                      <th scope="row"><PlanName id={textOf(row, "plan_id") ?? ""} link /></th>
                      {(["recurring", "usage", "net"] as const).map((figure) => <td key={figure} className="end"><Rows row={row} figure={figure}><Money value={{ amount: textOf(row, figure) ?? "0", currency }} /></Rows></td>)}
                    </tr>
                  ))}
                </tbody>
              </PlainTable>
            )}
          </div>
        </Card>
      )}
    </ReportCard>
  );
}

function Rows({ row, figure, children }: { row: ReportRow; figure: string; children: ReactNode }) {
  const to = drillOf(row.rows?.[figure]);
  return to ? <Link to={to}>{children}</Link> : children;
}

interface AsideProps {
  title: string;
  about: { definition: string; formula?: string | undefined } | undefined;
  rows: readonly ReportRow[];
  file: string;
  place: string;
  currency: string;
}

function Aside({ title, about, rows, file, place, currency }: AsideProps) {
  const { t } = useI18n();
  const columns = Object.keys(rows[0] ?? {}).filter((name) => !["rows", "currency", place].includes(name));
  const save = () => saveText(`${file}.csv`, "text/csv", csvOf({ labels: rows.map((row) => textOf(row, place) ?? ""), unit: { currency }, series: columns.map((name) => ({ name, values: rows.map((row) => textOf(row, name)) })) }, place));
  return (
    <span className="row chart-aside">
      {rows.length > 0 && <button type="button" className="button quiet small no-print" onClick={save}><Icon name="down" size={14} /> {t("chart.csv")}</button>}
      {about && <AboutFigure name={title} about={about} />}
    </span>
  );
}
