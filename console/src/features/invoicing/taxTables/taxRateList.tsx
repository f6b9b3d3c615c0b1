/** The rates of all jurisdictions, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, date } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { PercentText } from "./PercentText";
import { jurisdictionPath, type TaxRate, type TaxRatePage } from "./queries";

const taxRateActions: Actions<TaxRate> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "tax_rate.change", Dialog: lazy(async () => ({ default: (await import("./TaxRateDrawer")).ChangeTaxRate })) },
    delete: { icon: "void", label: "tax_rate.delete", Dialog: lazy(async () => ({ default: (await import("./deleteDialogs")).DeleteTaxRate })) },
  },
};

/** `today`: the stack's, by which rates are in force. */
export function taxRateList(today: string): ListSpec<TaxRate, TaxRatePage, Question<"/v1/tax/rates">, "tax_rates"> {
  return {
    name: "tax-rates",
    words: "tax_rates",
    icon: "tag",
    read: (query, signal) => answer(api.GET("/v1/tax/rates", { params: { query }, signal })),
    tabs: [
      { id: "in_force", query: { in_force_on: today, sort: "jurisdiction_id" }, counted: true },
      { id: "all", query: { sort: "-effective_from" } },
    ],
    filters: [
      { kind: "text", name: "product_tax_class", label: "tax_rate.product_tax_class", max: 64 },
      { kind: "choice", name: "kind", label: "tax_rate.kind", options: [["percent", "tax_rate_form.kind_percent"], ["tax_on_tax", "tax_rate_form.kind_tax_on_tax"], ["surcharge", "tax_rate_form.kind_surcharge"]], many: true },
      { kind: "linked", name: "jurisdiction_id", label: "tax_rates.jurisdiction_is", drop: "tax_rates.drop_jurisdiction", max: 64, many: true },
    ],
    columns: [
      { id: "tax", title: "tax_rate.tax", render: ({ tax, id }) => <strong title={id}>{tax}</strong> },
      { id: "jurisdiction", title: "tax_rate.jurisdiction_id", sort: "jurisdiction_id", render: ({ jurisdiction_id: at }) => <Link to={jurisdictionPath(at)} dir="ltr">{at}</Link> },
      { id: "class", title: "tax_rate.product_tax_class", render: (rate) => <ClassText rate={rate} /> },
      { id: "rate", title: "tax_rate.rate", align: "end", sort: "rate", render: ({ rate }) => <PercentText value={rate} /> },
      date("effective_from", "tax_rate.effective_from", { sort: "effective_from" }),
      date("effective_to", "tax_rate.effective_to"),
      { id: "kind", title: "tax_rate.kind", render: (rate) => <KindText rate={rate} /> },
      { id: "share", title: "tax_rate.share", align: "end", extra: true, render: ({ share }) => <PercentText value={share} /> },
      { id: "category", title: "tax_rate.category", extra: true, render: ({ category }) => category },
      { id: "where", title: "tax_rate.where", extra: true, render: (rate) => <WhereText rate={rate} /> },
      code("id", "tax_rate.id", { sort: "id" }),
      count("version", "tax_rate.version", { extra: true }),
    ],
    totals: [],
    actions: (rate) => <Menu rate={rate} />,
    create: { label: "tax_rates.add", Drawer: lazy(async () => ({ default: (await import("./TaxRateDrawer")).NewTaxRate })) },
  };
}

function Menu({ rate }: { rate: TaxRate }) {
  const { t } = useI18n();
  return <ActionMenu thing={rate} actions={taxRateActions} label={t("tax_rate.actions", { id: rate.id })} />;
}

function ClassText({ rate: { product_tax_class: name } }: { rate: TaxRate }) {
  const { t } = useI18n();
  return name === "*" ? <span className="muted">{t("tax_rate.all_classes")}</span> : <>{name}</>;
}

function KindText({ rate: { kind } }: { rate: TaxRate }) {
  return <>{useLabel()(`tax_rate_form.kind_${kind}`, kind)}</>;
}

function WhereText({ rate: { where } }: { rate: TaxRate }) {
  return <>{useLabel()(`tax_rate_form.where_${where}`, where)}</>;
}
