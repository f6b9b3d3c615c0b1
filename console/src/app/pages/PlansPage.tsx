/** `/plans`: what can be sold, and at which prices. */
import { useMay } from "../../features/identity/session";
import { planList } from "../../features/rating/plans/planList";
import { TariffTabs } from "../../features/rating/TariffTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function PlansPage() {
  return <div className="stack"><TariffTabs current="plans" /><ListPage spec={planList} mayCreate={useMay("write")} /></div>;
}
