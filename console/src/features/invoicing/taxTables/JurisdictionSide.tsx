/** Beside the tree: one jurisdiction, how addresses are found in it, and what it takes on a day. */
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useToday } from "../../../lib/clock";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Nothing } from "../../../ui/Value";
import "../../../ui/form/form.css";
import { jurisdictionActions } from "./jurisdictionActions";
import { PercentText } from "./PercentText";
import { ratesPath, useRatesAt, type Jurisdiction, type TaxRate } from "./queries";

const NewTaxRate = lazy(async () => ({ default: (await import("./TaxRateDrawer")).NewTaxRate }));
const NewJurisdiction = lazy(async () => ({ default: (await import("./JurisdictionDrawer")).NewJurisdiction }));

export function JurisdictionSide({ jurisdiction, mayWrite }: { jurisdiction: Jurisdiction; mayWrite: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  const { id, level, name, codes, postal_codes, round_by } = jurisdiction;
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Card title={name}>
        <div className="stack">
          <Facts
            facts={[
              [t("jurisdiction.id"), <span key="id" className="nowrap" dir="ltr"><code>{id}</code><CopyButton text={id} /></span>],
              [t("jurisdiction.level"), label(`jurisdiction.level_${level}`, level)],
              [t("jurisdiction.codes"), codes.length === 0 ? <Nothing key="codes" /> : <span key="codes" className="break">{codes.join(", ")}</span>],
              postal_codes.length > 0 && [t("jurisdiction.postal_codes"), <span key="postal" className="break">{postal_codes.join(", ")}</span>],
              [t("jurisdiction.round_by"), round_by === null ? <span key="round" className="muted">{t("jurisdiction.round_inherited")}</span> : label(`taxes.round_${round_by}`, round_by)],
            ]}
          />
          <ActionButtons thing={jurisdiction} actions={jurisdictionActions} />
          {mayWrite && level !== "district" && <button type="button" className="button" onClick={() => setAdding(true)}><Icon name="plus" /> {t("jurisdictions.add_inside")}</button>}
          {isAdding && <Suspense fallback={null}><NewJurisdiction inside={id} onClose={() => setAdding(false)} /></Suspense>}
        </div>
      </Card>
      <RatesHere id={id} mayWrite={mayWrite} />
    </>
  );
}

function RatesHere({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const today = useToday();
  const [day, setDay] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const { data, error, refetch } = useRatesAt(id, day ?? today);
  return (
    <Card title={t("tax_rates.here")} aside={<Link to={ratesPath(id)}>{t("tax_rates.all_of_it")}</Link>} flush>
      <div className="pad stack">
        <label className="form-field"><span>{t("tax_rates.in_force_on")}</span><input className="field" type="date" value={day ?? today} onChange={(event) => setDay(event.target.value)} /></label>
      </div>
      {data?.items.length === 0 && <EmptyState icon="circle" title={t("tax_rates.none_here")} />}
      {data && data.items.length > 0 && <Rates rates={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      {mayWrite && <div className="pad"><button type="button" className="button" onClick={() => setAdding(true)}><Icon name="plus" /> {t("tax_rates.add")}</button></div>}
      {isAdding && <Suspense fallback={null}><NewTaxRate at={id} onClose={() => setAdding(false)} /></Suspense>}
    </Card>
  );
}

function Rates({ rates }: { rates: readonly TaxRate[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("tax_rates.here")}>
      <thead><tr><th scope="col">{t("tax_rate.tax")}</th><th scope="col">{t("tax_rate.effective_from")}</th><th scope="col" className="end">{t("tax_rate.rate")}</th></tr></thead>
      <tbody>
        {rates.map(({ id, tax, product_tax_class, effective_from, effective_to, rate }) => (
          <tr key={id}>
            <th scope="row">{tax}<span className="small muted below">{product_tax_class === "*" ? t("tax_rate.all_classes") : product_tax_class}</span></th>
            <td><BillingDate value={effective_from} />{effective_to !== null && <span className="small muted below">{t("tax_rate.until")} <BillingDate value={effective_to} /></span>}</td>
            <td className="end"><PercentText value={rate} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
