/** Gives a customer a discount, of a coupon or of its own, and ends one. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { LastsFields, useLasts, withDuration } from "./duration";
import { readDiscount, type Discount } from "./queries";

export type Way = "coupon" | "own";

interface Props {
  id: string;
  currency: string;
  way: Way;
  onClose: () => void;
}

export function DiscountDrawer({ id, currency, way, onClose }: Props) {
  const { t } = useI18n();
  const [lasts, setLasts] = useLasts();
  const grant = useCommand({
    words: "discount_grant", touches: ["customers", "coupons"],
    send: (body: Body<"/v1/accounts/{account_id}/discounts">, headers) => api.POST("/v1/accounts/{account_id}/discounts", { params: { path: { account_id: id } }, body, headers }),
  });
  const isOwn = way === "own";
  const wish = isOwn ? { omit: ["coupon"], first: ["reason", "name", "discount", "duration"] } : { only: ["coupon", "starts_on"], first: ["coupon"] };
  const title = t(isOwn ? "discounts.grant" : "discounts.redeem");
  return (
    <CommandDrawer
      title={title} verb={title} body="AccountDiscountBody" wish={wish} words="discount_form" command={grant} given={isOwn ? { duration: "once", "/discount/amount": { amount: "", currency } } : {}}
      onSend={(body) => grant.run((isOwn ? withDuration(body, lasts) : body) as Body<"/v1/accounts/{account_id}/discounts">)} onClose={onClose}
    >
      {isOwn ? () => <LastsFields value={lasts} onChange={setLasts} /> : undefined}
    </CommandDrawer>
  );
}

export const EndDialog = formDialog<Discount, unknown>({
  words: "discount_end", title: "discount.end", verb: "discount.end", fields: "discount", touches: ["customers"], body: "DiscountEndBody", form: "discount_form", reread: readDiscount,
  send: ({ account_id, id }, body, headers) => api.POST("/v1/accounts/{account_id}/discounts/{discount_id}/end", { params: { path: { account_id, discount_id: id } }, body, headers }),
});
