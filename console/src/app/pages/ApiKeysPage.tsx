/** `/settings/api-keys`: keys of programs, with their scopes, ends and last uses. */
import { keyList } from "../../features/identity/access/keyList";
import { useMay } from "../../features/identity/session";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function ApiKeysPage() {
  return <div className="stack"><SettingsTabs current="keys" /><ListPage spec={keyList} mayCreate={useMay("manage_access")} /></div>;
}
