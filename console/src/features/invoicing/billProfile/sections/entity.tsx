/** Who issues the customer's documents: a legal entity, or the operator. */
import { lazy } from "react";
import { Link } from "react-router";
import { useChosen } from "../../../../lib/form/pickers";
import { useI18n } from "../../../../lib/i18n";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { EditButton } from "../EditButton";
import { section, type SectionProps } from "../section";

const EntityDialog = lazy(async () => ({ default: (await import("../dialogs")).EntityDialog }));

function EntitySection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  const { legal_entity: id } = profile;
  const entity = useChosen("legal_entity", id ?? "");
  return (
    <Card title={t("billing.issuer")}>
      <Facts facts={[[t("billing.legal_entity"), id === null ? <span key="none" className="muted">{t("billing.no_legal_entity")}</span> : <Link key="entity" to="/settings/legal-entities" dir="auto">{entity?.label ?? id}</Link>]]} />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.issuer")} Dialog={EntityDialog} />
    </Card>
  );
}

export default section({ order: 8, Section: EntitySection });
