/** `/usage/sessions`: sessions that sources reported. */
import { sessionList } from "../../features/usage/sessions/sessionList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function SessionsPage() {
  return <div className="stack"><UsageTabs current="sessions" /><ListPage spec={sessionList} /></div>;
}
