/** `/invoices/late-fee-policies`: what is asked for when invoices stay unpaid. */
import { useMay } from "../../features/identity/session";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { policyList } from "../../features/invoicing/lateFees/policyList";
import { ListPage } from "../../ui/list/ListPage";

export default function LateFeePoliciesPage() {
  return <div className="stack"><InvoiceTabs current="latefees" /><ListPage spec={policyList} mayCreate={useMay("write")} /></div>;
}
