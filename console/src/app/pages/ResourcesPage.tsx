/** `/usage/resources`: the equipment's names for lines; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { resourceList } from "../../features/usage/resources/resourceList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function ResourcesPage() {
  return <div className="stack"><UsageTabs current="resources" /><ListPage spec={resourceList} mayCreate={useMay("write")} /></div>;
}
