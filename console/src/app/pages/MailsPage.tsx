/** `/settings/mails`: mails to staff and to who gets reports, and what became of each. */
import { mailList } from "../../features/reporting/mails/mailList";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function MailsPage() {
  return <div className="stack"><SettingsTabs current="mails" /><ListPage spec={mailList} /></div>;
}
