/** The prices of one version of a plan, and beside them what they come to. */
import { useState } from "react";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useRested } from "../../../lib/rested";
import { Card } from "../../../ui/Card";
import { Allowances } from "./Allowances";
import { PriceFacts } from "./PriceFacts";
import { metersOf, useSimulation, type Plan, type Version } from "./queries";
import { Simulator } from "./Simulator";
import { counted, unitOf } from "./units";

const rest_ms = 300;

export function PlanPrices({ plan: { currency }, version }: { plan: Plan; version: Version }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("plan.prices_of", { n: version.version })} flush>
      {version.prices.map((price, index) => <PriceFacts key={index} price={{ ...price }} currency={currency} sentence={version.price_summary[index]} />)}
    </Card>
    {version.allowances.length > 0 && <Allowances allowances={version.allowances} />}
    </>
  );
}

export function PlanSimulator({ plan, version }: { plan: Plan; version: Version }) {
  const meters = metersOf(version.prices);
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const rested = useRested(JSON.stringify(meters.map((meter) => [meter, counted(quantities[meter] || "0", unitOf(meter)) ?? "0"])), rest_ms);
  const month = useToday().slice(0, 7);
  const { data, error, refetch } = useSimulation(plan.id, { version: version.version, period: monthFrom(month), months: 1, quantities: Object.fromEntries(JSON.parse(rested) as [string, string][]) });
  const lines = data?.months.flatMap(({ lines: found }, at) => found.map((line, index) => ({ key: `${at} ${index}`, text: line.price, amount: { amount: line.amount, currency: plan.currency } })));
  return (
    <Simulator
      meters={meters} quantities={quantities} onChange={(meter, text) => setQuantities((before) => ({ ...before, [meter]: text }))}
      lines={lines} total={data?.amount ?? null} error={data ? null : error} onRetry={() => void refetch()} includesTax={version.prices_include_tax}
    />
  );
}

/** The whole month of `2026-11`. */
export function monthFrom(month: string): { start: string; end: string } {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { start: `${month}-01`, end: next.toISOString().slice(0, 10) };
}
