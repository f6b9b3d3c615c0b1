/**
 * One connection for all tabs of a browser, since a browser keeps only six to a server: the tab that holds the lock is
 * connected and tells the others; when it closes, the next one is.
 *
 * Without locks (plain HTTP from another machine) each tab has its own connection while it is looked at.
 */
import { connect, type Listening } from "./connection";
import type { Frame } from "./frames";

const name = "meterlog.stream";

type Told = { kind: "frame"; frame: Frame } | { kind: "reset" } | { kind: "state"; isOpen: boolean } | { kind: "ask" };

export function follow(listening: Listening): () => void {
  return "locks" in navigator && typeof BroadcastChannel !== "undefined" ? followTogether(listening) : followWhileVisible(listening);
}

function followTogether({ onFrame, onReset, onState }: Listening): () => void {
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let leads: { isOpen: boolean } | null = null;
  const tell = (told: Told) => channel.postMessage(told);

  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.kind === "ask") {
      if (leads) tell({ kind: "state", isOpen: leads.isOpen });
    } else if (data.kind === "frame") onFrame(data.frame);
    else if (data.kind === "reset") onReset();
    else onState(data.isOpen);
  };
  tell({ kind: "ask" });

  const lead = () => new Promise<void>((end) => {
    leads = { isOpen: false };
    const close = connect({
      onFrame: (frame) => {
        if (leaving.signal.aborted) return;
        tell({ kind: "frame", frame });
        onFrame(frame);
      },
      onReset: () => {
        if (leaving.signal.aborted) return;
        tell({ kind: "reset" });
        onReset();
      },
      onState: (isOpen) => {
        if (leaving.signal.aborted) return;
        leads = { isOpen };
        tell({ kind: "state", isOpen });
        onState(isOpen);
      },
    });
    leaving.signal.addEventListener("abort", () => {
      close();
      tell({ kind: "state", isOpen: false });
      channel.close();
      end();
    });
  });
  // Refused when this tab leaves before its turn: then there is nothing to do.
  navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => channel.close());
  return () => leaving.abort();
}

function followWhileVisible(listening: Listening): () => void {
  let close: (() => void) | null = null;
  const look = () => {
    if (document.visibilityState === "visible") close ??= connect(listening);
    else {
      close?.();
      close = null;
    }
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    close?.();
  };
}
