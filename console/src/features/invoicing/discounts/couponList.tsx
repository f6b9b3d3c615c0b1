/** Coupons, as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, date, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { Count } from "../../../ui/Value";
import type { Coupon, CouponPage } from "./queries";
import { Lasting, Plans, Taken } from "./TermsText";

const actions: Actions<Coupon> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "coupon.update", Dialog: lazy(async () => ({ default: (await import("./couponDialogs")).UpdateDialog })) },
    retire: { icon: "void", label: "coupon.retire", Dialog: lazy(async () => ({ default: (await import("./couponDialogs")).RetireDialog })) },
    delete: { icon: "void", label: "coupon.delete", Dialog: lazy(async () => ({ default: (await import("./couponDialogs")).DeleteDialog })) },
  },
};

export const couponList: ListSpec<Coupon, CouponPage, Question<"/v1/coupons">, "coupons"> = {
  name: "coupons",
  words: "coupons",
  icon: "tag",
  read: (query, signal) => answer(api.GET("/v1/coupons", { params: { query }, signal })),
  tabs: [{ id: "offered", query: { retired: false, sort: "id" }, counted: true }, { id: "all", query: { sort: "id" } }],
  filters: [{ kind: "text", name: "q", label: "coupons.search", max: 200 }],
  columns: [
    code("id", "coupon.id", { sort: "id" }),
    { id: "name", title: "coupon.name", sort: "name", render: ({ name }) => name },
    { id: "discount", title: "coupon.discount", align: "end", render: (coupon) => <Taken terms={coupon} /> },
    { id: "duration", title: "coupon.duration", render: (coupon) => <Lasting terms={coupon} /> },
    { id: "plans", title: "coupon.plans", render: (coupon) => <Plans terms={coupon} /> },
    { id: "redeemed", title: "coupon.redeemed", align: "end", sort: "redeemed", render: (coupon) => <Redeemed coupon={coupon} /> },
    date("redeem_by", "coupon.redeem_by", { sort: "redeem_by" }),
    instant("retired_at", "coupon.retired_at"),
    instant("defined_at", "coupon.defined_at", { extra: true, sort: "defined_at" }),
  ],
  totals: [],
  actions: (coupon) => <CouponMenu coupon={coupon} />,
  create: { label: "coupons.create", Drawer: lazy(async () => ({ default: (await import("./couponDialogs")).CouponDrawer })) },
};

function Redeemed({ coupon: { redeemed, max_redemptions } }: { coupon: Coupon }) {
  const { t } = useI18n();
  return max_redemptions === null ? <Count value={redeemed} /> : <span className="number" dir="auto">{t("coupon.redeemed_of", { redeemed: String(redeemed), most: String(max_redemptions) })}</span>;
}

function CouponMenu({ coupon }: { coupon: Coupon }) {
  const { t } = useI18n();
  return <ActionMenu thing={coupon} actions={actions} label={t("coupon.actions", { name: coupon.id })} />;
}
