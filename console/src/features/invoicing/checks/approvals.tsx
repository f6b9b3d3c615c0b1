/** What both answers to an asked approval show of the invoice, and how they are sent: for the version that was read. */
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import type { Fact } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";

export interface Said {
  id: string;
  version: number;
  /** A note to an approval, the reason of a rejection. */
  text: string;
}

export const touches = ["invoices", "billing-runs"] as const;

export function reread({ id }: Said) {
  return answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } }));
}

export function useFacts({ account_id, total }: Correctable): readonly Fact[] {
  const { t } = useI18n();
  return [
    [t("invoice.account"), <CustomerName key="account" id={account_id} inline />],
    [t("invoice.total"), <strong key="total"><Money value={total} /></strong>],
  ];
}
