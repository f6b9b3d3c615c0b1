/** `/usage/dead-letters`: what could not be taken and waits for somebody. */
import { deadLetterList } from "../../features/usage/audit/deadLetterList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function DeadLettersPage() {
  return <div className="stack"><UsageTabs current="dead_letters" /><ListPage spec={deadLetterList} /></div>;
}
