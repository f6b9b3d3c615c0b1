/** What the operator demands of every invoice: who approves which, which tax authority clears it, and how it is numbered. */
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Instant, Money } from "../../../ui/Value";
import { kinds, usePolicy, type InvoicePolicy } from "./queries";

const PolicyDialog = lazy(async () => ({ default: (await import("./PolicyDialog")).PolicyDialog }));

export function PolicyView({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = usePolicy();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageTitle of={t("policy.title")} />
      <div className="row">
        <h1 className="grow">{t("policy.title")}</h1>
        {data && <button type="button" className="button primary no-print" disabled={!mayChange} title={mayChange ? undefined : t("state.forbidden")} onClick={() => setOpen(true)}><Icon name="draft" /> {t("policy.change")}</button>}
      </div>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={40} />)}
      {data && <Approval policy={data} />}
      {data && <Clearance policy={data} />}
      {data && <Numbering policy={data} />}
      {data && isOpen && <Suspense fallback={null}><PolicyDialog thing={data} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}

function Approval({ policy: { approval: { every, above, four_eyes }, version, set_at, set_by } }: { policy: InvoicePolicy }) {
  const { t } = useI18n();
  const amounts = above.map(({ amount, currency }) => <span key={currency} className="below"><Money value={{ amount, currency }} /></span>);
  return (
    <Card title={t("policy.approval")}>
      <Facts
        facts={[
          [t("policy.approved"), every ? t("policy.every") : above.length > 0 ? <span key="above">{t("policy.above")}{amounts}</span> : t("policy.none")],
          [t("policy.four_eyes"), t(four_eyes ? "policy.yes" : "policy.no")],
          version > 0 && [t("policy.set_at"), <span key="set"><Instant value={set_at} />{set_by && <span className="small muted below" dir="ltr">{set_by}</span>}</span>],
        ]}
      />
    </Card>
  );
}

function Numbering({ policy: { numbering: { series, per_customer } } }: { policy: InvoicePolicy }) {
  const { t } = useI18n();
  return (
    <Card title={t("policy.numbering")} aside={<Link to="/settings/numbering">{t("policy.series")}</Link>}>
      {per_customer && <p>{t("policy.per_customer")}</p>}
      {!per_customer && <Facts facts={kinds.map((kind) => [t(`series_form.kind_${kind}`), <span key={kind} className="number" dir="ltr">{series[kind]}</span>])} />}
    </Card>
  );
}

function Clearance({ policy: { clearance } }: { policy: InvoicePolicy }) {
  const { t } = useI18n();
  return (
    <Card title={t("policy.clearance")} flush>
      {clearance.length === 0 && <EmptyState icon="tag" title={t("policy.no_clearance")} />}
      {clearance.length > 0 && (
        <PlainTable label={t("policy.clearance")}>
          <thead>
            <tr>
              <th scope="col">{t("policy.seller_country")}</th>
              <th scope="col">{t("policy.buyer_country")}</th>
              <th scope="col">{t("policy.authority")}</th>
            </tr>
          </thead>
          <tbody>
            {clearance.map(({ seller_country, buyer_country, authority }) => (
              <tr key={`${seller_country} ${buyer_country ?? ""}`}>
                <th scope="row">{seller_country}</th>
                <td>{buyer_country ?? <span className="muted">{t("policy.every_country")}</span>}</td>
                <td>{authority}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}
