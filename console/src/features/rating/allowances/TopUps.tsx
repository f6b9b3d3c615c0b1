/** What was bought beside the plan: what is left of it, and taking it back. */
import { lazy } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { Processing } from "../../../ui/command/Processing";
import { PlainTable } from "../../../ui/PlainTable";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Money, Quantity } from "../../../ui/Value";
import { useTopUps, type TopUp } from "./queries";

const actions: Actions<TopUp> = {
  links: [],
  commands: { cancel: { icon: "void", label: "topped.cancel", Dialog: lazy(async () => ({ default: (await import("./CancelTopUp")).CancelTopUp })) } },
};

export function TopUps({ of }: { of: string }) {
  const { t } = useI18n();
  const { data } = useTopUps(of);
  if (!data || data.items.length === 0) return null;
  return (
    <Card title={t("topped.title")} flush>
      <PlainTable label={t("topped.title")}>
        <thead>
          <tr>
            <th scope="col">{t("topped.quantity")}</th>
            <th scope="col">{t("topped.status")}</th>
            <th scope="col" className="wide-only">{t("topped.expires_on")}</th>
            <th scope="col" className="end">{t("topped.price")}</th>
            <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <th scope="row"><Quantity value={one.quantity} meter={one.meter} /> <Processing subject={one.id} /><span className="small muted below" dir="ltr">{one.id}</span></th>
              <td><StatusTag kind="topped" status={one.status} />{one.reason !== null && <span className="small muted below" dir="auto">{one.reason}</span>}</td>
              <td className="wide-only">{one.expires_on ? <BillingDate value={one.expires_on} /> : t("top_up.used_up")}</td>
              <td className="end">{one.price ? <Money value={one.price} /> : t("top_up.free")}{one.credited && <span className="small muted below">−<Money value={one.credited} /></span>}</td>
              <td className="end"><ActionMenu thing={one} actions={actions} label={t("topped.actions", { name: one.id })} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
