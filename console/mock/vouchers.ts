/** What the mock answers of vouchers and top-ups: a batch, its vouchers, who redeemed them, and a customer's rule. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });

const batch: Schemas["VoucherBatchShape"] = {
  id: "vb-1", prefix: "SUMMER", seller: "Kiosk Ltd", seller_reference: "PO-7", amount: eur("20.00"), count: 1000, redeemed: 12, voided: 1, valid_from: null, valid_until: "2027-06-30", credit_days: null, status: "activated", reason: "",
  created_by: "user:ann", created_at: now, activated_at: now, ended_at: null, version: 2, counts: { created: 0, activated: 987, redeemed: 12, void: 1, expired: 0 },
  sums: { created: eur("0.00"), activated: eur("19740.00"), redeemed: eur("240.00"), void: eur("20.00"), expired: eur("0.00") }, allowed_actions: may("void"),
};
const sold: Schemas["VoucherBatchShape"] = {
  ...batch, id: "vb-2", prefix: "WINTER", seller: "Corner shop", seller_reference: "", count: 50, redeemed: 0, voided: 0, status: "created", activated_at: null, version: 1, counts: { created: 50, activated: 0, redeemed: 0, void: 0, expired: 0 },
  sums: { created: eur("1000.00"), activated: eur("0.00"), redeemed: eur("0.00"), void: eur("0.00"), expired: eur("0.00") }, allowed_actions: may("activate", "void"),
};
const voucher = (number: number, status: Schemas["VoucherShape"]["status"]): Schemas["VoucherShape"] => ({
  serial: `SUMMER-0000${number}`, batch_id: "vb-1", number, amount: eur("20.00"), status, seller: "Kiosk Ltd", valid_from: null, valid_until: "2027-06-30", credit_days: null, changed_at: now, allowed_actions: status === "activated" ? may("void") : [],
});
const vouchers = [voucher(1, "redeemed"), voucher(2, "activated"), voucher(3, "void")];
const redemption: Schemas["VoucherRedemptionShape"] = {
  id: "red-1", serial: "SUMMER-00001", batch_id: "vb-1", account_id: "acc-0002", amount: eur("20.00"), status: "redeemed", payment_id: "red-1", credit_id: null, expires_on: null, code: "", detail: "", redeemed_by: "user:ann", claimed_at: now, settled_at: now,
};
const refused: Schemas["VoucherRedemptionShape"] = { ...redemption, id: "red-2", serial: "SUMMER-00002", account_id: "acc-0003", status: "refused", payment_id: null, code: "account_closed", detail: "account acc-0003 is closed; reopen it before money is put on it" };
const topUp: Schemas["WalletTopUpShape"] = { id: "top-1", account_id: "acc-0002", amount: eur("20.00"), automatic: true, asked_by: "system", asked_at: now, payment_method_id: "pm-1", status: "succeeded", code: "", action_url: "" };
const rule: Schemas["AutomaticTopUpShape"] = {
  account_id: "acc-0002", enabled: true, threshold: eur("5.00"), amount: eur("20.00"), payment_method_id: null, monthly_count: 3, monthly_amount: eur("60.00"), version: 1, changed_at: now, changed_by: "user:ann", off_reason: "", state: "ready", top_up_id: "top-1",
  retry_at: null, stated_at: now,
};

const link: Schemas["TopUpLinkShape"] = { account_id: "acc-0002", amount: eur("20.00"), token: "9f2c0b6e1d7a44c18a52", path: "/v1/payment-links/9f2c0b6e1d7a44c18a52", reference: "RF71RZQ22OWTPTZ2" };
const shown: Schemas["OpenAmountShape"] = {
  purpose: "top_up", number: link.reference, status: "open", amount_due: link.amount, due_on: null, pay_to: { name: "Demo Telecom", iban: "NL91ABNA0417164300", bic: "ABNANL2A", reference: link.reference }, code_path: `${link.path}/code.svg`,
};
/** Looks like a code, and says nothing. */
const code = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21">${Array.from({ length: 441 }, (_, at) => ((at * at) % 7 < 3 ? `<path d="M${at % 21} ${Math.floor(at / 21)}h1v1h-1z"/>` : "")).join("")}</svg>`;

export function vouchered(request: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "voucher-batches") {
    if (request.method === "POST" && !id) return Response.json({ ...sold, vouchers: [{ serial: "WINTER-00001", code: "2345-6789-ABCD-EFGK" }] } satisfies Schemas["MadeVoucherBatch"], { status: 201 });
    return Response.json(id ? (id === "vb-2" ? sold : batch) : pageOf([batch, sold], query));
  }
  if (resource === "vouchers" && id === "redemptions") return request.method === "POST" ? Response.json(redemption, { status: 201 }) : Response.json(pageOf([redemption, refused], query));
  if (resource === "vouchers") return Response.json(id ? vouchers[1] : pageOf(vouchers, query));
  if (resource === "accounts" && (part === "credits" || part === "deposits")) return Response.json(pageOf([], query));
  if (resource === "accounts" && part === "top-ups") return request.method === "POST" ? Response.json(topUp, { status: 201 }) : Response.json(pageOf([topUp], query));
  if (resource === "accounts" && part === "top-up-link") return Response.json(link, { status: 201 });
  if (resource === "payment-links") return part === "code.svg" ? new Response(code, { headers: { "Content-Type": "image/svg+xml" } }) : Response.json(shown);
  return resource === "accounts" && part === "automatic-top-up" ? Response.json(rule) : null;
}
