/**
 * How fresh the page is, and how often it reads anew: live, paused, reconnecting, or stale. The reader sets the pace.
 *
 * "Stale" is said when nothing could be read for two minutes while reading is on. What is refused to the reader (4xx) is
 * no sign of it.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useI18n, type Key } from "../lib/i18n";
import { usePreference } from "../lib/preferences";
import { isTransient } from "../lib/problem";
import { Disclosure } from "../ui/Disclosure";

type State = "live" | "paused" | "reconnecting" | "stale";

const paces_s = [0, 30, 60, 300] as const;
const stale_ms = 120_000;
const look_ms = 5_000;

export function Freshness() {
  const { t } = useI18n();
  const [pace_s, setPace] = usePreference("refresh_s");
  const state = useFreshness(pace_s);
  const word: Key = `fresh.${state}`;
  return (
    <Disclosure
      label={t("fresh.label", { state: t(word) })}
      button={<><span className={`fresh-dot ${state}`} aria-hidden="true" /> <span className="fresh-word">{t(word)}</span></>}
    >
      {(close) => (
        <fieldset className="menu-choices">
          <legend>{t("fresh.pace")}</legend>
          {paces_s.map((pace) => (
            <label key={pace} className="menu-item">
              <input type="radio" name="pace" checked={pace === pace_s} onChange={() => { setPace(pace); close(); }} />
              {pace === 0 ? t("fresh.off") : t("fresh.every", { count: pace })}
            </label>
          ))}
        </fieldset>
      )}
    </Disclosure>
  );
}

function useFreshness(pace_s: number): State {
  const client = useQueryClient();
  const [state, setState] = useState<State>("live");
  useEffect(() => {
    const look = () => {
      const active = client.getQueryCache().getAll().filter((query) => query.isActive());
      const failing = active.some((query) => isTransient(query.state.error ?? query.state.fetchFailureReason) && (query.state.error !== null || query.state.fetchFailureCount > 0));
      const read = Math.max(0, ...active.map((query) => query.state.dataUpdatedAt));
      // A slow pace is not stale by itself: the limit is at least two turns of it.
      const limit_ms = Math.max(stale_ms, 2_000 * pace_s);
      if (pace_s === 0) setState("paused");
      else if (failing) setState(read > 0 && Date.now() - read > limit_ms ? "stale" : "reconnecting");
      else setState("live");
    };
    look();
    const timer = setInterval(look, look_ms);
    return () => clearInterval(timer);
  }, [client, pace_s]);
  return state;
}
