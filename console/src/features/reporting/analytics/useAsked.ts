/** What the reader has asked the figures for; it lives in the URL, so that back, refresh and sharing work. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useToday } from "../../../lib/clock";
import { bucketOf, presets, rangeOf, type Bucket, type Preset, type Range } from "./range";

export const splits = ["kind", "plan", "service", "region", "meter"] as const;
export type Split = (typeof splits)[number];

export interface Asked {
  range: Range;
  bucket: Bucket;
  /** Null for days that were chosen one by one. */
  preset: Preset | null;
  currency: string | null;
  compares: boolean;
  split: Split;
  set: (changes: Readonly<Record<string, string | null>>) => void;
}

export function useAsked(): Asked {
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  return useMemo(() => {
    const [from, to, preset] = [search.get("from"), search.get("to"), search.get("range")];
    const range = rangeOf({ preset, from, to }, today);
    const own = from !== null && to !== null && range.from === from && range.to === to;
    return {
      range,
      bucket: bucketOf(range),
      preset: own ? null : (presets.find((one) => one === preset) ?? "months_12"),
      currency: /^[A-Z]{3}$/.test(search.get("currency") ?? "") ? search.get("currency") : null,
      compares: search.get("compare") !== "no",
      split: splits.find((one) => one === search.get("split")) ?? "kind",
      set: (changes) => setSearch((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      }, { replace: true }),
    };
  }, [search, setSearch, today]);
}
