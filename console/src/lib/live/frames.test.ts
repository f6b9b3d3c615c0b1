import { expect, test, vi } from "vitest";
import { frameReader, type Frame } from "./frames";
import { gatherer } from "./gather";

function reading() {
  const frames: Frame[] = [];
  const retries: number[] = [];
  const ids: string[] = [];
  return { frames, retries, ids, push: frameReader({ onFrame: (frame) => frames.push(frame), onId: (id) => ids.push(id), onRetry: (retry_ms) => retries.push(retry_ms) }) };
}

const data = '{"id": "e-1", "type": "invoicing.InvoiceIssued.v1", "subject": "inv-1", "version": 4, "service": "invoicing"}';

test("a frame is read from pieces cut anywhere, whatever its event is called", () => {
  const { frames, ids, push } = reading();
  const text = `id: invoicing/1@9\nevent: invoicing.InvoiceIssued.v1\ndata: ${data}\n\n`;
  for (const letter of text) push(letter);
  expect(ids).toEqual(["invoicing/1@9"]);
  expect(frames).toEqual([{ id: "e-1", type: "invoicing.InvoiceIssued.v1", subject: "inv-1", version: 4, service: "invoicing" }]);
});

test("a heartbeat and the server's pace are no frames, and what can't be read is left to the next poll", () => {
  const { frames, retries, ids, push } = reading();
  push(`retry: 2000\nid: 1\n\n: heartbeat\n\ndata: nonsense\n\ndata: {"subject": 7}\n\nid: 2\r\ndata: ${data}\r\n\r\n`);
  expect(retries).toEqual([2000]);
  expect(ids).toEqual(["1", "2"]);
  expect(frames).toHaveLength(1);
});

test("a reset says that frames were missed", () => {
  let resets = 0;
  frameReader({ onFrame: () => { throw new Error("no frame"); }, onReset: () => { resets += 1; } })("event: reset\nid: 9f-1\ndata: {}\n\n");
  expect(resets).toBe(1);
});

test("many touches are one reading after half a second, and the next one at the earliest five seconds later", () => {
  vi.useFakeTimers();
  const passed: string[] = [];
  const { touch, stop } = gatherer((root) => passed.push(root));
  for (let n = 0; n < 100; n++) touch("invoices");
  touch("overview");
  vi.advanceTimersByTime(500);
  expect(passed).toEqual(["invoices", "overview"]);
  touch("invoices");
  vi.advanceTimersByTime(4_900);
  expect(passed).toHaveLength(2);
  vi.advanceTimersByTime(200);
  expect(passed).toEqual(["invoices", "overview", "invoices"]);
  touch("invoices");
  stop();
  vi.advanceTimersByTime(60_000);
  expect(passed).toHaveLength(3);
  vi.useRealTimers();
});
