/** `/reratings`: corrected prices for closed periods. */
import { useMay } from "../../features/identity/session";
import { reratingList } from "../../features/rating/reratings/reratingList";
import { ListPage } from "../../ui/list/ListPage";

export default function ReratingsPage() {
  return <ListPage spec={reratingList} mayCreate={useMay("write")} />;
}
