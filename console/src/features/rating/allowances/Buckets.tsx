/** Buckets in the order in which they pay, each with where it comes from, what is used of it, and until when it is valid. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { PlainTable } from "../../../ui/PlainTable";
import { Progress } from "../../../ui/Progress";
import { BillingDate, Quantity } from "../../../ui/Value";
import { servicePath } from "../subscriptions/queries";
import { shareOf, type Allowed, type Bucket } from "./queries";

export function Buckets({ allowed: { allowances }, of }: { allowed: Allowed; of: string }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("allowances.title")}>
      <thead>
        <tr>
          <th scope="col" className="end wide-only">{t("bucket.order")}</th>
          <th scope="col">{t("bucket.bucket")}</th>
          <th scope="col" className="wide-only">{t("bucket.source")}</th>
          <th scope="col" className="end">{t("bucket.used")}</th>
          <th scope="col" className="end">{t("bucket.left")}</th>
          <th scope="col" className="wide-only">{t("bucket.expires_on")}</th>
        </tr>
      </thead>
      <tbody>
        {allowances.map((bucket, index) => (
          <tr key={`${bucket.subscription_id} ${bucket.id}`}>
            <td className="end muted number wide-only">{index + 1}</td>
            <th scope="row">
              <span dir="ltr">{bucket.allowance ?? bucket.meter}</span>
              {bucket.allowance !== null && <span className="small muted below" dir="ltr">{bucket.meter}</span>}
              <span className="small muted narrow-only"><Source bucket={bucket} of={of} />{bucket.expires_on !== null && <>, {t("bucket.until")} <BillingDate value={bucket.expires_on} /></>}</span>
              <Progress label={t("bucket.used")} share={shareOf(bucket.used, bucket.available)} full={bucket.left === "0"} />
            </th>
            <td className="wide-only"><Source bucket={bucket} of={of} /></td>
            <td className="end">
              <Quantity value={bucket.used} meter={bucket.meter} /> <span className="muted small below nowrap">{t("bucket.of")} <Quantity value={bucket.available} meter={bucket.meter} /></span>
              {bucket.used_here !== bucket.used && <span className="muted small below nowrap">{t("bucket.here")} <Quantity value={bucket.used_here} meter={bucket.meter} /></span>}
            </td>
            <td className="end"><Quantity value={bucket.left} meter={bucket.meter} /></td>
            <td className="wide-only"><BillingDate value={bucket.expires_on} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Source({ bucket: { source, pool, subscription_id }, of }: { bucket: Bucket; of: string }) {
  const { t } = useI18n();
  return (
    <>
      <span className="nowrap">{t(`bucket.source_${source}`)}</span>
      {pool !== null && <span className="small muted below">{t("bucket.pool")} <span dir="ltr">{pool}</span></span>}
      {subscription_id !== of && <Link className="small below" to={servicePath(subscription_id)} dir="ltr">{subscription_id}</Link>}
    </>
  );
}
