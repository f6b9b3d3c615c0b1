/**
 * What a row offers: open, the PDF of an issued document, and the commands that the server allows in this state.
 *
 * A command that is known but not allowed stays visible, disabled, with the server's reason.
 */
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { Disclosure } from "../../ui/Disclosure";
import { Icon } from "../../ui/Icon";
import { IssueDialog } from "./IssueDialog";
import { invoicePath, pdfPath, type Invoice } from "./queries";

export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const { t } = useI18n();
  const [issuing, setIssuing] = useState(false);
  const name = invoice.number ?? invoice.id;
  const issue = issueAction(invoice);
  return (
    <>
      <Disclosure label={t("invoice.actions", { number: name })} button={<Icon name="more" />} className="button quiet icon">
        {(close) => (
          <>
            <Link className="menu-item" to={invoicePath(invoice.id)}><Icon name="invoice" /> {t("action.open")}</Link>
            {hasDocument(invoice) && (
              <a className="menu-item" href={pdfPath(invoice.id)} target="_blank" rel="noreferrer" onClick={close}><Icon name="pdf" /> {t("invoice.pdf")}</a>
            )}
            {issue && (
              <button type="button" className="menu-item" disabled={!issue.allowed} onClick={() => { close(); setIssuing(true); }}>
                <Icon name="sent" />
                <span>{t("invoice.issue")}{issue.reason && <span className="reason">{issue.reason}</span>}</span>
              </button>
            )}
          </>
        )}
      </Disclosure>
      {issuing && <IssueDialog invoice={invoice} onClose={() => setIssuing(false)} />}
    </>
  );
}

/** Issuing, as the server allows it; null for what has been issued, where offering it would only be in the way. */
export function issueAction({ status, allowed_actions }: Pick<Invoice, "status" | "allowed_actions">) {
  if (status !== "draft" && status !== "locked") return null;
  return allowed_actions.find(({ action }) => action === "issue") ?? null;
}

/** A draft has no document yet; a void one keeps its own. */
export function hasDocument({ status }: Pick<Invoice, "status">): boolean {
  return status === "issued" || status === "void";
}
