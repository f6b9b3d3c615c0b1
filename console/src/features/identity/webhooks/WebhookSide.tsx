/** Beside an endpoint's page: what may be done, and how it does. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Count, Instant } from "../../../ui/Value";
import type { Endpoint } from "./queries";
import { endpointActions, Patterns } from "./webhookList";

export function WebhookSide({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useI18n();
  const label = useLabel();
  const { disabled_because: why } = endpoint;
  return (
    <aside className="stack" aria-label={t("webhook.summary")}>
      <ActionButtons thing={endpoint} actions={endpointActions} />
      <Card title={t("webhook.facts")}>
        <Facts
          facts={[
            why !== null && [t("webhook.disabled_because"), label(`webhook_why.${why}`, why)],
            endpoint.disabled_at !== null && [t("webhook.disabled_at"), <Instant key="disabled" value={endpoint.disabled_at} />],
            [t("webhook.waiting"), <Count key="waiting" value={endpoint.waiting} />],
            [t("webhook.failed"), <Count key="failed" value={endpoint.failed} />],
            [t("webhook.delivered_at"), <Instant key="delivered" value={endpoint.delivered_at} />],
            endpoint.failing_since !== null && [t("webhook.failing_since"), <Instant key="failing" value={endpoint.failing_since} />],
            endpoint.status === "resting" && [t("webhook.rest_until"), <Instant key="rest" value={endpoint.rest_until} />],
            endpoint.rotated_at !== null && [t("webhook.rotated_at"), <Instant key="rotated" value={endpoint.rotated_at} />],
            endpoint.previous_until !== null && [t("webhook.previous_until"), <Instant key="previous" value={endpoint.previous_until} />],
            [t("webhook.created_at"), <Instant key="created" value={endpoint.created_at} />],
          ]}
        />
      </Card>
      <Card title={t("webhook.events")}><Patterns events={endpoint.events} all /></Card>
    </aside>
  );
}
