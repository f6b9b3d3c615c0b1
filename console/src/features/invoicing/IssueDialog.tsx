/**
 * Asks before a draft becomes a document: which one, how much, and that it can't be changed afterwards.
 *
 * The key is made when the dialog opens, so a second click, or a click after a lost answer, is the same command. The
 * dialog stays until the answer is there, and after one that was no success: refused, or not known.
 */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { CommandNotDone, commandKey } from "../../lib/commands";
import { ApiProblem } from "../../lib/problem";
import { Dialog } from "../../ui/Dialog";
import { toast } from "../../ui/Toasts";
import { Money } from "../../ui/Value";
import { useIssueInvoice, type Invoice } from "./queries";
import "./IssueDialog.css";

export function IssueDialog({ invoice, onClose }: { invoice: Pick<Invoice, "id" | "version" | "account_id" | "total">; onClose: () => void }) {
  const { t } = useI18n();
  const [key] = useState(() => commandKey());
  const issue = useIssueInvoice();

  const confirm = () => {
    issue.mutate(
      { invoice, key },
      {
        onSuccess: () => {
          toast("success", t("issue.done"));
          onClose();
        },
      },
    );
  };
  const close = () => {
    if (!issue.isPending) onClose();
  };
  const reason = refusalOf(issue.error);

  return (
    <Dialog
      title={t("issue.title")} onClose={close}
      footer={
        <>
          <button type="button" className="button" disabled={issue.isPending} onClick={close}>{t("action.cancel")}</button>
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
        {issue.error && !issue.isPending && (
          <p className="issue-error" role="alert">{reason === null ? t("issue.unknown") : t("issue.failed", { reason })}</p>
        )}
      </div>
    </Dialog>
  );
}

/** Why the command was refused; null where nobody knows what became of it, for the answer got lost or came too late. */
function refusalOf(error: Error | null): string | null {
  if (error instanceof ApiProblem && error.status < 500) return error.detail ?? error.title;
  return error instanceof CommandNotDone && error.refused ? error.message : null;
}
