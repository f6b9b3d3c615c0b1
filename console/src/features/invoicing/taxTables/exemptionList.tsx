/** Who is free of which tax, by which certificate, as data for the list kit. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, date, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { Nothing } from "../../../ui/Value";
import { jurisdictionPath, type Exemption, type ExemptionPage } from "./queries";

const exemptionActions: Actions<Exemption> = {
  links: [],
  commands: { end: { icon: "void", label: "exemption.end", Dialog: lazy(async () => ({ default: (await import("./ExemptionDrawers")).EndExemption })), when: ({ valid_to }) => valid_to === null } },
};

export function exemptionList(today: string): ListSpec<Exemption, ExemptionPage, Question<"/v1/tax/exemptions">, "exemptions"> {
  return {
    name: "tax-exemptions",
    words: "exemptions",
    icon: "tag",
    read: (query, signal) => answer(api.GET("/v1/tax/exemptions", { params: { query }, signal })),
    tabs: [{ id: "valid", query: { valid_on: today }, counted: true }, { id: "all", query: {} }],
    filters: [
      { kind: "text", name: "certificate", label: "exemption.certificate", max: 200 },
      { kind: "linked", name: "account_id", label: "exemptions.account_is", drop: "exemptions.drop_account", max: 64, many: true },
    ],
    columns: [
      { id: "account", title: "exemption.account_id", render: ({ account_id }) => <CustomerName id={account_id} link /> },
      { id: "jurisdiction", title: "exemption.jurisdiction_id", render: ({ jurisdiction_id: at }) => <Link to={jurisdictionPath(at)} dir="ltr">{at}</Link> },
      { id: "certificate", title: "exemption.certificate", render: ({ certificate }) => <span dir="ltr">{certificate}</span> },
      { id: "tax", title: "exemption.tax", render: ({ tax }) => <Only said={tax} /> },
      { id: "class", title: "exemption.product_tax_class", render: ({ product_tax_class }) => <Only said={product_tax_class} />, extra: true },
      date("valid_from", "exemption.valid_from"),
      date("valid_to", "exemption.valid_to"),
      { id: "reason", title: "exemption.reason", extra: true, render: ({ reason }) => reason ?? <Nothing /> },
      instant("granted_at", "exemption.granted_at", { extra: true }),
      code("id", "exemption.id", { extra: true }),
    ],
    totals: [],
    actions: (exemption) => <Menu exemption={exemption} />,
    create: { label: "exemptions.add", Drawer: lazy(async () => ({ default: (await import("./ExemptionDrawers")).NewExemption })) },
  };
}

function Only({ said }: { said: string | null }) {
  const { t } = useI18n();
  return said === null ? <span className="muted">{t("exemption.every")}</span> : <>{said}</>;
}

function Menu({ exemption }: { exemption: Exemption }) {
  const { t } = useI18n();
  return <ActionMenu thing={exemption} actions={exemptionActions} label={t("exemption.actions", { certificate: exemption.certificate })} />;
}
