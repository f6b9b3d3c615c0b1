/** What is left of an invoice after its credit notes. */
import { difference } from "../../../lib/decimal";
import type { MoneyValue } from "../../../lib/money";
import type { InvoiceDetail } from "../queries";
import type { CreditNotePage } from "./queries";

export interface Left {
  net: MoneyValue;
  total: MoneyValue;
}

/** What credit notes have left of an invoice, before and with its tax; the sums of the notes are the server's. */
export function leftOf({ net, total }: Pick<InvoiceDetail, "net" | "total">, { totals }: Pick<CreditNotePage, "totals">): Left {
  const credited = totals.find(({ currency }) => currency === total.currency);
  if (!credited) return { net, total };
  return { net: { ...net, amount: difference(net.amount, credited.net) }, total: { ...total, amount: difference(total.amount, credited.amount) } };
}
