/** Asks before a draft becomes a document: which one, how much, and that it can't be changed afterwards. */
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { ConfirmCommand } from "../../ui/command/ConfirmCommand";
import { CustomerName } from "../../ui/Named";
import { Money } from "../../ui/Value";
import type { Invoice } from "./queries";

interface Draft {
  id: string;
  version: number;
}

function useIssueInvoice() {
  return useCommand({
    words: "issue",
    touches: ["invoices"],
    subject: ({ id }: Draft) => id,
    version: ({ version }) => version,
    send: ({ id }, headers) => api.POST("/v1/invoices/{invoice_id}/issue", { params: { path: { invoice_id: id } }, headers }),
    // Answered with the invoice as it stands: locked is on its way to its number, and not issued yet.
    isDone: (body) => "status" in body && body.status === "issued",
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
}

export default function IssueDialog({ thing: invoice, onClose }: { thing: Pick<Invoice, "id" | "version" | "account_id" | "total">; onClose: () => void }) {
  const { t } = useI18n();
  const issue = useIssueInvoice();
  return (
    <ConfirmCommand
      command={issue} words="issue" verb={t("invoice.issue")} fields="invoice" onClose={onClose}
      facts={[
        [t("invoice.account"), <CustomerName key="account" id={invoice.account_id} inline />],
        [t("invoice.total"), <strong key="total"><Money value={invoice.total} /></strong>],
      ]}
      onConfirm={() => issue.run({ id: invoice.id, version: invoice.version }, invoice)}
    />
  );
}
