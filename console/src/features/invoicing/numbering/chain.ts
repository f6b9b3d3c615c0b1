/**
 * The chain of a series: its links page by page, and a walk along all of them, which the server does part by part.
 *
 *     const walk = useWalk("INV");
 *     walk.start();        // walk.result: { links: 1204, unproven: 0, waiting: 0, broken: null, isDone: true }
 */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Answer } from "../../../lib/api";

export type ChainLink = Answer<"/v1/numbering-series/{series_id}/links">["items"][number];
export type Broken = NonNullable<Answer<"/v1/numbering-series/{series_id}/chain">["broken"]>;

export interface Walked {
  links: number;
  unproven: number;
  waiting: number;
  broken: Broken | null;
  isDone: boolean;
}

const shown = 50;

export function useLinks(series: string) {
  return useInfiniteQuery({
    queryKey: ["numbering-series", "links", series],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(api.GET("/v1/numbering-series/{series_id}/links", { params: { path: { series_id: series }, query: { limit: shown, ...(cursor === null ? {} : { cursor }) } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

export function chainPath(series: string): string {
  return `/settings/numbering/${encodeURIComponent(series)}`;
}

/** The first link that does not hold ends it: after it every hash may be another one. */
export function useWalk(series: string) {
  const [result, setResult] = useState<Walked | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isWalking, setWalking] = useState(false);
  const start = async () => {
    setWalking(true);
    setError(null);
    setResult(null);
    try {
      await walk(series, setResult);
    } catch (refusal) {
      setError(refusal);
    }
    setWalking(false);
  };
  return { result, error, isWalking, start: () => void start() };
}

async function walk(series: string, tell: (walked: Walked) => void): Promise<void> {
  let [after, sum]: [number | null, Walked] = [0, { links: 0, unproven: 0, waiting: 0, broken: null, isDone: false }];
  while (after !== null) {
    const page: Answer<"/v1/numbering-series/{series_id}/chain"> = await answer(api.GET("/v1/numbering-series/{series_id}/chain", { params: { path: { series_id: series }, query: { after } } }));
    sum = { links: sum.links + page.links, unproven: sum.unproven + page.unproven, waiting: sum.waiting + page.waiting, broken: page.broken, isDone: page.next === null };
    after = page.next;
    tell(sum);
  }
}
