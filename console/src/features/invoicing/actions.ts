/** What can be done with an invoice, from its row and from its page. */
import { lazy } from "react";
import { withWords } from "../../lib/i18n/words";
import type { Actionable, Actions } from "../../ui/command/actions";
import { pdfPath, type Invoice } from "./queries";

/** What its commands show of an invoice. */
export type Correctable = Pick<Invoice, "id" | "number" | "status" | "version" | "account_id" | "net" | "total" | "clearance">;

const isIssued = ({ status }: Pick<Invoice, "status">) => status === "issued";

export const invoiceActions: Actions<Correctable & Actionable> = {
  links: [{ icon: "pdf", label: "invoice.pdf", href: ({ id }) => pdfPath(id), when: hasDocument }],
  commands: {
    issue: {
      icon: "sent", label: "invoice.issue", Dialog: lazy(() => import("./IssueDialog")),
      // For what has been issued, offering it would only be in the way.
      when: ({ status }) => status === "draft" || status === "locked",
    },
    // Only what is below zero: nothing asks for less than nothing.
    credit_draft: { icon: "left", label: "invoice.credit_draft", Dialog: lazy(withWords(["credits"], () => import("./corrections/CreditDraftDialog"))), when: isGivenBack },
    // What waits for an approval names them; a draft that needs none has no use for them.
    approve: { icon: "checkCircle", label: "invoice.approve", Dialog: lazy(withWords(["debits"], () => import("./checks/ApproveDialog"))), when: waits },
    reject: { icon: "void", label: "invoice.reject", Dialog: lazy(withWords(["debits"], () => import("./checks/RejectDialog"))), when: waits },
    send: { icon: "sent", label: "invoice.send", Dialog: lazy(withWords(["deliveries"], async () => ({ default: (await import("./deliveries/SendDialog")).SendInvoiceDialog }))), when: isIssued },
    // Only where a tax authority has to do with it.
    report_clearance: { icon: "tag", label: "invoice.report_clearance", Dialog: lazy(withWords(["debits"], () => import("./checks/ClearanceDialog"))), when: ({ clearance }) => /^(waiting|submitted|rejected)$/.test(clearance.status) },
    // A document is corrected, and what is none yet is not.
    credit: { icon: "left", label: "invoice.credit", Dialog: lazy(withWords(["credits"], () => import("./corrections/CreditDialog"))), when: isIssued },
    debit: { icon: "right", label: "invoice.debit", Dialog: lazy(withWords(["credits", "debits"], () => import("./debits/DebitDialog"))), when: isIssued },
    reissue: { icon: "refresh", label: "invoice.reissue", Dialog: lazy(withWords(["credits"], () => import("./corrections/ReissueDialog"))), when: isIssued },
    void: { icon: "void", label: "invoice.void", Dialog: lazy(withWords(["credits"], () => import("./corrections/VoidDialog"))), when: isIssued },
  },
};

function isGivenBack({ allowed_actions }: Actionable): boolean {
  return allowed_actions.some(({ action, allowed }) => allowed && action === "credit_draft");
}

/** It was asked for: whatever was said since can be said otherwise. */
function waits({ allowed_actions }: Actionable): boolean {
  return allowed_actions.some(({ action, allowed }) => allowed && /^(approve|reject)$/.test(action));
}

/** A draft has no document yet; a void one keeps its own. */
export function hasDocument({ status }: Pick<Invoice, "status">): boolean {
  return status === "issued" || status === "void";
}
