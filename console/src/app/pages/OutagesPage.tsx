/** `/outages`: time without service, and what it gave back; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { outageList } from "../../features/rating/outages/outageList";
import { ListPage } from "../../ui/list/ListPage";

export default function OutagesPage() {
  return <ListPage spec={outageList} mayCreate={useMay("write")} />;
}
