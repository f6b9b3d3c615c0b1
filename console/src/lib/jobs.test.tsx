import { expect, test } from "vitest";
import { isCancellable, pause_ms, type Job } from "./jobs";

const job = (status: Job["status"], allowed?: boolean): Job => ({
  id: "j", kind: "export", owner: "ann", created_at: "2026-09-01T08:00:00Z", finished_at: null, status, done: 0, failed: 0,
  total: null, failures: [], result_url: null,
  allowed_actions: allowed === undefined ? [] : [{ action: "cancel", allowed, reason: null }],
});

test("a job is asked after ever more slowly, up to five seconds", () => {
  expect([0, 1, 2, 6, 100].map((answers) => Math.round(pause_ms(answers)))).toEqual([500, 750, 1125, 5000, 5000]);
});

test.each([
  ["running", true, true],
  ["running", false, false],
  ["running", undefined, false],
  ["done", true, false],
] as const)("a job that is %s and allows it %s can be stopped: %s", (status, allowed, expected) => {
  expect(isCancellable(job(status, allowed))).toBe(expected);
});
