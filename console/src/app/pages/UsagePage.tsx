/** `/usage`: what was measured and what became of it, as a picture by day and record by record. */
import { VolumeChart } from "../../features/usage/records/VolumeChart";
import { recordList } from "../../features/usage/records/recordList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function UsagePage() {
  return <div className="stack"><UsageTabs current="records" /><ListPage spec={recordList} picture={<VolumeChart />} /></div>;
}
