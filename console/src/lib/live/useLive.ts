/**
 * What happens in the house is on the page at once: each frame of the stream makes what it touches be read again.
 *
 *     useLive(rootsOf, true);                           // once, in the shell
 *     const isOpen = useIsLive();                       // "Live" is said only where the stream is open
 *     const count = useNews("invoices", updatedAt);     // what a list has not read yet
 *
 * Frames are gathered for half a second, and the same kind of thing is read at most every five, however much happens.
 * A list does not move under the pointer: it says how many things have changed, and is read when asked or at its pace.
 */
import { useQueryClient, type Query, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { usePreference } from "../preferences";
import { wasOwn } from "../processing";
import type { Frame } from "./frames";
import { gatherer } from "./gather";
import { follow } from "./shared";

/** First parts of the query keys that a frame touches. */
export type RootsOf = (frame: Frame) => readonly string[];

let isOpen = false;
/** By root, when each thing that changed was last told of. */
const news = new Map<string, Map<string, number>>();
const news_max = 1_000;
const listeners = new Set<() => void>();

/** `isOpenTo`: whether the reader may see the stream at all. */
export function useLive(rootsOf: RootsOf, isOpenTo: boolean): void {
  const client = useQueryClient();
  const [pace_s] = usePreference("refresh_s");
  const isWanted = isOpenTo && pace_s > 0;
  useEffect(() => {
    if (!isWanted) return;
    const gather = gatherer((root) => readAnew(client, root));
    const close = follow({
      onState: setOpen,
      // After a pause too long for the stream's memory: as when the reader asks for all of it.
      onReset: () => void client.invalidateQueries(),
      onFrame: (frame) => {
        for (const root of rootsOf(frame)) {
          // What the reader did is read again already, with its position.
          if (!wasOwn(frame.subject)) addNews(root, frame.subject);
          gather.touch(root);
        }
      },
    });
    return () => {
      close();
      gather.stop();
      setOpen(false);
    };
  }, [client, rootsOf, isWanted]);
}

export function useIsLive(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen);
}

/** How many things under this root have changed since a list was read. */
export function useNews(root: string, read_at: number): number {
  return useSyncExternalStore(subscribe, useCallback(() => [...(news.get(root)?.values() ?? [])].filter((at) => at > read_at).length, [root, read_at]));
}

const isList = ({ queryKey }: Pick<Query, "queryKey">) => queryKey[1] === "list";

function readAnew(client: QueryClient, root: string): void {
  // What is on its way already has what happened, or the next turn will: it is not begun again.
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] === root && !isList(query) }, { cancelRefetch: false });
}

function addNews(root: string, subject: string): void {
  const of = news.get(root) ?? new Map<string, number>();
  of.delete(subject);
  of.set(subject, Date.now());
  const oldest = of.keys().next().value;
  if (of.size > news_max && oldest !== undefined) of.delete(oldest);
  news.set(root, of);
  listeners.forEach((listener) => listener());
}

function setOpen(next: boolean): void {
  if (isOpen === next) return;
  isOpen = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
