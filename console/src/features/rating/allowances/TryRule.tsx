/** Tries a rule on a month that has been: what it alone would have made of that usage. Nothing is stored. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState, type SubmitEvent } from "react";
import { useToday } from "../../../lib/clock";
import { fieldErrorsOf } from "../../../lib/commands";
import { readDecimal } from "../../../lib/form/number";
import { fieldsOf, type Schemas } from "../../../lib/form/schema";
import { useForm } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { FormFields } from "../../../ui/form/FormFields";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, PeriodText, Quantity } from "../../../ui/Value";
import { countedExactly } from "../plans/units";
import type { SubscriptionDetail } from "../subscriptions/queries";
import { MeterTable } from "./MeterUses";
import { tryAllowances, writtenIn, type Trial, type TrialBody } from "./queries";

export function TryRule({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const { data: schemas } = useQuery({ queryKey: ["bodies"], queryFn: async () => (await import("../../../api/bodies.json")).default as unknown as Schemas, staleTime: Infinity, enabled: isOpen });
  return (
    <Card title={t("try.title")} aside={!isOpen && <button type="button" className="button" onClick={() => setOpen(true)}>{t("try.open")}</button>}>
      {!isOpen && <p className="muted">{t("try.hint")}</p>}
      {isOpen && (schemas ? <RuleForm subscription={subscription} schemas={schemas} /> : <Skeleton lines={6} height={40} />)}
    </Card>
  );
}

const asked = ["meter", "quantity", "rollover", "then"];

function RuleForm({ subscription: { id }, schemas }: { subscription: SubscriptionDetail; schemas: Schemas }) {
  const { t } = useI18n();
  const monthId = useId();
  const today = useToday();
  const [fields] = useState(() => fieldsOf(schemas, "AllowanceBody", { only: asked }));
  const form = useForm(fields, { meter: "data.octets" });
  const [month, setMonth] = useState<string | null>(null);
  const chosen = month ?? monthAt(today.slice(0, 7), -1);
  const trial = useMutation({ mutationFn: (body: TrialBody) => tryAllowances(id, body) });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const rule = form.send();
    if (rule) trial.mutate({ allowances: [inUnits(rule)], period: { start: `${chosen}-01`, end: `${monthAt(chosen, 1)}-01` } });
  };
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <div className="form-fields">
        <div className="form-field">
          <label htmlFor={monthId}>{t("try.month")}</label>
          <input id={monthId} className="field" type="month" max={today.slice(0, 7)} value={chosen} onChange={(event) => setMonth(event.target.value)} />
        </div>
      </div>
      <FormFields form={form} words="try_form" refused={new Map([...fieldErrorsOf(trial.error)].map(([at, detail]) => [at.replace("/allowances/0", ""), detail]))} />
      <div><button type="submit" className="button" disabled={trial.isPending}>{t("try.try")}</button></div>
      <div aria-live="polite" className="stack">
        {trial.error && fieldErrorsOf(trial.error).size === 0 && <ErrorState error={trial.error} onRetry={() => trial.reset()} />}
        {trial.data && <Outcome trial={trial.data} />}
      </div>
    </form>
  );
}

function Outcome({ trial: { period, allowances, throttled, meters } }: { trial: Trial }) {
  const { t } = useI18n();
  return (
    <>
      <h3>{t("try.outcome")} <PeriodText value={period} /></h3>
      {allowances.map(({ id, meter, granted, used, left, rolls_over }) => (
        <Facts
          key={id}
          facts={[
            [t("try.granted"), <Quantity key="granted" value={granted} meter={meter} />],
            [t("use.used"), <Quantity key="used" value={used} meter={meter} />],
            [t("bucket.left"), <Quantity key="left" value={left} meter={meter} />],
            [t("try.rolls_over"), <Quantity key="rolls" value={rolls_over} meter={meter} />],
          ]}
        />
      ))}
      <MeterTable uses={meters} title={t("allowances.meters")} head={t("use.meter")} />
      {throttled.length > 0 && (
        <PlainTable label={t("fair_use.title")}>
          <thead><tr><th scope="col">{t("fair_use.at")}</th><th scope="col">{t("fair_use.profile")}</th><th scope="col">{t("try.reached_on")}</th></tr></thead>
          <tbody>{throttled.map(({ at, profile, on }) => <tr key={at}><th scope="row" className="number">{at}</th><td dir="ltr">{profile}</td><td>{on === null ? <span className="muted">{t("try.never")}</span> : <BillingDate value={on} />}</td></tr>)}</tbody>
        </PlainTable>
      )}
    </>
  );
}

/** What was written in GB or minutes, as the meter counts it. */
function inUnits(rule: Record<string, unknown>): TrialBody["allowances"][number] {
  const { meter, quantity, rollover, then } = rule as { meter: string; quantity: string; rollover?: { periods: number; max_quantity?: string }; then?: { at: string; profile: string }[] };
  const whole = (text: string) => countedExactly(text, writtenIn(meter)) ?? text;
  return {
    id: "tried", meter, quantity: whole(quantity),
    ...(rollover ? { rollover: { ...rollover, ...(rollover.max_quantity ? { max_quantity: whole(rollover.max_quantity) } : {}) } } : {}),
    ...(then ? { then: then.map(({ at, profile }) => ({ at: at.endsWith("%") ? at : whole(readDecimal(at) ?? at), profile })) } : {}),
  } as TrialBody["allowances"][number];
}

/** So many months after one: `2026-11` is `monthAt("2026-12", -1)`. */
function monthAt(month: string, after: number): string {
  const there = new Date(`${month}-01T00:00:00Z`);
  there.setUTCMonth(there.getUTCMonth() + after);
  return there.toISOString().slice(0, 7);
}
