/**
 * What is being written and not sent: the browser asks before the tab is closed over it, and a session that ends leaves it
 * where it is (features/identity/SessionEnded.tsx).
 */
import { useEffect } from "react";

const written = new Set<symbol>();

export function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const form = Symbol();
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    written.add(form);
    addEventListener("beforeunload", ask);
    return () => {
      written.delete(form);
      removeEventListener("beforeunload", ask);
    };
  }, [isDirty]);
}

/** Whether any form on the page holds what was not sent yet. */
export function isBeingWritten(): boolean {
  return written.size > 0;
}
