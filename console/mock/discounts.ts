/** What the mock answers of coupons and of customers' discounts; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import { refusal, type Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Coupon = Schemas["CouponShape"];
type Discount = Schemas["DiscountShape"];

const may = (action: string, reason: string | null = null) => ({ action, allowed: reason === null, reason });

export const coupons: Coupon[] = [
  {
    id: "WELCOME", name: "Welcome", discount: { percent: "10", amount: null }, duration: { periods: 3 }, applies_to: null, redeem_by: "2026-12-31", max_redemptions: 500, redeemed: 12, version: 1,
    defined_at: now, retired_at: null, allowed_actions: [may("update"), may("retire"), may("delete", "12 accounts have redeemed it; retire it instead")],
  },
  {
    id: "FIVE", name: "Five off", discount: { percent: null, amount: { amount: "5.00", currency: "EUR" } }, duration: "once", applies_to: { plans: ["fibre-300"], services: [] }, redeem_by: null, max_redemptions: null, redeemed: 0, version: 2,
    defined_at: now, retired_at: now, allowed_actions: [may("update", "it is retired"), may("retire", "it is retired"), may("delete")],
  },
];

const discounts: Discount[] = [
  {
    id: "discount-1", account_id: "acc-0002", coupon: "WELCOME", name: "Welcome", reason: "coupon", note: "", discount: { percent: "10", amount: null }, duration: { periods: 3 }, applies_to: null,
    starts_on: "2026-10-01", ended_on: null, version: 1, granted_at: now, status: "active", periods_used: 1, allowed_actions: [may("end")],
  },
];

export async function discounted(request: Request, { resource, id, part, n, query }: Asked): Promise<Response | null> {
  const body = async () => (request.headers.get("Content-Type") ? ((await request.json()) as Record<string, unknown>) : {});
  if (resource === "coupons") {
    const offered = query.get("retired") === null ? coupons : coupons.filter(({ retired_at }) => String(retired_at !== null) === query.get("retired"));
    if (!id) return request.method === "POST" ? Response.json({ ...coupons[0]!, ...(await body()) }, { status: 201 }) : Response.json(pageOf(offered, query));
    return request.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(coupons.find((one) => one.id === id) ?? coupons[0]);
  }
  if (resource !== "accounts" || part !== "discounts") return null;
  if (n) return Response.json(discounts[0]);
  if (request.method !== "POST") return Response.json(pageOf(discounts.filter(({ account_id }) => account_id === id), query));
  const asked = await body();
  if (asked["coupon"] === "FIVE") return refusal("/coupon", "coupon_retired", "coupon FIVE is retired; define another one");
  return Response.json({ ...discounts[0]!, ...asked, account_id: id }, { status: 201 });
}
