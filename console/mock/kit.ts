/**
 * What the mock answers of the parts that every page shares: saved views, and jobs that are a step further each time they
 * are asked after.
 */
import type { Job } from "../src/lib/jobs.ts";
import type { NewSavedView, SavedView } from "../src/lib/savedViews.ts";

let views: SavedView[] = [];
const jobs = new Map<string, Job>();

export function savedViews(list: string | null) {
  const items = views.filter((view) => view.list === list);
  return { items, next_cursor: null, total: items.length };
}

export function saveView(body: NewSavedView): SavedView {
  const view = { ...body, id: `view-${views.length + 1}`, owner: "billing@demo.example", version: 1, allowed_actions: [] };
  views = [...views, view];
  return view;
}

export function deleteView(id: string): void {
  views = views.filter((view) => view.id !== id);
}

/** A job of `total` steps, of which the last fails. */
export function startJob(total: number): Job {
  const job: Job = {
    id: `job-${jobs.size + 1}`, kind: "export", owner: "billing@demo.example", created_at: "2026-09-01T08:00:00Z", finished_at: null, status: "queued", done: 0, failed: 0, total, failures: [], result_url: null,
    allowed_actions: [{ action: "cancel", allowed: true, reason: null }],
  };
  jobs.set(job.id, job);
  return job;
}

export function readJob(id: string): Job | undefined {
  const job = jobs.get(id);
  if (!job?.total || (job.status !== "queued" && job.status !== "running")) return job;
  if (job.done + job.failed < job.total - 1) return Object.assign(job, { status: "running", done: job.done + 1 });
  return Object.assign(job, { status: "done", failed: 1, failures: [{ id: "inv-0007", code: "on_hold", detail: "The account is on hold" }], result_url: `/v1/report-jobs/${id}/download` });
}

export function cancelJob(id: string): Job | undefined {
  const job = jobs.get(id);
  return job && Object.assign(job, { status: "cancelled" });
}

export function forgetKit(): void {
  views = [];
  jobs.clear();
}
