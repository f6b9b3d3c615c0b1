/** Of each meter: what was used, how much of it the allowances pay, and how much is priced. */
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { Quantity } from "../../../ui/Value";
import type { MeterUse } from "./queries";

export function MeterUses({ uses, title }: { uses: readonly MeterUse[]; title: string }) {
  const { t } = useI18n();
  if (uses.length === 0) return null;
  return <Card title={title} flush><MeterTable uses={uses} title={title} head={t("use.meter")} /></Card>;
}

export function MeterTable({ uses, title, head }: { uses: readonly MeterUse[]; title: string; head: string }) {
  const { t } = useI18n();
  return (
    <PlainTable label={title}>
      <thead><tr><th scope="col">{head}</th><th scope="col" className="end">{t("use.used")}</th><th scope="col" className="end">{t("use.included")}</th><th scope="col" className="end">{t("use.over")}</th></tr></thead>
      <tbody>
        {uses.map(({ meter, used, included, over }) => (
          <tr key={meter}>
            <th scope="row" dir="ltr">{meter}</th>
            <td className="end"><Quantity value={used} meter={meter} /></td>
            <td className="end"><Quantity value={included} meter={meter} /></td>
            <td className="end">{over === "0" ? <Quantity value={over} meter={meter} /> : <strong><Quantity value={over} meter={meter} /></strong>}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
