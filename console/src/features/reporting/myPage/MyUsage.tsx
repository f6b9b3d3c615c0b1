/** What was used today, what is left of allowances, and what the running period comes to so far. */
import { useI18n } from "../../../lib/i18n";
import type { Answer } from "../../../lib/api";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { BillingDate, Money, PeriodText, Quantity } from "../../../ui/Value";
import { DayChart, isTimeOrData } from "./DayChart";
import { shareLeft } from "./days";

export type Usage = Answer<"/v1/customer-page/usage">;

export function Today({ usage }: { usage: Usage }) {
  const { t } = useI18n();
  return (
    <Card title={t("mypage.today")} aside={<span className="small muted"><BillingDate value={usage.today} /></span>}>
      {usage.meters.length === 0 && <p className="muted">{t("mypage.no_usage")}</p>}
      <ul className="my-meters">
        {usage.meters.map(({ meter, name, unit, used_today }) => (
          <li key={meter}>
            <span dir="auto">{name}</span>
            {used_today === null ? <span className="small muted">{t("mypage.at_end")}</span> : <span className="my-figure"><Amount value={used_today} meter={meter} unit={unit} /></span>}
          </li>
        ))}
      </ul>
      {usage.accounts > 1 && <p className="small muted">{t("mypage.accounts", { count: usage.accounts })}</p>}
      {usage.accounts_left_out > 0 && <p className="small muted">{t("mypage.left_out", { count: usage.accounts_left_out })}</p>}
      {usage.paid_by_another && <p className="small muted">{t("mypage.paid_by_another")}</p>}
    </Card>
  );
}

export function Left({ usage }: { usage: Usage }) {
  const { t } = useI18n();
  if (usage.allowances.length === 0) return null;
  return (
    <Card title={t("mypage.left")}>
      <ul className="my-left">
        {usage.allowances.map((one, n) => (
          <li key={n}>
            <span className="my-left-name"><span dir="auto">{one.name}</span> <span className="small muted" dir="auto">{[one.plan, t(`mypage.source_${one.source}`)].filter(Boolean).join(" · ")}</span></span>
            <span><Amount value={one.left} meter={one.meter} unit={one.unit} /> <span className="small muted">{t("mypage.of")} <Amount value={one.available} meter={one.meter} unit={one.unit} /></span></span>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="my-bar" aria-hidden="true"><rect className="whole" width={100} height={6} /><rect width={100 * shareLeft(one.left, one.available)} height={6} /></svg>
            {one.expires_on && <span className="small muted">{t("mypage.expires")} <BillingDate value={one.expires_on} /></span>}
          </li>
        ))}
      </ul>
      {usage.allowances_left_out > 0 && <p className="small muted">{t("mypage.more_left", { count: usage.allowances_left_out })}</p>}
    </Card>
  );
}

export function Period({ usage }: { usage: Usage }) {
  const { t } = useI18n();
  const { unbilled, period } = usage;
  const [isNet, isGross] = [unbilled.gross.amount === "0" || /^0\.0+$/.test(unbilled.gross.amount), /^0(\.0+)?$/.test(unbilled.net.amount)];
  const tax = isNet && isGross ? null : isNet ? t("mypage.before_tax") : isGross ? t("mypage.with_tax") : t("mypage.partly_taxed");
  return (
    <Card title={t("mypage.period")} aside={<span className="small muted"><PeriodText value={period} /></span>}>
      <p><span className="my-figure"><Money value={unbilled.amount} /></span> {tax && <span className="small muted">{tax}</span>}</p>
      <p className="small muted">{t("mypage.provisional")}</p>
      <Facts facts={usage.spend_limits.map(({ threshold, action, reached }) => [t(`mypage.limit_${action}`), <span key="l" className={reached ? "danger-text" : undefined}><Money value={threshold} /> {reached && t("mypage.reached")}</span>] as const)} />
      {usage.meters.filter(({ days }) => days.length > 0).map((one) => (
        <section key={one.meter} className="my-chart">
          <h3 dir="auto">{one.name}</h3>
          <DayChart name={one.name} meter={one.meter} unit={one.unit} days={one.days} from={period.start} to={usage.today} today={usage.today} />
        </section>
      ))}
    </Card>
  );
}

export function Amount({ value, meter, unit }: { value: string; meter: string | null; unit: string | null }) {
  return <><Quantity value={value} meter={meter} />{unit && !isTimeOrData(meter) && <span className="small"> {unit}</span>}</>;
}
