/** `/settings/webhooks`: who is told what happens. */
import { useMay } from "../../features/identity/session";
import { webhookList } from "../../features/identity/webhooks/webhookList";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function WebhooksPage() {
  return <div className="stack"><SettingsTabs current="webhooks" /><ListPage spec={webhookList} mayCreate={useMay("manage_access")} /></div>;
}
