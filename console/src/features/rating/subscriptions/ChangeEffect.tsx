/** What a change means for the bill: the first one that differs, with the change and without it, and how things go on. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Facts } from "../../../ui/Facts";
import { PlanName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Count, Money, PeriodText } from "../../../ui/Value";
import type { Effect, Term } from "./queries";

export function ChangeEffect({ effect: { period, difference, without_change, with_change, timeline, effective_on } }: { effect: Effect }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <Facts
        facts={[
          effective_on !== null && [t("effect.from"), <BillingDate key="from" value={effective_on} />],
          [t("effect.period"), <PeriodText key="period" value={period} />],
          without_change && [t("effect.without"), <Money key="without" value={without_change.amount} />],
          [t("effect.with"), <Money key="with" value={with_change.amount} />],
          [t("effect.difference"), <strong key="difference"><Money value={difference} /></strong>, "sum"],
        ]}
      />
      <PlainTable label={t("effect.lines")}>
        <thead><tr><th scope="col">{t("effect.line")}</th><th scope="col">{t("effect.period")}</th><th scope="col" className="end">{t("effect.amount")}</th></tr></thead>
        <tbody>
          {with_change.lines.map((line, index) => (
            <tr key={index}><th scope="row"><bdi>{line.description}</bdi></th><td><PeriodText value={line.period} /></td><td className="end"><Money value={line.amount} /></td></tr>
          ))}
        </tbody>
      </PlainTable>
      <Terms terms={timeline} />
    </div>
  );
}

/** What holds from when to when. */
export function Terms({ terms }: { terms: readonly Term[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("terms.title")} className="stacked">
      <thead>
        <tr><th scope="col">{t("service.start")}</th><th scope="col">{t("service.end")}</th><th scope="col">{t("service.plan")}</th><th scope="col" className="end">{t("service.quantity")}</th><th scope="col">{t("terms.how")}</th></tr>
      </thead>
      <tbody>
        {terms.map((term) => (
          <tr key={term.start}>
            <th scope="row"><BillingDate value={term.start} /></th>
            <td data-label={t("service.end")}><BillingDate value={term.end} /></td>
            <td data-label={t("service.plan")}><PlanName id={term.plan_id} />{term.plan_version !== null && ` ${t("terms.version", { n: term.plan_version })}`}</td>
            <td className="end" data-label={t("service.quantity")}><Count value={term.quantity} /></td>
            <td data-label={t("terms.how")}>{label(`status.subscription.${term.status}`, term.status)}{term.billing !== "normal" && <span className="muted">, {label(`terms.${term.billing}`, term.billing)}</span>}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
