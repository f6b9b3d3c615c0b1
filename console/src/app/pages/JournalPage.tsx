/** `/journal`: every movement as entries of bookkeeping. */
import { journalList } from "../../features/reporting/journal/journalList";
import { JournalTabs } from "../../features/reporting/journal/JournalTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function JournalPage() {
  return <div className="stack"><JournalTabs current="entries" /><ListPage spec={journalList} /></div>;
}
