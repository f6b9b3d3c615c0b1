/** Asks for a deposit, and says what became of it: it came in, was applied, paid back, or nobody waits for it any more. */
import { answer, api, type Body } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { confirmDialog, formDialog } from "../../ui/command/dialogs";
import { CommandDrawer } from "../../ui/form/CommandDrawer";
import { Money } from "../../ui/Value";
import type { Deposit } from "./Deposits";

const touches = ["customers", "invoices", "payments"];
const path = ({ id }: Deposit) => ({ path: { deposit_id: id } });
const reread = (deposit: Deposit) => answer(api.GET("/v1/deposits/{deposit_id}", { params: path(deposit) }));
const common = { fields: "deposit", form: "deposit_form", touches, reread } as const;

export function RequestDrawer({ id, currency, onClose }: { id: string; currency: string; onClose: () => void }) {
  const { t } = useI18n();
  const ask = useCommand({
    words: "deposit_request", touches,
    send: (body: Body<"/v1/accounts/{account_id}/deposits">, headers) => api.POST("/v1/accounts/{account_id}/deposits", { params: { path: { account_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("deposit.request")} verb={t("deposit.request")} body="DepositBody" words="deposit_form" command={ask} given={{ "/amount": { amount: "", currency } }}
      onSend={(body) => ask.run(body as Body<"/v1/accounts/{account_id}/deposits">)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("deposit_form.note_text")}</p>}
    </CommandDrawer>
  );
}

export const ReceiveDialog = formDialog<Deposit, unknown>({
  ...common, words: "deposit_receive", title: "deposit.receive", verb: "deposit.receive", body: "ReceiptBody",
  send: (deposit, body, headers) => api.POST("/v1/deposits/{deposit_id}/receive", { params: path(deposit), body, headers }),
});

export const ApplyDialog = formDialog<Deposit, unknown>({
  ...common, words: "deposit_apply", title: "deposit.apply", verb: "deposit.apply", body: "ApplyBody",
  send: (deposit, body, headers) => api.POST("/v1/deposits/{deposit_id}/apply", { params: path(deposit), body, headers }),
});

export const ReturnDialog = formDialog<Deposit, unknown>({
  ...common, words: "deposit_return", title: "deposit.return", verb: "deposit.return", body: "ReturnBody",
  send: (deposit, body, headers) => api.POST("/v1/deposits/{deposit_id}/return", { params: path(deposit), body, headers }),
});

export const CancelDialog = confirmDialog<Deposit, unknown>({
  words: "deposit_cancel", verb: "deposit.cancel", fields: "deposit", touches, reread,
  facts: ({ amount }, t) => [[t("deposit.amount"), <Money key="amount" value={amount} />]],
  send: (deposit, headers) => api.POST("/v1/deposits/{deposit_id}/cancel", { params: path(deposit), headers }),
});
