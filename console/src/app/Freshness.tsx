/**
 * How fresh the page is, and how often it reads anew: live, at a pace, paused, disturbed, reconnecting, or stale. The
 * reader sets the pace.
 *
 * "Live" is said only where the stream of events is open (lib/live); without it the pace is.
 * "Disturbed" names services that are not ready; "reconnecting" and "stale" say since when nothing could be read, stale
 * after two minutes. What is refused to the reader (4xx) is no sign of either.
 */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useI18n, type Key } from "../lib/i18n";
import { useIsLive } from "../lib/live/useLive";
import { usePreference } from "../lib/preferences";
import { isTransient } from "../lib/problem";
import { notReady, pulseKey, usePulse } from "../lib/pulse";
import { Disclosure } from "../ui/Disclosure";
import { Instant } from "../ui/Value";

type State = "live" | "every" | "paused" | "disturbed" | "reconnecting" | "stale";

interface Freshness {
  state: State;
  /** When a page last read something; 0 when it never has. */
  read: number;
}

const paces_s = [0, 30, 60, 300] as const;
const stale_ms = 120_000;
const look_ms = 2_000;

export function Freshness() {
  const { t } = useI18n();
  const [pace_s, setPace] = usePreference("refresh_s");
  const { data: pulse } = usePulse();
  const missing = notReady(pulse);
  const { state, read } = useFreshness(pace_s, missing.join(" "), useIsLive());
  const key: Key = `fresh.${state}`;
  const word = t(key, { services: missing.join(", "), count: pace_s });
  const failing = state === "reconnecting" || state === "stale";
  return (
    <Disclosure
      label={t("fresh.label", { state: word })}
      button={<><span className={`fresh-dot ${state}`} aria-hidden="true" /> <span className="fresh-word">{word}</span></>}
    >
      {(close) => (
        <>
        {failing && read > 0 && <p className="fresh-since small muted">{t("fresh.since")} <Instant value={new Date(read).toISOString()} seconds /></p>}
        <fieldset className="menu-choices">
          <legend>{t("fresh.pace")}</legend>
          {paces_s.map((pace) => (
            <label key={pace} className="menu-item">
              <input type="radio" name="pace" checked={pace === pace_s} onChange={() => { setPace(pace); close(); }} />
              {pace === 0 ? t("fresh.off") : t("fresh.every", { count: pace })}
            </label>
          ))}
        </fieldset>
        </>
      )}
    </Disclosure>
  );
}

function useFreshness(pace_s: number, missing: string, isLive: boolean): Freshness {
  const client = useQueryClient();
  const [freshness, setFreshness] = useState<Freshness>({ state: "every", read: 0 });
  useEffect(() => {
    const look = () => setFreshness((before) => {
      const { state, read } = freshnessOf(client, pace_s, missing, isLive);
      return before.state === state && before.read === read ? before : { state, read };
    });
    look();
    const timer = setInterval(look, look_ms);
    return () => clearInterval(timer);
  }, [client, pace_s, missing, isLive]);
  useReadAnewWhenReady(client, missing);
  return freshness;
}

function freshnessOf(client: QueryClient, pace_s: number, missing: string, isLive: boolean): Freshness {
  const active = client.getQueryCache().getAll().filter((query) => query.isActive());
  const failing = active.some(({ state }) => (state.error !== null || state.fetchFailureCount > 0) && isTransient(state.error ?? state.fetchFailureReason));
  const pages = active.filter(({ queryKey }) => queryKey[0] !== pulseKey[0]);
  const read = Math.max(0, ...pages.map(({ state }) => state.dataUpdatedAt));
  // A slow pace is not stale by itself: the limit is at least two turns of it.
  const limit_ms = Math.max(stale_ms, 2_000 * pace_s);
  if (pace_s === 0) return { state: "paused", read };
  if (failing) return { state: read > 0 && Date.now() - read > limit_ms ? "stale" : "reconnecting", read };
  return { state: missing !== "" ? "disturbed" : isLive ? "live" : "every", read };
}

/** A service has stopped or is back: what the page shows of it is read again at once, not at the next turn. */
function useReadAnewWhenReady(client: QueryClient, missing: string): void {
  const before = useRef(missing);
  useEffect(() => {
    if (before.current === missing) return;
    before.current = missing;
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== pulseKey[0] });
  }, [client, missing]);
}
