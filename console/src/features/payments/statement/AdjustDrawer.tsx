/** Lets a customer owe more or less, for a reason, within what the reader's role may. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";

type Adjustment = Body<"/v1/accounts/{account_id}/adjustments">;

export default function AdjustDrawer({ id, currency, onClose }: { id: string; currency: string; onClose: () => void }) {
  const { t } = useI18n();
  const adjust = useCommand({
    words: "statement_adjust", touches: ["customers", "payments", "invoices"],
    send: (body: Adjustment, headers) => api.POST("/v1/accounts/{account_id}/adjustments", { params: { path: { account_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("statement.adjust")} verb={t("statement.adjust")} body="AdjustmentBody" words="statement_form" command={adjust} given={{ "/amount": { amount: "", currency } }}
      shows={(field, form) => (field.name === "due_on" ? form.values.get("/direction") === "debit" : field.name === "invoice_id" ? form.values.get("/direction") === "credit" : true)}
      onSend={(body) => adjust.run(body as Adjustment)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("statement_form.note_text")}</p>}
    </CommandDrawer>
  );
}
