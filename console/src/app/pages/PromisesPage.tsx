/** `/dunning/promises`: what customers have promised to pay, and what became of it. */
import { DunningTabs } from "../../features/payments/dunning/DunningTabs";
import { promiseList } from "../../features/payments/dunning/promiseList";
import { ListPage } from "../../ui/list/ListPage";

export default function PromisesPage() {
  return <div className="stack"><DunningTabs current="promises" /><ListPage spec={promiseList} /></div>;
}
