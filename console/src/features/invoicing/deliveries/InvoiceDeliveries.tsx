/** How an invoice went out: each delivery with its state, what was said last, and what can be done about it. */
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Count, Instant } from "../../../ui/Value";
import { deliveryActions } from "./actions";
import { useDeliveriesOf, type Delivery } from "./queries";
import { State } from "./State";
import { Where } from "./Where";

export default function InvoiceDeliveries({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useDeliveriesOf(id);
  return (
    <Card title={t("deliveries.title")} flush>
      {data?.items.length === 0 && <EmptyState icon="sent" title={t("deliveries.none_of")} />}
      {data && data.items.length > 0 && <Table deliveries={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

function Table({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("deliveries.title")} className="stacked">
      <thead>
        <tr>
          <th scope="col">{t("delivery.to")}</th>
          <th scope="col">{t("delivery.status")}</th>
          <th scope="col">{t("delivery.asked_at")}</th>
          <th scope="col">{t("delivery.sent_at")}</th>
          <th scope="col" className="end">{t("delivery.attempts")}</th>
          <th scope="col"><span className="visually-hidden">{t("delivery.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row"><Where delivery={delivery} /></th>
            <td data-label={t("delivery.status")}><State delivery={delivery} /></td>
            <td data-label={t("delivery.asked_at")}><Instant value={delivery.asked_at} /></td>
            <td data-label={t("delivery.sent_at")}><Instant value={delivery.sent_at} /></td>
            <td className="end" data-label={t("delivery.attempts")}><Count value={delivery.attempts} /></td>
            <td className="end"><ActionMenu thing={delivery} actions={deliveryActions} label={t("delivery.actions_of", { number: delivery.number })} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
