/** `/settings/users`: who may sign in, with which role. */
import { userList } from "../../features/identity/access/userList";
import { useMay } from "../../features/identity/session";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function UsersPage() {
  return <div className="stack"><SettingsTabs current="users" /><ListPage spec={userList} mayCreate={useMay("manage_access")} /></div>;
}
