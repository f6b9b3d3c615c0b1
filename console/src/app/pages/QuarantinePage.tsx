/** `/usage/quarantine`: what waits for its cause to be mended. */
import { useMay } from "../../features/identity/session";
import { mendableQuarantine, quarantineList } from "../../features/usage/quarantine/quarantineList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function QuarantinePage() {
  return <div className="stack"><UsageTabs current="quarantine" /><ListPage spec={useMay("write") ? mendableQuarantine : quarantineList} /></div>;
}
