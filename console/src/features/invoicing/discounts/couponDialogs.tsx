/** What the commands of coupons ask. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { LastsFields, useLasts, withDuration } from "./duration";
import { readCoupon, type Coupon } from "./queries";
import { Taken } from "./TermsText";

const path = ({ id }: Coupon) => ({ path: { coupon_id: id } });
const common = { fields: "coupon", touches: ["coupons"], reread: readCoupon };

export function CouponDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [lasts, setLasts] = useLasts();
  const create = useCommand({ words: "coupon_create", touches: ["coupons"], send: (body: Body<"/v1/coupons">, headers) => api.POST("/v1/coupons", { body, headers }) });
  return (
    <CommandDrawer
      title={t("coupons.create")} verb={t("coupons.create")} body="CouponBody" wish={{ first: ["id", "name", "discount", "duration"] }} words="discount_form" command={create} given={{ duration: "once" }}
      onSend={(body) => create.run(withDuration(body, lasts) as Body<"/v1/coupons">)} onClose={onClose}
    >
      {() => <LastsFields value={lasts} onChange={setLasts} />}
    </CommandDrawer>
  );
}

export const UpdateDialog = formDialog<Coupon, unknown>({
  ...common, words: "coupon_update", title: "coupon.update", verb: "coupon.update", body: "CouponChange", form: "discount_form",
  given: ({ name, redeem_by, max_redemptions }) => ({ name, redeem_by: redeem_by ?? "", max_redemptions: max_redemptions === null ? "" : String(max_redemptions) }),
  send: (of, body, headers) => api.PUT("/v1/coupons/{coupon_id}", { params: path(of), body, headers }),
});

export const RetireDialog = confirmDialog<Coupon, unknown>({
  ...common, words: "coupon_retire", verb: "coupon.retire", facts: (coupon, t) => [[t("coupon.name"), coupon.name], [t("coupon.discount"), <Taken key="taken" terms={coupon} />]],
  send: (of, headers) => api.POST("/v1/coupons/{coupon_id}/retire", { params: path(of), headers }),
});

export const DeleteDialog = confirmDialog<Coupon, unknown>({
  ...common, words: "coupon_delete", verb: "coupon.delete", facts: (coupon, t) => [[t("coupon.name"), coupon.name], [t("coupon.discount"), <Taken key="taken" terms={coupon} />]],
  send: (of, headers) => api.DELETE("/v1/coupons/{coupon_id}", { params: path(of), headers }),
});
