/** Payments, and what is open of the account that they are of. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type PaymentPage = Answer<"/v1/payments">;
export type Payment = PaymentPage["items"][number];
export type Chargeback = Answer<"/v1/payments/{payment_id}/chargebacks">["items"][number];
export type Refund = Answer<"/v1/payments/{payment_id}/refunds">["items"][number];
export type Receivable = Answer<"/v1/accounts/{account_id}/receivables">["items"][number];

export const touches = ["payments", "refunds", "customers", "invoices", "receivables", "statement"];

export const readPayment = ({ id }: Pick<Payment, "id">) => answer(api.GET("/v1/payments/{payment_id}", { params: { path: { payment_id: id } } }));

/** The most that one payment is put against by hand here. */
const limit = 200;

/** What is open of an account, and what a payment pays of it already: due first at the top. */
export function useReceivables(accountId: string) {
  return useQuery({
    queryKey: ["payments", "receivables", accountId],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/receivables", { params: { path: { account_id: accountId }, query: { sort: "due_on", limit } }, signal })),
    enabled: /^[A-Za-z0-9._:-]{1,64}$/.test(accountId),
    retry: false,
  });
}

export function usePayment(id: string) {
  return useQuery({ queryKey: ["payments", "one", id], queryFn: () => readPayment({ id }), refetchInterval: useRefreshInterval() });
}

export function useRefunds(payment_id: string) {
  return useQuery({
    queryKey: ["payments", "refunds", payment_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/payments/{payment_id}/refunds", { params: { path: { payment_id }, query: { limit } }, signal })),
  });
}

export function useChargebacks(payment_id: string) {
  return useQuery({
    queryKey: ["payments", "chargebacks", payment_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/payments/{payment_id}/chargebacks", { params: { path: { payment_id }, query: { limit } }, signal })),
  });
}
