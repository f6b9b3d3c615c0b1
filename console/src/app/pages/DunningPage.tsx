/** `/dunning`: customers who stay overdue, and how far each case is. */
import { DunningTabs } from "../../features/payments/dunning/DunningTabs";
import { caseList } from "../../features/payments/dunning/caseList";
import { ListPage } from "../../ui/list/ListPage";

export default function DunningPage() {
  return <div className="stack"><DunningTabs current="cases" /><ListPage spec={caseList} /></div>;
}
