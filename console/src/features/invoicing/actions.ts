/** What can be done with an invoice, from its row and from its page. */
import { lazy } from "react";
import type { Actionable, Actions } from "../../ui/command/actions";
import { pdfPath, type Invoice } from "./queries";

type Thing = Pick<Invoice, "id" | "status" | "version" | "account_id" | "total"> & Actionable;

export const invoiceActions: Actions<Thing> = {
  links: [{ icon: "pdf", label: "invoice.pdf", href: ({ id }) => pdfPath(id), when: hasDocument }],
  commands: {
    issue: {
      icon: "sent", label: "invoice.issue", Dialog: lazy(() => import("./IssueDialog")),
      // For what has been issued, offering it would only be in the way.
      when: ({ status }) => status === "draft" || status === "locked",
    },
  },
};

/** A draft has no document yet; a void one keeps its own. */
function hasDocument({ status }: Pick<Invoice, "status">): boolean {
  return status === "issued" || status === "void";
}
