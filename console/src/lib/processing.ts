/**
 * What a command is on its way for: `useIsProcessing(invoice.id)` is true from the click until the event has been read.
 */
import { useCallback, useSyncExternalStore } from "react";

/** How many commands are on their way, by the id of what they change. */
const counts = new Map<string, number>();
const listeners = new Set<() => void>();

/** Gives what ends it. */
export function markProcessing(subject: string): () => void {
  add(subject, 1);
  return () => add(subject, -1);
}

export function useIsProcessing(subject: string): boolean {
  return useSyncExternalStore(subscribe, useCallback(() => counts.has(subject), [subject]));
}

function add(subject: string, step: number): void {
  const count = (counts.get(subject) ?? 0) + step;
  if (count > 0) counts.set(subject, count);
  else counts.delete(subject);
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
