/**
 * What a run comes to: by plan, what is unusual about it, the invoices that differ most from the account's last one, and
 * the difference to the last run of the same scope.
 */
import { Link } from "react-router";
import { isNegative, isZero } from "../../../lib/decimal";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { CustomerName, PlanName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Count, Money } from "../../../ui/Value";
import { InvoiceNumber } from "../InvoiceNumber";
import { runPath, useRunPreview, type Run, type RunPreview } from "./queries";
import "./runs.css";

export function RunPreviewView({ run }: { run: Run }) {
  const { t } = useI18n();
  const { data, error, refetch } = useRunPreview(run);
  if (run.status === "running") return <Card title={t("run.preview")}><p role="status"><Icon name="clock" size={14} /> {t("run.preview_later")}</p></Card>;
  if (!data) return <Card title={t("run.preview")}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={36} />}</Card>;
  return (
    <>
      <Warnings warnings={data.warnings} />
      <Plans plans={data.plans} />
      <Samples samples={data.samples} />
      <LastRun last={data.last_run} />
    </>
  );
}

function Warnings({ warnings }: Pick<RunPreview, "warnings">) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <Card title={t("run.warnings")} flush>
      {warnings.length === 0 && <EmptyState icon="checkCircle" title={t("run.no_warnings")} />}
      {warnings.length > 0 && (
        <ul className="run-warnings">
          {warnings.map(({ code, invoices, accounts }) => (
            <li key={code}>
              <p><Icon name="warning" size={14} /> <strong>{label(`run.warning_${code}`, code)}</strong> <span className="muted">{t("run.invoices_of", { count: invoices })}</span></p>
              <ul className="row wrap small" aria-label={label(`run.warning_${code}`, code)}>
                {accounts.map((account) => <li key={account}><CustomerName id={account} link inline /></li>)}
                {invoices > accounts.length && <li className="muted">{t("run.and_more", { count: invoices - accounts.length })}</li>}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Plans({ plans }: Pick<RunPreview, "plans">) {
  const { t } = useI18n();
  if (plans.length === 0) return null;
  return (
    <Card title={t("run.by_plan")} flush>
      <PlainTable label={t("run.by_plan")}>
        <thead><tr><th scope="col">{t("run.plan")}</th><th scope="col" className="end">{t("run.invoices")}</th><th scope="col" className="end">{t("run.net")}</th></tr></thead>
        <tbody>
          {plans.map(({ plan_id, currency, invoices, net }) => (
            <tr key={`${plan_id} ${currency}`}>
              <th scope="row">{plan_id === "" ? t("run.no_plan") : <PlanName id={plan_id} link />}</th>
              <td className="end"><Count value={invoices} /></td>
              <td className="end"><Money value={{ amount: net, currency }} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Samples({ samples }: Pick<RunPreview, "samples">) {
  const { t } = useI18n();
  if (samples.length === 0) return null;
  return (
    <Card title={t("run.samples")} flush>
      <PlainTable label={t("run.samples")} className="stacked">
        <thead><tr><th scope="col">{t("run.customer")}</th><th scope="col">{t("run.invoice")}</th><th scope="col" className="end">{t("run.before")}</th><th scope="col" className="end">{t("run.now")}</th></tr></thead>
        <tbody>
          {samples.map(({ account_id, invoice_id, total, before }) => (
            <tr key={invoice_id}>
              <th scope="row"><CustomerName id={account_id} link /></th>
              <td data-label={t("run.invoice")}><InvoiceNumber id={invoice_id} /></td>
              <td className="end" data-label={t("run.before")}><Money value={before} /></td>
              <td className="end" data-label={t("run.now")}><strong><Money value={total} /></strong></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function LastRun({ last }: { last: RunPreview["last_run"] }) {
  const { t } = useI18n();
  if (!last) return <Card title={t("run.last_run")}><p className="muted">{t("run.no_last_run")}</p></Card>;
  return (
    <Card title={t("run.last_run")} aside={<Link to={runPath(last.id)}>{t("run.open_last")}</Link>} flush>
      <PlainTable label={t("run.last_run")}>
        <thead><tr><th scope="col">{t("run.currency")}</th><th scope="col" className="end">{t("run.before")}</th><th scope="col" className="end">{t("run.now")}</th><th scope="col" className="end">{t("run.difference")}</th></tr></thead>
        <tbody>
          {last.differences.map(({ currency, invoices, invoices_before, total, before, difference }) => (
            <tr key={currency}>
              <th scope="row">{currency}</th>
              <td className="end"><Money value={{ amount: before, currency }} /><span className="small muted below">{t("run.invoices_of", { count: invoices_before })}</span></td>
              <td className="end"><Money value={{ amount: total, currency }} /><span className="small muted below">{t("run.invoices_of", { count: invoices })}</span></td>
              <td className="end"><strong className="nowrap" dir="ltr">{!isNegative(difference) && !isZero(difference) && "+"}<Money value={{ amount: difference, currency }} /></strong></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
