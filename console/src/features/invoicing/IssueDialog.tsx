/**
 * Asks before a draft becomes a document: which one, how much, and that it can't be changed afterwards.
 *
 * The key is made when the dialog opens, so a second click, or a click after a lost answer, is the same command.
 */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { ApiProblem } from "../../lib/problem";
import { Dialog } from "../../ui/Dialog";
import { toast } from "../../ui/Toasts";
import { Money } from "../../ui/Value";
import { useIssueInvoice, type Invoice } from "./queries";

export function IssueDialog({ invoice, onClose }: { invoice: Pick<Invoice, "id" | "version" | "account_id" | "total">; onClose: () => void }) {
  const { t } = useI18n();
  const [key] = useState(() => crypto.randomUUID());
  const issue = useIssueInvoice();

  const confirm = () => {
    issue.mutate(
      { invoice, key },
      {
        onSuccess: () => toast("success", t("issue.done")),
        onError: (error) => toast("danger", t("issue.failed", { reason: error instanceof ApiProblem ? (error.detail ?? error.title) : error.message })),
        onSettled: onClose,
      },
    );
  };

  return (
    <Dialog
      title={t("issue.title")} onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>{t("action.cancel")}</button>
          <button type="button" className="button primary" disabled={issue.isPending} onClick={confirm}>
            {issue.isPending ? t("issue.pending") : t("invoice.issue")}
          </button>
        </>
      }
    >
      <div className="stack">
        <dl className="pairs">
          <div><dt>{t("invoice.account")}</dt><dd dir="ltr">{invoice.account_id}</dd></div>
          <div><dt>{t("invoice.total")}</dt><dd><strong><Money value={invoice.total} /></strong></dd></div>
        </dl>
        <p>{t("issue.consequence")}</p>
      </div>
    </Dialog>
  );
}
