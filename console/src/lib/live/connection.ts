/**
 * One connection to `GET /v1/stream` that comes again by itself: `const close = connect({ onFrame, onReset, onState });`
 *
 * It takes up after the last frame it had, waits as long as the server asks (longer after each failure, a minute at
 * most), and starts over when nothing came for 40 s, for the server's heart beats every 15 s. A server that does not know
 * the stream is not asked again: the console then only reads at the reader's pace, as it does anyway.
 */
import { answer } from "../api";
import { ApiProblem, isAbsent } from "../problem";
import { frameReader, type Frame, type Reading } from "./frames";

export interface Listening {
  onFrame: (frame: Frame) => void;
  onReset: () => void;
  onState: (isOpen: boolean) => void;
}

const path = "/v1/stream";
const silence_ms = 40_000;
const retry_first_ms = 2_000;
const retry_most_ms = 60_000;

export function connect(listening: Listening): () => void {
  const closing = new AbortController();
  void run(closing.signal, listening);
  return () => closing.abort();
}

async function run(signal: AbortSignal, { onFrame, onReset, onState }: Listening): Promise<void> {
  let last = "";
  let asked_ms = retry_first_ms;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await read(signal, last, {
        onOpen: () => {
          failures = 0;
          onState(true);
        },
        onId: (id) => { last = id; },
        onFrame,
        onReset,
        onRetry: (retry_ms) => { asked_ms = retry_ms; },
      });
    } catch (error) {
      // Not there, or not for this reader: neither changes by asking again.
      if (isAbsent(error) || (error instanceof ApiProblem && error.status < 500 && error.status !== 429)) break;
      failures += 1;
    }
    onState(false);
    await pause(Math.min(retry_most_ms, asked_ms * 2 ** Math.min(failures, 10)), signal);
  }
  onState(false);
}

interface Opened extends Required<Reading> {
  onOpen: () => void;
}

/** Ends when the server ends it, and throws when it breaks. */
async function read(signal: AbortSignal, last: string, { onOpen, ...reading }: Opened): Promise<void> {
  const broken = new AbortController();
  const watch = () => setTimeout(() => broken.abort(), silence_ms);
  let silence = watch();
  try {
    const response = await fetch(`${location.origin}${path}`, {
      headers: { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) },
      signal: AbortSignal.any([signal, broken.signal]),
    });
    if (!response.ok) await answer(Promise.resolve({ response, error: await response.json().catch(() => null) }));
    // A page in place of the stream is a proxy's word for "not here".
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body) throw new ApiProblem(404, null, response.headers);
    onOpen();
    const push = frameReader(reading);
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await text.read(); !piece.done; piece = await text.read()) {
      clearTimeout(silence);
      silence = watch();
      push(piece.value);
    }
  } finally {
    clearTimeout(silence);
  }
}

function pause(wait_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait_ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
