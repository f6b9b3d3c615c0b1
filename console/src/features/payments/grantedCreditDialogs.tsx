/** Grants a customer credit, and takes back what is left of it. */
import { answer, api, type Body } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { formDialog } from "../../ui/command/dialogs";
import { CommandDrawer } from "../../ui/form/CommandDrawer";
import type { GrantedCredit } from "./GrantedCredits";

const touches = ["customers", "invoices"];

export function GrantDrawer({ id, currency, onClose }: { id: string; currency: string; onClose: () => void }) {
  const { t } = useI18n();
  const grant = useCommand({
    words: "granted_grant", touches,
    send: (body: Body<"/v1/accounts/{account_id}/credits">, headers) => api.POST("/v1/accounts/{account_id}/credits", { params: { path: { account_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("granted.grant")} verb={t("granted.grant")} body="CreditBody" words="granted_form" command={grant} given={{ "/amount": { amount: "", currency } }}
      onSend={(body) => grant.run(body as Body<"/v1/accounts/{account_id}/credits">)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("granted_form.note_text")}</p>}
    </CommandDrawer>
  );
}

export const ReverseDialog = formDialog<GrantedCredit, unknown>({
  words: "granted_reverse", title: "granted.reverse", verb: "granted.reverse", fields: "granted", touches, body: "ReverseCreditBody", form: "granted_reverse_form",
  reread: ({ account_id, id }) => answer(api.GET("/v1/accounts/{account_id}/credits/{credit_id}", { params: { path: { account_id, credit_id: id } } })),
  send: ({ account_id, id }, body, headers) => api.POST("/v1/accounts/{account_id}/credits/{credit_id}/reverse", { params: { path: { account_id, credit_id: id } }, body, headers }),
});
