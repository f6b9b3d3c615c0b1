/** Which of the chosen customer's subscriptions, by its plan. */
import { useId } from "react";
import type { FormField } from "../../../lib/form/schema";
import type { Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useName } from "../../../lib/names";
import { useSubscriptionsOf } from "./queries";

export function SubscriptionField({ field, form, refusal }: { field: FormField; form: Form; refusal: string | null }) {
  const { t } = useI18n();
  const id = useId();
  const account = String(form.values.get("/account_id") ?? "");
  const { data } = useSubscriptionsOf(account);
  const fault = form.faults.get(field.pointer);
  const problem = fault ? t(`form.${fault}`) : refusal;
  const options = account === "" ? [] : (data?.items ?? []);
  const chosen = String(form.values.get(field.pointer) ?? "");
  return (
    <div className="form-field">
      <label htmlFor={id}>{t("assign_form.subscription_id")}</label>
      <select
        id={id} className="field" disabled={account === ""} value={options.some((one) => one.id === chosen) ? chosen : ""} aria-invalid={Boolean(problem)} aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => form.set(field.pointer, event.target.value)}
      >
        <option value="">{t(account === "" ? "resource.choose_customer" : "command.choose")}</option>
        {options.map((one) => <SubscriptionOption key={one.id} id={one.id} planId={one.plan_id} />)}
      </select>
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}

function SubscriptionOption({ id, planId }: { id: string; planId: string }) {
  const plan = useName("plan", planId);
  return <option value={id}>{`${plan ?? planId} (${id})`}</option>;
}
