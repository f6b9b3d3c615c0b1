/**
 * What a command is on its way for: `useIsProcessing(invoice.id)` is true from the click until the event has been read.
 */
import { useCallback, useSyncExternalStore } from "react";

/** How many commands are on their way, by the id of what they change. */
const counts = new Map<string, number>();
const listeners = new Set<() => void>();

/** When the reader's last command on it ended, by id. */
const ended = new Map<string, number>();
/** An event of a command reaches the stream within a second on a healthy system. */
const own_ms = 10_000;

/** Gives what ends it. */
export function markProcessing(subject: string): () => void {
  add(subject, 1);
  return () => {
    ended.set(subject, Date.now());
    add(subject, -1);
  };
}

/** Whether an event about this is likely to come of the reader's own command, whose outcome is on the page already. */
export function wasOwn(subject: string, now: number = Date.now()): boolean {
  for (const [id, at] of ended) if (now - at > own_ms) ended.delete(id);
  return counts.has(subject) || ended.has(subject);
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
