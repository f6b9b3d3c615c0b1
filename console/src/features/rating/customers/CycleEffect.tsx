/** What another billing cycle means for a customer: from when, the period in between, those after it, and what it costs. */
import type { paths } from "../../../api/schema";
import { useI18n } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { BillingDate, Money, PeriodText } from "../../../ui/Value";
import type { CustomerDetail } from "./queries";
import "../cycles/cycles.css";

type Answers = paths["/v1/accounts/{account_id}/cycle"]["post"]["responses"];
export type CycleChange = Answers[200]["content"]["application/json"] | Answers[202]["content"]["application/json"];

export function CycleEffect({ effect }: { thing: CustomerDetail; effect: CycleChange }) {
  const { t } = useI18n();
  if ("command_id" in effect) return null;
  return (
    <div className="stack">
      <Facts
        facts={[
          [t("cycle_effect.from"), <BillingDate key="from" value={effect.effective_on} />],
          effect.transition && [t("cycle_effect.transition"), <PeriodText key="transition" value={effect.transition} />],
        ]}
      />
      <ol className="next-periods">{effect.periods.map((period) => <li key={period.start}><PeriodText value={period} /></li>)}</ol>
      <Facts facts={effect.lines.map((line) => [`${line.description}, ${line.period.start}`, <Money key="amount" value={line.amount} />])} />
    </div>
  );
}
