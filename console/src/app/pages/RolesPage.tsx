/** `/settings/roles`: what each role may, and roles of one's own. */
import { Roles } from "../../features/identity/access/Roles";
import { SettingsTabs } from "../SettingsTabs";

export default function RolesPage() {
  return <div className="stack"><SettingsTabs current="roles" /><Roles /></div>;
}
