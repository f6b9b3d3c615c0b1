/** How an invoice stands with its payment on a given day. */
import { daysBetween } from "../../lib/time";
import type { Invoice } from "./queries";

type Payable = Pick<Invoice, "status" | "payment_status" | "due_on">;

/** Whole days past the due date on `today` (null: not known yet); 0 where nothing is overdue, as on the due date itself. */
export function daysOverdue({ status, payment_status, due_on }: Payable, today: string | null): number {
  const open = status === "issued" && (payment_status === "unpaid" || payment_status === "partially_paid");
  return open && due_on && today ? Math.max(0, daysBetween(due_on, today)) : 0;
}

/** What the payment column shows: "overdue" for an unpaid one past its day; null before an invoice is issued. */
export function paymentShown(invoice: Payable, today: string | null): string | null {
  if (invoice.status === "draft" || invoice.status === "locked" || invoice.status === "void") return null;
  if (invoice.payment_status === "unpaid" && daysOverdue(invoice, today) > 0) return "overdue";
  return invoice.payment_status ?? null;
}
