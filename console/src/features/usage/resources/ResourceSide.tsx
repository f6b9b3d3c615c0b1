/** Beside a resource's page: what may be done, whose it is now, and where its usage is. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Value";
import { offered, resourceActions } from "./actions";
import { Holder } from "./HeldBy";
import type { Resource } from "./queries";
import "../records/RecordWay.css";

export function ResourceSide({ resource }: { resource: Resource }) {
  const { t } = useI18n();
  const asked = new URLSearchParams({ resource: resource.id }).toString();
  return (
    <aside className="stack" aria-label={t("resource.summary")}>
      <ActionButtons thing={offered(resource)} actions={resourceActions} />
      <Card title={t("resource.facts")}>
        <Facts
          facts={[
            [t("resource.holder"), <Holder key="holder" assignments={resource.assignments} />],
            [t("resource.registered_at"), <Instant key="registered" value={resource.registered_at} />],
          ]}
        />
      </Card>
      <Card title={t("resource.look")}>
        <ul className="way-list">
          <li><Link to={`/usage?${asked}`}>{t("resource.usage")}</Link></li>
          <li><Link to={`/usage/quarantine?${asked}`}>{t("resource.parked")}</Link></li>
        </ul>
      </Card>
    </aside>
  );
}
