/** `/dunning/handovers`: what collection agencies have to collect, and the files that tell them. */
import { AgencyFile } from "../../features/payments/dunning/AgencyFile";
import { DunningTabs } from "../../features/payments/dunning/DunningTabs";
import { handoverList } from "../../features/payments/dunning/handoverList";
import { ListPage } from "../../ui/list/ListPage";

export default function HandoversPage() {
  return <div className="stack"><DunningTabs current="handovers" /><ListPage spec={handoverList} /><AgencyFile /></div>;
}
