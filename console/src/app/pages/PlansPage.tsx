/** `/plans`: what can be sold, and at which prices. */
import { useMay } from "../../features/identity/session";
import { planList } from "../../features/rating/plans/planList";
import { ListPage } from "../../ui/list/ListPage";

export default function PlansPage() {
  return <ListPage spec={planList} mayCreate={useMay("write")} />;
}
