/** What the open period comes to as of now, line by line: the same reckoning as the bill's, still in motion. */
import { Link } from "react-router";
import { isZero } from "../../../lib/decimal";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Instant, Money, PeriodText, Quantity } from "../../../ui/Value";
import { servicePath } from "../subscriptions/queries";
import { useUnbilled } from "./queries";

export function Unbilled({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useUnbilled(id);
  return (
    <Card title={t("unbilled.title")} aside={data && <strong><Money value={data.amount} /></strong>} flush>
      {data && data.lines.length === 0 && <EmptyState icon="clock" title={t("unbilled.none")} />}
      {data && data.lines.length > 0 && (
        <PlainTable label={t("unbilled.title")}>
          <thead>
            <tr>
              <th scope="col">{t("unbilled.what")}</th>
              <th scope="col" className="wide-only">{t("unbilled.period")}</th>
              <th scope="col" className="end wide-only">{t("unbilled.quantity")}</th>
              <th scope="col" className="end">{t("unbilled.amount")}</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <tr key={`${line.subscription_id} ${line.price_index} ${line.kind} ${line.period.start}`}>
                <th scope="row"><bdi>{line.description}</bdi>{line.subscription_id !== "" && <Link className="small below" to={servicePath(line.subscription_id)} dir="ltr">{line.subscription_id}</Link>}</th>
                <td className="wide-only"><PeriodText value={line.period} /></td>
                <td className="end wide-only"><Quantity value={line.quantity} meter={line.meter} /></td>
                <td className="end"><Money value={line.amount} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {data && <p className="pad small muted">{t("unbilled.live")} <Instant value={data.as_of} seconds />{!isZero(data.gross.amount) && <>; {t("unbilled.gross")} <Money value={data.gross} /></>}</p>}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={4} height={36} /></div>}
    </Card>
  );
}
