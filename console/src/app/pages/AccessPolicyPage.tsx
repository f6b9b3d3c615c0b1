/** `/settings/access-policy`: sessions, second factors, and how people come in. */
import { AccessPolicy } from "../../features/identity/access/Policy";
import { SettingsTabs } from "../SettingsTabs";

export default function AccessPolicyPage() {
  return <div className="stack"><SettingsTabs current="access_policy" /><AccessPolicy /></div>;
}
