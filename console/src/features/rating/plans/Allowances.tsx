/** What a version includes in each period: how much of which meter, what becomes of the rest, what follows when it is used up. */
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Quantity } from "../../../ui/Value";
import type { Version } from "./queries";

export function Allowances({ allowances }: { allowances: Version["allowances"] }) {
  const { t } = useI18n();
  return (
    <Card title={t("allowance.title")} flush>
      {allowances.map(({ id, meter, quantity, rollover, shared, then }) => (
        <section key={id} className="price stack" aria-label={id}>
          <h3>{id}</h3>
          <Facts
            facts={[
              [t("allowance.meter"), <span key="meter" dir="ltr">{meter}</span>],
              [t("allowance.quantity"), <Quantity key="quantity" value={quantity} meter={meter} />],
              rollover !== null && [t("allowance.rolls_over"), t("allowance.periods", { count: rollover.periods })],
              shared !== false && [t("allowance.shared"), shared === true ? t("plan.yes") : shared],
              then.length > 0 && [t("allowance.then"), <ul key="then">{then.map(({ at, profile }) => <li key={at}>{t("allowance.step", { at, profile })}</li>)}</ul>],
            ]}
          />
        </section>
      ))}
    </Card>
  );
}
