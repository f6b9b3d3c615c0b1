/**
 * What an invoice line is for and how its amount comes about: plan version, period, each step, and the one rounding.
 *
 * Amounts are shown in the currency's digits, as billed; a switch shows what they were before the rounding.
 */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Answer } from "../../lib/api";
import { permille } from "../../lib/decimal";
import { useI18n, useLabel } from "../../lib/i18n";
import { formatMoneyRounded, formatPercent, isRounded, plain, type MoneyValue } from "../../lib/money";
import { PlanName } from "../../ui/Named";
import { PlainTable } from "../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../ui/States";
import { UnitPrice } from "../../ui/UnitPrice";
import { Money, Nothing, PeriodText, Quantity } from "../../ui/Value";
import { shareInDays } from "./share";
import "./LineExplained.css";

export type Explained = Answer<"/v1/invoices/{invoice_id}/lines/{n}/explain">;
type Step = Explained["steps"][number];

/** An issued line never changes, so it is read once. */
export function useExplainedLine(invoice_id: string, n: number) {
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
      {line.tariff && <div><dt>{t("explain.plan")}</dt><dd><PlanName id={line.tariff.plan_id} inline /> <span className="muted">{t("line.plan_version", { version: line.tariff.version })}</span></dd></div>}
      {line.subscription_id && <div><dt>{t("explain.subscription")}</dt><dd dir="ltr">{line.subscription_id}</dd></div>}
      <div><dt>{t("line.period")}</dt><dd><PeriodText value={line.service_period} /></dd></div>
      {isPart(line) && <div><dt>{t("explain.fraction")}</dt><dd><Share line={line} /></dd></div>}
      {line.quantity && <div><dt>{t("line.quantity")}</dt><dd><Quantity value={line.quantity} meter={line.meter} /></dd></div>}
    </dl>
  );
}

function Steps({ line }: { line: Explained }) {
  const { t } = useI18n();
  const [exact, setExact] = useState(false);
  const { currency } = line.net;
  const unrounded = { amount: line.unrounded, currency };
  const differs = isPart(line) || isRounded(unrounded) || line.steps.some(({ amount }) => isRounded({ amount, currency }));
  const tiers = line.steps.filter(({ tier }) => isTier(tier)).length;
  return (
    <section className="explain-part" aria-labelledby="explain-steps">
      <div className="row wrap">
        <h3 id="explain-steps" className="grow">{t("explain.steps")}</h3>
        {differs && <button type="button" className="button quiet small no-print" aria-pressed={exact} onClick={() => setExact(!exact)}>{t("explain.exact")}</button>}
      </div>
      <PlainTable label={t("explain.steps")} className="steps-table stacked">
        <thead>
          <tr>
            <th scope="col">{t("explain.step")}</th>
            <th scope="col" className="end">{t("line.quantity")}</th>
            <th scope="col" className="end">{t("explain.price")}</th>
            <th scope="col" className="end">{t("explain.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {line.steps.map((step, at) => <StepRow key={at} step={step} line={line} tiers={tiers} exact={exact} />)}
        </tbody>
        <tfoot>
          {exact && <tr><th scope="row" colSpan={3}>{t("explain.unrounded")}</th><td className="end"><Amount value={unrounded} exact /></td></tr>}
          {line.gross && <tr><th scope="row" colSpan={3}>{t("explain.gross")}</th><td className="end"><Money value={line.gross} /></td></tr>}
          <tr className="steps-net"><th scope="row" colSpan={3}>{t(line.gross ? "explain.without_tax" : "explain.rounded")}</th><td className="end"><Money value={line.net} /></td></tr>
        </tfoot>
      </PlainTable>
    </section>
  );
}

interface StepProps {
  step: Step;
  line: Explained;
  /** How many steps of the line are tiers: a single one needs no number. */
  tiers: number;
  exact: boolean;
}

function StepRow({ step, line, tiers, exact }: StepProps) {
  const { meter, net: { currency } } = line;
  const { t } = useI18n();
  const counts = isTier(step.tier) || covering.has(step.tier);
  return (
    <tr>
      <th scope="row"><StepName step={step} line={line} tiers={tiers} /></th>
      <td className="end" data-label={t("line.quantity")}>{!counts ? <Nothing /> : meter ? <Quantity value={step.quantity} meter={meter} /> : <Share line={line} exact={exact} />}</td>
      <td className="end" data-label={t("explain.price")}>
        <StepPrice step={step} line={line} />
        {step.flat_fee && <span className="explain-fee small muted">+ <Money value={{ amount: step.flat_fee, currency }} /></span>}
      </td>
      <td className="end" data-label={t("explain.amount")}><Amount value={{ amount: step.amount, currency }} exact={exact} /></td>
    </tr>
  );
}

function StepName({ step: { tier }, line: { meter, kind }, tiers }: Omit<StepProps, "exact">) {
  const { t } = useI18n();
  const label = useLabel();
  if (!isTier(tier)) return <>{label(`explain.step_${tier}`, tier)}</>;
  if (meter) return <>{tiers > 1 ? t("explain.tier", { n: tier }) : t("explain.usage")}</>;
  return <>{t(kind === "credit" ? "explain.unused" : "explain.fee")}</>;
}

function StepPrice({ step, line: { meter, net: { currency } } }: Pick<StepProps, "step" | "line">) {
  const { t } = useI18n();
  if (covering.has(step.tier)) return <>{t("price.included")}</>;
  if (!isTier(step.tier)) return <Nothing />;
  return <UnitPrice price={step.unit_price} currency={currency} size={step.unit_size} meter={meter} />;
}

/** "25 of 30 days"; exactly, the share that was multiplied. A whole period says so. */
function Share({ line: { fraction, service_period }, exact = false }: { line: Explained; exact?: boolean }) {
  const { t, locale } = useI18n();
  if (!fraction || fraction === "1") return <>{t("explain.whole")}</>;
  const days = shareInDays(service_period, fraction);
  if (exact) return <span className="number" dir="auto">{fraction}</span>;
  return <span className="number" dir="auto">{days ? t("explain.days_of", days) : formatPercent(locale, permille(fraction, "1") ?? 0n)}</span>;
}

function Amount({ value, exact }: { value: MoneyValue; exact: boolean }) {
  const { locale } = useI18n();
  if (exact) return <Money value={{ ...value, amount: plain(value.amount) }} />;
  return <span className="number" dir="ltr">{formatMoneyRounded(locale, value)}</span>;
}

/** Steps whose units cost nothing because the plan includes them. */
const covering = new Set(["included", "free"]);

function isTier(tier: string): boolean {
  return /^\d+$/.test(tier);
}

function isPart({ fraction, meter }: Explained): boolean {
  return !meter && fraction != null && fraction !== "1";
}
