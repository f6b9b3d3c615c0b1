/** What the console reads of coupons and of the discounts that customers have. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type CouponPage = Answer<"/v1/coupons">;
export type Coupon = CouponPage["items"][number];
export type Discount = Answer<"/v1/accounts/{account_id}/discounts">["items"][number];
/** What is taken off and how long: of coupons and discounts alike. */
export type Terms = Pick<Coupon, "discount" | "duration" | "applies_to">;

/** The latest; few customers have more. */
const shown = 100;

export function useDiscounts(account_id: string) {
  return useQuery({
    queryKey: ["customers", "discounts", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/discounts", { params: { path: { account_id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function readDiscount({ account_id, id }: Discount) {
  return answer(api.GET("/v1/accounts/{account_id}/discounts/{discount_id}", { params: { path: { account_id, discount_id: id } } }));
}

export function readCoupon({ id }: Coupon) {
  return answer(api.GET("/v1/coupons/{coupon_id}", { params: { path: { coupon_id: id } } }));
}
