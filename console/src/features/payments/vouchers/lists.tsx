/** Batches of vouchers, the vouchers of one, and redemptions, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { count, date, instant, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Nothing } from "../../../ui/Value";
import { batchActions, voucherActions } from "./actions";
import { batchPath, readBatches, readRedemptions, readVouchers, type Batch, type BatchPage, type Redemption, type RedemptionPage, type Voucher, type VoucherPage } from "./queries";

export const batchList: ListSpec<Batch, BatchPage, NonNullable<Question<"/v1/voucher-batches">>, "voucher_batches"> = {
  name: "voucher_batches",
  words: "voucher_batches",
  icon: "tag",
  read: readBatches,
  tabs: [
    { id: "running", query: { status: ["preparing", "created", "activated"], sort: "-created_at" }, counted: true },
    { id: "all", query: { sort: "-created_at" } },
  ],
  filters: [{ kind: "text", name: "q", label: "voucher_batches.search", max: 140 }],
  columns: [
    { id: "prefix", title: "voucher_batch.prefix", render: ({ id, prefix }) => <Link to={batchPath(id)} dir="ltr">{prefix}</Link> },
    { id: "seller", title: "voucher_batch.seller", sort: "seller", render: ({ seller, seller_reference }) => <span dir="auto">{seller}{seller_reference && <span className="small muted below">{seller_reference}</span>}</span> },
    { id: "status", title: "voucher_batch.status", render: ({ status }) => <StatusTag kind="voucher_batch" status={status} /> },
    money("amount", "voucher_batch.amount", { sort: "amount" }),
    count("count", "voucher_batch.count"),
    count("redeemed", "voucher_batch.redeemed", { sort: "redeemed" }),
    { id: "left", title: "voucher_batch.left", align: "end", render: ({ counts }) => <Count value={counts.created + counts.activated} /> },
    { id: "void", title: "voucher_batch.gone", align: "end", render: ({ counts }) => <Count value={counts.void + counts.expired} /> },
    date("valid_until", "voucher_batch.valid_until", { sort: "valid_until" }),
    instant("created_at", "voucher_batch.created_at", { extra: true, sort: "created_at" }),
  ],
  totals: [["amount", "voucher_batch.total"], ["redeemed", "voucher_batch.redeemed"], ["outstanding", "voucher_batch.outstanding"]],
  actions: (batch) => <BatchMenu batch={batch} />,
  create: { label: "voucher_batches.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).BatchDrawer })) },
};

export function voucherList(batch_id: string): ListSpec<Voucher, VoucherPage, NonNullable<Question<"/v1/vouchers">>, "vouchers"> {
  return {
    name: "vouchers",
    words: "vouchers",
    icon: "tag",
    read: readVouchers,
    tabs: [
      { id: "all", query: { batch_id: [batch_id] } },
      { id: "redeemed", query: { batch_id: [batch_id], status: ["redeemed", "claimed"] }, counted: true },
      { id: "void", query: { batch_id: [batch_id], status: ["void", "expired"] } },
    ],
    filters: [{ kind: "text", name: "q", label: "vouchers.search", max: 30 }],
    columns: [
      { id: "serial", title: "voucher.serial", sort: "serial", render: ({ serial }) => <span dir="ltr">{serial}</span> },
      { id: "status", title: "voucher.status", render: ({ status }) => <StatusTag kind="voucher" status={status} /> },
      money("amount", "voucher.amount"),
      instant("changed_at", "voucher.changed_at", { sort: "changed_at" }),
    ],
    totals: [["amount", "voucher.amount"]],
    actions: (voucher) => <VoucherMenu voucher={voucher} />,
  };
}

export const redemptionList: ListSpec<Redemption, RedemptionPage, NonNullable<Question<"/v1/vouchers/redemptions">>, "redemptions"> = {
  name: "redemptions",
  words: "redemptions",
  icon: "checkCircle",
  read: readRedemptions,
  tabs: [
    { id: "all", query: { sort: "-claimed_at" } },
    { id: "refused", query: { status: ["refused", "pending"], sort: "-claimed_at" }, counted: true, icon: "checkCircle" },
  ],
  filters: [{ kind: "text", name: "account_id", label: "redemption.account", max: 64 }, { kind: "text", name: "serial", label: "voucher.serial", max: 30 }],
  columns: [
    { id: "serial", title: "voucher.serial", render: ({ serial, batch_id }) => <Link to={batchPath(batch_id)} dir="ltr">{serial}</Link> },
    { id: "account", title: "redemption.account", render: ({ account_id }) => <Link to={`/customers/${encodeURIComponent(account_id)}`} dir="ltr">{account_id}</Link> },
    { id: "status", title: "redemption.status", render: ({ status, detail }) => <><StatusTag kind="redemption" status={status} />{detail && <span className="small muted below" dir="auto">{detail}</span>}</> },
    money("amount", "redemption.amount", { sort: "amount" }),
    date("expires_on", "redemption.expires_on"),
    instant("claimed_at", "redemption.claimed_at", { sort: "claimed_at" }),
    { id: "by", title: "redemption.by", extra: true, render: ({ redeemed_by }) => (redeemed_by === null ? <Nothing /> : <span dir="ltr">{redeemed_by}</span>) },
  ],
  totals: [["amount", "redemption.amount"]],
  actions: () => null,
};

function BatchMenu({ batch }: { batch: Batch }) {
  const { t } = useI18n();
  return <ActionMenu thing={batch} actions={batchActions} label={t("voucher_batch.actions", { name: batch.prefix })} open={{ to: batchPath(batch.id), icon: "right" }} />;
}

function VoucherMenu({ voucher }: { voucher: Voucher }) {
  const { t } = useI18n();
  return <ActionMenu thing={voucher} actions={voucherActions} label={t("voucher.actions", { name: voucher.serial })} />;
}
