/**
 * Whether a new house still has first steps to go; the list of them comes only where it has.
 *
 * It is remembered whether there were any, so that their room is kept while the next visit asks again.
 */
import { useEffect } from "react";
import { usePreference } from "../../lib/preferences";
import { Skeleton } from "../../ui/States";
import type { Overview } from "./queries";
import "./FirstSteps.css";

export type FirstStepsState = "unknown" | "open" | "done";

/** "unknown" only where nobody has looked yet: the page is then drawn when it is known. */
export function useFirstSteps(overview: Overview | undefined): FirstStepsState {
  const [before, setBefore] = usePreference("first_steps_open");
  const open = overview ? overview.checklist.some((step) => !step.done) : before;
  useEffect(() => {
    if (open !== null && open !== before) setBefore(open);
  }, [open, before, setBefore]);
  return open === null ? "unknown" : open ? "open" : "done";
}

export function FirstStepsRoom() {
  return <div className="card first-steps pad"><Skeleton lines={4} height={32} /></div>;
}
