/** Charges a customer's card for the wallet, redeems a voucher, and sets the rule of automatic top-ups. */
import type { components } from "../../../api/schema";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Rule } from "./queries";

const touches = ["customers", "payments", "invoices", "redemptions", "vouchers", "voucher_batches"];

type TopUpBody = Body<"/v1/accounts/{account_id}/top-ups">;

export function TopUpDrawer({ id, currency, onClose }: { id: string; currency: string; onClose: () => void }) {
  const { t } = useI18n();
  const charge = useCommand({
    words: "recharge_charge", touches,
    send: (body: TopUpBody, headers) => api.POST("/v1/accounts/{account_id}/top-ups", { params: { path: { account_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("recharge.charge")} verb={t("recharge.charge")} body="WalletTopUpBody" wish={{ omit: ["payment_method_id"] }} words="recharge_form" command={charge} given={{ "/amount": { amount: "", currency } }}
      onSend={(body) => charge.run(body as TopUpBody)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("recharge_form.note_charge")}</p>}
    </CommandDrawer>
  );
}

type RedeemBody = Body<"/v1/vouchers/redemptions">;

export function RedeemDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const redeem = useCommand({ words: "redeem", touches, send: (body: RedeemBody, headers) => api.POST("/v1/vouchers/redemptions", { body, headers }) });
  return (
    <CommandDrawer
      title={t("redeem.redeem")} verb={t("redeem.redeem")} body="VoucherRedemptionBody" wish={{ omit: ["account_id"] }} words="redeem_form" command={redeem}
      onSend={(body) => redeem.run({ ...body, account_id: id } as RedeemBody)} onClose={onClose}
    />
  );
}

type RuleBody = components["schemas"]["AutomaticTopUpBody"];

export function RuleDrawer({ id, currency, rule, onClose }: { id: string; currency: string; rule: Rule | null; onClose: () => void }) {
  const { t } = useI18n();
  const set = useCommand({
    words: "top_up_rule_set", touches, subject: () => id,
    send: (body: RuleBody, headers) => api.PUT("/v1/accounts/{account_id}/automatic-top-up", { params: { path: { account_id: id } }, body, headers }),
  });
  const none = { amount: "", currency };
  return (
    <CommandDrawer
      title={t("top_up_rule.set")} verb={t("top_up_rule.set")} body="AutomaticTopUpBody" wish={{ omit: ["payment_method_id"] }} words="recharge_form" command={set}
      given={{
        enabled: String(rule === null || rule.enabled), "/threshold": rule?.threshold ?? none, "/amount": rule?.amount ?? none, monthly_count: rule === null ? "" : String(rule.monthly_count), "/monthly_amount": rule?.monthly_amount ?? none,
      }}
      onSend={(body) => set.run({ ...body, payment_method_id: rule?.payment_method_id ?? null } as RuleBody)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("recharge_form.note_rule")}</p>}
    </CommandDrawer>
  );
}
