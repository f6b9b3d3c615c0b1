/** `/payments/write-offs`: what was given up, and what of it came after all. */
import { writeOffList } from "../../features/payments/contested/writeOffList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function WriteOffsPage() {
  return <div className="stack"><MoneyTabs current="write_offs" /><ListPage spec={writeOffList} /></div>;
}
