/** `/usage/retractions`: usage that was taken back; with `?create=1` the form that takes back what one request brought. */
import { useMay } from "../../features/identity/session";
import { retractionList } from "../../features/usage/retractions/retractionList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function RetractionsPage() {
  return <div className="stack"><UsageTabs current="retractions" /><ListPage spec={retractionList} mayCreate={useMay("write")} /></div>;
}
