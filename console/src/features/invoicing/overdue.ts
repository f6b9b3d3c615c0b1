/** How an invoice stands with its payment; the server counts the days, in the account's time zone. */
import { isZero } from "../../lib/decimal";
import type { Invoice } from "./queries";

/** What the payment column shows: "overdue" for an unpaid one past its day; null for what nobody owes yet, or any more. */
export function paymentShown(invoice: Pick<Invoice, "status" | "payment_status" | "days_overdue" | "paid" | "credited">): string | null {
  const { status, payment_status, days_overdue } = invoice;
  if (status !== "issued") return null;
  if (isCreditedWhole(invoice)) return "credited";
  return payment_status === "unpaid" && days_overdue > 0 ? "overdue" : payment_status;
}

/** Nothing is owed any more, and nobody has paid: credit notes took all of it. */
export function isCreditedWhole({ payment_status, paid, credited }: Pick<Invoice, "payment_status" | "paid" | "credited">): boolean {
  return payment_status === "paid" && isZero(paid.amount) && !isZero(credited.amount);
}
