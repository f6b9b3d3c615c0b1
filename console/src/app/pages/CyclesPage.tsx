/** `/cycles`: the billing cycles, with `?cycle=monthly` one of them beside the list. */
import { lazy, Suspense } from "react";
import { useMay } from "../../features/identity/session";
import { cycleList, cycleOf } from "../../features/rating/cycles/cycleList";
import { withWords } from "../../lib/i18n/words";
import { useListState } from "../../lib/listState";
import { ListPage } from "../../ui/list/ListPage";

const CyclePanel = lazy(() => import("../../features/rating/cycles/CyclePanel"));
const AutomaticOfCycle = lazy(withWords(["automatic"], () => import("../../features/invoicing/runs/automatic/AutomaticOfCycle")));

export default function CyclesPage() {
  const list = useListState();
  const cycle = cycleOf(list);
  return (
    <>
      <ListPage spec={cycleList} mayCreate={useMay("write")} />
      {cycle && <Suspense fallback={null}><CyclePanel id={cycle} onClose={() => list.set({ cycle: null, page: String(list.page) })}><Suspense fallback={null}><AutomaticOfCycle id={cycle} /></Suspense></CyclePanel></Suspense>}
    </>
  );
}
