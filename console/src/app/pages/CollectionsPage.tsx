/** `/payments/collections`: what is collected through gateways, what is tried again when, and what was declined why. */
import { collectionList } from "../../features/payments/collections/collectionList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function CollectionsPage() {
  return <div className="stack"><MoneyTabs current="collections" /><ListPage spec={collectionList} /></div>;
}
