/** What can be done with a credit note, from its row and from its page. */
import { lazy } from "react";
import { useI18n } from "../../../lib/i18n";
import { withWords } from "../../../lib/i18n/words";
import type { Actionable, Actions } from "../../../ui/command/actions";
import type { CreditNote } from "../corrections/queries";

/** A credit note is a document: it is read and sent, and nothing else is done with it. */
export const noteActions: Actions<CreditNote & Actionable> = {
  links: [{ icon: "pdf", label: "invoice.pdf", href: ({ id }) => `/v1/credit-notes/${encodeURIComponent(id)}/pdf`, when: ({ status }) => status === "issued" }],
  commands: { send: { icon: "sent", label: "invoice.send", Dialog: lazy(withWords(["deliveries"], async () => ({ default: (await import("../deliveries/SendDialog")).SendCreditNoteDialog }))), when: ({ status }) => status === "issued" } },
};

/** The note with what the reader may do with it, which the API does not say of one; the page knows whether he may send. */
export function useWithActions<Note extends CreditNote>(note: Note, allowed: boolean): Note & Actionable {
  const { t } = useI18n();
  return { ...note, allowed_actions: [{ action: "send", allowed, reason: allowed ? null : t("state.forbidden") }] };
}
