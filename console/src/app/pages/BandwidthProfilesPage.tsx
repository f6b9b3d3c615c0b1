/** `/plans/bandwidth-profiles`: the speeds that plans give. */
import { useMay } from "../../features/identity/session";
import { profileList } from "../../features/rating/profiles/profileList";
import { TariffTabs } from "../../features/rating/TariffTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function BandwidthProfilesPage() {
  return <div className="stack"><TariffTabs current="profiles" /><ListPage spec={profileList} mayCreate={useMay("write")} /></div>;
}
