/** Records a payment, and shows beforehand what it pays: the invoices that are due first, the rest is credit. */
import { api, type Body } from "../../../lib/api";
import { decimal } from "../../../lib/decimal";
import type { Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { BillingDate, Money } from "../../../ui/Value";
import { automatic, remainder, toAmount, toUnits } from "./allocation";
import { touches, useReceivables } from "./queries";

interface Props {
  /** Whose payment it is, where that is known. */
  account?: { id: string; currency: string };
  /** The invoice that it is for, and what is due of it. */
  invoice?: string | null;
  amount?: string | null;
  onClose: () => void;
}

export default function RecordPayment({ account, invoice, amount, onClose }: Props) {
  const { t } = useI18n();
  const record = useCommand({ words: "incoming_record", touches, send: (body: Body<"/v1/payments">, headers) => api.POST("/v1/payments", { body, headers }) });
  return (
    <CommandDrawer
      title={t("incoming.record")} verb={t("incoming.record")} body="PaymentBody" wish={{ omit: ["id"] }} words="incoming_form" command={record}
      given={{ ...(account ? { "/account_id": account.id } : {}), "/amount": { amount: amount ?? "", currency: account?.currency ?? "EUR" }, ...(invoice ? { "/invoice_id": invoice } : {}) }} onSend={(body) => record.run(body as Body<"/v1/payments">)} onClose={onClose}
    >
      {(form) => <WhatItPays form={form} />}
    </CommandDrawer>
  );
}

const text = (value: unknown) => (typeof value === "string" ? value.trim() : "");

function WhatItPays({ form }: { form: Form }) {
  const { t } = useI18n();
  const { data } = useReceivables(text(form.values.get("/account_id")));
  const money = form.values.get("/amount") as { amount?: string; currency?: string } | undefined;
  const named = text(form.values.get("/invoice_id"));
  const open = (data?.items ?? []).filter(({ open: { amount, currency } }) => decimal(amount).units > 0n && currency === money?.currency);
  const scale = Math.max(2, ...open.map((one) => decimal(one.open.amount).scale));
  const amount = toUnits(money?.amount ?? "", scale);
  if (!data || amount === null || amount <= 0n) return null;
  const first = (one: (typeof open)[number]) => (one.invoice_id === named || one.number === named ? 0 : 1);
  const items = open.toSorted((a, b) => first(a) - first(b)).map((one) => ({ id: one.invoice_id, open: toUnits(one.open.amount, scale) ?? 0n, of: one }));
  const shares = automatic(amount, items);
  const currency = money?.currency ?? "";
  return (
    <section className="form-preview" aria-label={t("incoming.pays")} aria-live="polite">
      <h3>{t("incoming.pays")}</h3>
      <ul className="plain">
        {items.filter(({ id }) => shares.has(id)).map(({ id, of }) => (
          <li key={id}><span className="number" dir="ltr">{of.number}</span> <span className="small muted"><BillingDate value={of.due_on} /></span> <Money value={{ amount: toAmount(shares.get(id) ?? 0n, scale), currency }} /></li>
        ))}
      </ul>
      <p>{t("incoming.credit_left")}: <strong><Money value={{ amount: toAmount(remainder(amount, shares), scale), currency }} /></strong></p>
      <p className="small muted">{t("incoming.pays_note")}</p>
    </section>
  );
}
