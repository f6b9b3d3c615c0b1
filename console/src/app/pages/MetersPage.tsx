/** `/usage/meters`: what quantities count; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { meterList } from "../../features/usage/meters/meterList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function MetersPage() {
  return <div className="stack"><UsageTabs current="meters" /><ListPage spec={meterList} mayCreate={useMay("write")} /></div>;
}
