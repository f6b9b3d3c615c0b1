/** Tops a service up: more of an allowance of its plan, or of a meter; what it brings and costs is shown before it is sent. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { sum } from "../../../lib/decimal";
import { useI18n } from "../../../lib/i18n";
import type { MoneyValue } from "../../../lib/money";
import { useCommand } from "../../../lib/useCommand";
import { Facts } from "../../../ui/Facts";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { BillingDate, Money, PeriodText, Quantity } from "../../../ui/Value";
import { usePlan } from "../plans/queries";
import { countedExactly } from "../plans/units";
import { quote } from "../quotes";
import type { SubscriptionDetail } from "../subscriptions/queries";
import { writtenIn, type Allowed } from "./queries";

interface Props {
  subscription: SubscriptionDetail;
  allowed: Allowed;
  onClose: () => void;
}

type TopUp = Body<"/v1/subscriptions/{subscription_id}/top-ups">;

export default function TopUpDrawer({ subscription: { id, plan_id }, allowed, onClose }: Props) {
  const { t } = useI18n();
  const today = useToday();
  const { data: plan } = usePlan(plan_id);
  const named = new Map(allowed.allowances.flatMap(({ allowance, meter, source }) => (allowance !== null && source !== "pool" ? [[allowance, meter] as const] : [])));
  const meterOf = (body: Partial<TopUp>) => body.meter ?? named.get(body.allowance ?? "") ?? "";
  const add = useCommand({
    words: "top_up", touches: ["subscriptions", "customers"], subject: () => id,
    send: (body: TopUp, headers) => api.POST("/v1/subscriptions/{subscription_id}/top-ups", { params: { path: { subscription_id: id } }, body, headers }),
  });
  const made = (written: Record<string, unknown>) => {
    const body = written as Partial<TopUp>;
    return { ...body, quantity: countedExactly(String(body.quantity), writtenIn(meterOf(body))) ?? body.quantity } as TopUp;
  };
  const preview = async (written: Record<string, unknown>) => {
    const body = made(written);
    const price = body.price ? (await quote({ price: { model: "one_time", amount: body.price.amount } as never, currency: body.price.currency, start: today, target_date: today } as never, new AbortController().signal)).amount : null;
    return <TopUpEffect body={body} meter={meterOf(body)} price={price} allowed={allowed} />;
  };
  if (!plan) return null;
  return (
    <CommandDrawer
      title={t("top_up.action")} verb={t("top_up.action")} body="TopUpBody" wish={{ omit: ["id", "priority"] }} words="top_up_form" command={add} preview={preview}
      given={{ price: { amount: "", currency: plan.currency }, ...(named.size > 0 ? { allowance: [...named.keys()][0]! } : {}) }}
      own={{
        allowance: (field, form) => (
          <label key={field.pointer} className="form-field">
            <span>{t("top_up_form.allowance")}</span>
            <select className="field" value={String(form.values.get(field.pointer) ?? "")} onChange={(event) => { form.set(field.pointer, event.target.value); form.set("/meter", ""); }}>
              {[...named].map(([allowance, meter]) => <option key={allowance} value={allowance}>{`${allowance} (${meter})`}</option>)}
              <option value="">{t("top_up_form.other_meter")}</option>
            </select>
          </label>
        ),
        // Either an allowance or a meter is topped up.
        meter: (field, form) => (form.values.get("/allowance") ? <span key={field.pointer} hidden /> : undefined),
      }}
      onSend={(written) => add.run(made(written))} onClose={onClose}
    />
  );
}

function TopUpEffect({ body, meter, price, allowed }: { body: TopUp; meter: string; price: MoneyValue | null; allowed: Allowed }) {
  const { t } = useI18n();
  const left = sum(allowed.allowances.filter((bucket) => bucket.meter === meter).map((bucket) => bucket.left));
  return (
    <Facts
      facts={[
        [t("top_up.more"), <Quantity key="more" value={body.quantity} meter={meter} />],
        [t("top_up.left_now"), <Quantity key="now" value={left} meter={meter} />],
        [t("top_up.left_then"), <Quantity key="then" value={sum([left, body.quantity])} meter={meter} />],
        [t("top_up.until"), body.expires_on ? <BillingDate key="until" value={body.expires_on} /> : t("top_up.used_up")],
        price !== null && [t("top_up.charged_with"), <PeriodText key="period" value={allowed.period} />],
        [t("top_up.price"), price === null ? t("top_up.free") : <Money key="price" value={price} />, "sum"],
      ]}
    />
  );
}
