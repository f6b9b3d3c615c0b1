/** How an invoice stands with its payment; the server counts the days, in the account's time zone. */
import type { Invoice } from "./queries";

/** What the payment column shows: "overdue" for an unpaid one past its day; null for what nobody owes yet, or any more. */
export function paymentShown({ status, payment_status, days_overdue }: Pick<Invoice, "status" | "payment_status" | "days_overdue">): string | null {
  if (status !== "issued") return null;
  return payment_status === "unpaid" && days_overdue > 0 ? "overdue" : payment_status;
}
