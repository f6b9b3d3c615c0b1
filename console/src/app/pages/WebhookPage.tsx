/** `/settings/webhooks/:id`: what was sent to an endpoint, what it answered, and what can be done about it. */
import { useParams } from "react-router";
import { Deliveries } from "../../features/identity/webhooks/Deliveries";
import { useEndpoint } from "../../features/identity/webhooks/queries";
import { WebhookSide } from "../../features/identity/webhooks/WebhookSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function WebhookPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      trail={null}
      words="webhook" id={id} query={useEndpoint(id)} list={{ to: "/settings/webhooks", title: t("webhooks.title") }}
      name={({ description }) => description || null}
      head={(endpoint) => <><h1 className="break" dir="auto">{endpoint.description || endpoint.url}</h1>{endpoint.description && <span className="muted break" dir="ltr">{endpoint.url}</span>}<StatusTag kind="webhook" status={endpoint.status} /><Processing subject={endpoint.id} /></>}
      tabs={[{ id: "deliveries", render: (endpoint) => <Deliveries endpoint={endpoint} /> }]}
      side={(endpoint) => <WebhookSide endpoint={endpoint} />}
    />
  );
}
