/** `/usage/resources`: the equipment's names for lines, and who had one at a moment; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { resourceList } from "../../features/usage/resources/resourceList";
import { WhoHad } from "../../features/usage/resources/WhoHad";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function ResourcesPage() {
  return (
    <div className="stack">
      <UsageTabs current="resources" />
      <ListPage spec={resourceList} mayCreate={useMay("write")} />
      <WhoHad />
    </div>
  );
}
