/** What calls to a prefix cost, a line for each band: "Mon–Fri 08:00–20:00: €0.12 per minute, €0.05 to connect". */
import { plain } from "../../../lib/money";
import { formatDecimal, formatMoney } from "../../../lib/money";
import { useI18n, useLabel } from "../../../lib/i18n";
import type { Rate } from "./queries";

export function RateText({ rate: { bands, connect_fee, increments }, currency }: { rate: Rate; currency: string | null }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const money = (amount: string) => (currency ? formatMoney(locale, { amount: plain(amount), currency }) : formatDecimal(locale, plain(amount)));
  const per = (per_s: string) => (plain(per_s) === "60" ? t("rate.per_minute") : plain(per_s) === "1" ? t("rate.per_second") : t("rate.per_seconds", { seconds: formatDecimal(locale, plain(per_s)) }));
  const steps = (given: NonNullable<typeof increments>) => given.map(({ unit_s }) => plain(unit_s)).join("/");
  return (
    <ul className="rate-bands">
      {bands.map((band, at) => {
        const days = band.days?.map((day) => label(`rate.day_${day}`, day)).join(" ");
        const hours = band.from === "00:00" && band.to === "24:00" ? null : `${band.from}–${band.to}`;
        const when = [days, hours].filter(Boolean).join(" ");
        const fee = band.connect_fee ?? connect_fee;
        const rhythm = band.increments ?? increments;
        return (
          <li key={at}>
            {when && <><span className="muted">{when}</span>{" "}</>}
            <span className="number" dir="ltr">{money(band.unit_price)}</span> {per(band.per_s)}
            {fee && <>, {t("rate.fee", { fee: money(fee) })}</>}
            {rhythm && <span className="muted">, {t("rate.increments", { steps: steps(rhythm) })}</span>}
          </li>
        );
      })}
    </ul>
  );
}
