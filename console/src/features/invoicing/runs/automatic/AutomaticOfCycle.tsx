/** In a cycle's panel: whether it is run by itself, when next, and where that is set. */
import { Link } from "react-router";
import { useI18n } from "../../../../lib/i18n";
import { Facts } from "../../../../ui/Facts";
import { BillingDate, Instant } from "../../../../ui/Value";
import { useAutomaticRuns } from "./queries";

export default function AutomaticOfCycle({ id }: { id: string }) {
  const { t } = useI18n();
  const { data } = useAutomaticRuns(id);
  if (data === undefined) return null;
  return (
    <section className="stack panel-part" aria-labelledby="cycle-automatic">
      <h3 id="cycle-automatic">{t("automatic.title")}</h3>
      <Facts
        facts={[
          [t("automatic.state"), t(data ? "automatic.on" : "automatic.off")],
          data && [t("automatic.due_at"), <Instant key="due" value={data.due_at} />],
          data && [t("automatic.period_end"), <BillingDate key="end" value={data.period_end} />],
        ]}
      />
      <p className="small"><Link to="/billing-runs/automatic">{t(data ? "automatic.change" : "automatic.turn_on")}</Link></p>
    </section>
  );
}
