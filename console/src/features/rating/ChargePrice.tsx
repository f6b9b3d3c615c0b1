/** The price that a charge was made at, as the plan version says it, and the event of the log that fixed the charge. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n, useLabel } from "../../lib/i18n";
import { formatQuantity } from "../../lib/money";
import { CopyButton } from "../../ui/CopyButton";
import { ErrorState, Skeleton } from "../../ui/States";
import { UnitPrice } from "../../ui/UnitPrice";
import { BillingDate, Instant, Money } from "../../ui/Value";
import { readPrice, type Band, type Price } from "./price";
import "./ChargePrice.css";

type Charge = Answer<"/v1/charges/{charge_id}">;

function useCharge(charge_id: string) {
  return useQuery({
    queryKey: ["charges", charge_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/charges/{charge_id}", { params: { path: { charge_id } }, signal })),
    staleTime: Infinity,
  });
}

export function ChargePrice({ chargeId }: { chargeId: string }) {
  const { t } = useI18n();
  const { data: charge, error, refetch } = useCharge(chargeId);
  return (
    <section className="explain-part" aria-labelledby="explain-price">
      <h3 id="explain-price">{t("explain.price_in_force")}</h3>
      {charge ? <ChargeFacts charge={charge} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={28} />}
    </section>
  );
}

function ChargeFacts({ charge }: { charge: Charge }) {
  const { t } = useI18n();
  const label = useLabel();
  const price = charge.price && readPrice(charge.price);
  return (
    <dl className="pairs">
      {price && <div><dt>{t("explain.model")}</dt><dd>{label(`explain.model_${price.model}`, price.model)}{price.bill && <span className="muted">, {label(`explain.bill_${price.bill}`, price.bill)}</span>}</dd></div>}
      {price?.bands.map((band) => (
        <div key={band.from ?? ""}>
          <dt><BandName band={band} price={price} charge={charge} /></dt>
          <dd>
            <UnitPrice price={band.price} currency={charge.amount.currency} size={band.size} meter={charge.meter} />
            {band.fee && <> + <Money value={{ amount: band.fee, currency: charge.amount.currency }} /></>}
          </dd>
        </div>
      ))}
      <div><dt>{t("explain.effective_from")}</dt><dd><BillingDate value={charge.plan_effective_from} /></dd></div>
      <div><dt>{t("explain.fixed_at")}</dt><dd><Instant value={charge.fixed_at} /></dd></div>
      <div><dt>{t("explain.event")}</dt><dd className="nowrap" dir="ltr"><code>{charge.event}</code><CopyButton text={charge.event} /></dd></div>
    </dl>
  );
}

/** "Up to 200 GB", "200 GB to 500 GB", "Over 500 GB", "Monthly fee"; a price of usage without bounds is for all of it. */
function BandName({ band: { from, to }, price, charge: { meter, interval } }: { band: Band; price: Price; charge: Charge }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const show = (quantity: string) => formatQuantity(locale, quantity, meter);
  if (price.isFee) return <>{typeof interval === "object" && interval ? t("explain.fee_days", { count: interval.days }) : label(`explain.fee_${interval ?? "fixed"}`, t("explain.fee"))}</>;
  if (from && to) return <>{t("explain.band_between", { from: show(from), to: show(to) })}</>;
  if (from) return <>{t("explain.band_over", { from: show(from) })}</>;
  if (to) return <>{t("explain.band_up_to", { to: show(to) })}</>;
  return <>{t("explain.all_usage")}</>;
}
