/** What an invoice line is for and how its amount comes about: plan version, period, each step, and the one rounding. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n, useLabel } from "../../lib/i18n";
import { PlainTable } from "../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../ui/States";
import { UnitPrice } from "../../ui/UnitPrice";
import { Money, Nothing, PeriodText, Quantity } from "../../ui/Value";
import "./LineExplained.css";

type Explained = Answer<"/v1/invoices/{invoice_id}/lines/{n}/explain">;

/** An issued line never changes, so it is read once. */
function useExplainedLine(invoice_id: string, n: number) {
  return useQuery({
    queryKey: ["invoices", "explain", invoice_id, n],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}/lines/{n}/explain", { params: { path: { invoice_id, n: String(n) } }, signal })),
    staleTime: Infinity,
  });
}

export function LineExplained({ invoiceId, n }: { invoiceId: string; n: number }) {
  const { data: line, error, refetch } = useExplainedLine(invoiceId, n);
  if (!line) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={32} />;
  return (
    <>
      <Facts line={line} />
      {line.steps.length > 0 && <Steps line={line} />}
    </>
  );
}

function Facts({ line }: { line: Explained }) {
  const { t } = useI18n();
  return (
    <dl className="pairs">
      {line.tariff && <div><dt>{t("explain.plan")}</dt><dd><span dir="ltr">{line.tariff.plan_id}</span> <span className="muted">{t("line.plan_version", { version: line.tariff.version })}</span></dd></div>}
      {line.subscription_id && <div><dt>{t("explain.subscription")}</dt><dd dir="ltr">{line.subscription_id}</dd></div>}
      <div><dt>{t("line.period")}</dt><dd><PeriodText value={line.service_period} /></dd></div>
      {line.fraction && line.fraction !== "1" && <div><dt>{t("explain.fraction")}</dt><dd className="number">{line.fraction}</dd></div>}
      {line.quantity && <div><dt>{t("line.quantity")}</dt><dd><Quantity value={line.quantity} meter={line.meter} /></dd></div>}
    </dl>
  );
}

function Steps({ line }: { line: Explained }) {
  const { t } = useI18n();
  const { currency } = line.net;
  return (
    <section className="explain-part" aria-labelledby="explain-steps">
      <h3 id="explain-steps">{t("explain.steps")}</h3>
      <PlainTable label={t("explain.steps")} className="steps-table">
        <thead>
          <tr>
            <th scope="col">{t("explain.step")}</th>
            <th scope="col" className="end">{t("line.quantity")}</th>
            <th scope="col" className="end">{t("explain.price")}</th>
            <th scope="col" className="end">{t("explain.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {line.steps.map((step) => <StepRow key={step.tier} step={step} line={line} />)}
        </tbody>
        <tfoot>
          <tr><th scope="row" colSpan={3}>{t("explain.unrounded")}</th><td className="end"><Money value={{ amount: plain(line.unrounded), currency }} /></td></tr>
          <tr className="steps-net"><th scope="row" colSpan={3}>{t("explain.rounded")}</th><td className="end"><Money value={line.net} /></td></tr>
        </tfoot>
      </PlainTable>
    </section>
  );
}

function StepRow({ step, line: { meter, net } }: { step: Explained["steps"][number]; line: Explained }) {
  const { t } = useI18n();
  const label = useLabel();
  const { currency } = net;
  const isTier = /^\d+$/.test(step.tier);
  const name = isTier ? (meter ? t("explain.tier", { n: step.tier }) : t("explain.fee")) : label(`explain.step_${step.tier}`, step.tier);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="end">{isTier ? <Quantity value={step.quantity} meter={meter} /> : <Nothing />}</td>
      <td className="end">
        {isTier ? <UnitPrice price={step.unit_price} currency={currency} size={step.unit_size} meter={meter} /> : <Nothing />}
        {step.flat_fee && <span className="explain-fee small muted">+ <Money value={{ amount: step.flat_fee, currency }} /></span>}
      </td>
      <td className="end"><Money value={{ amount: step.amount, currency }} /></td>
    </tr>
  );
}

/** Without zeros at the end: the API pads to nine digits, and money shows at least the currency's own anyway. */
function plain(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}
