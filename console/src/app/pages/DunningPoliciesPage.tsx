/** `/dunning/policies`: what happens on which day after the due date. */
import { useMay } from "../../features/identity/session";
import { DunningTabs } from "../../features/payments/dunning/DunningTabs";
import { policyList } from "../../features/payments/dunning/policyList";
import { ListPage } from "../../ui/list/ListPage";

export default function DunningPoliciesPage() {
  return <div className="stack"><DunningTabs current="policies" /><ListPage spec={policyList} mayCreate={useMay("write")} /></div>;
}
