/**
 * What the mock answers of usage that was taken back: a retraction is under way when it is asked for and done at the next
 * look. Null for what is not among them.
 */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Retraction = Schemas["RetractionShape"];

const base: Retraction = {
  id: "ret-1", resource_id: null, moved: 0, status: "done", reason: "bad_file", note: "The probe counted the wrong way round", batch_id: "usage-file-1", actor: "user:u-billing", records: 12_480, retracted: 12_392, restored: 0, refused: { too_late: 88 }, pending: 0, created_at: "2026-11-23T08:12:40Z",
};

const first: readonly Retraction[] = [
  { ...base, id: "ret-4", reason: "reassigned", note: null, batch_id: null, resource_id: "mac:d0:38:a4:62:1e:ce", records: 288, retracted: 288, moved: 286, refused: {}, created_at: "2026-11-23T10:02:00Z" },
  { ...base, id: "ret-3", reason: "test_data", note: null, batch_id: "pja3w7c2m5t4k8q1", records: 900, retracted: 900, refused: {}, created_at: "2026-11-23T09:40:00Z" },
  { ...base, id: "ret-2", reason: "duplicate", note: null, batch_id: "pja3w0d9s8f7g6h5", status: "pending", records: 1_800, retracted: 1_200, refused: {}, pending: 600, created_at: "2026-11-23T09:12:40Z" },
  base,
  { ...base, id: "ret-0", reason: "wrong_line", note: null, batch_id: null, records: 3, retracted: 0, restored: 3, refused: {}, created_at: "2026-11-20T15:00:00Z" },
];

let retractions = [...first];
let made = 0;

export function forgetRetractions(): void {
  retractions = [...first];
  made = 0;
}

const missing = (title: string) => Response.json({ type: "about:blank", title, status: 404, errors: [] }, { status: 404 });

export async function retractionAnswers(request: Request, { id, part, n, query }: Asked): Promise<Response | null> {
  if (id === "batches") return batch(part ?? "");
  if (id === "corrections" && request.method === "POST") return Response.json(corrected((await request.json()) as Schemas["CorrectionBody"]));
  if (id !== "retractions") return null;
  if (!part) return request.method === "POST" ? Response.json(taken((await request.json()) as Schemas["RetractionBody"])) : Response.json(pageOf(retractions.filter((one) => among(query, "status", one.status) && among(query, "batch_id", one.batch_id) && among(query, "reason", one.reason) && among(query, "resource_id", one.resource_id)), query));
  const found = retractions.find((one) => one.id === part);
  if (!found) return missing("No such retraction");
  return Response.json(n === "restore" ? kept({ ...found, retracted: 0, restored: found.restored + found.retracted }) : looked(found));
}

const among = (query: URLSearchParams, name: string, value: string | null) => query.getAll(name).length === 0 || query.getAll(name).includes(value ?? "");

/** Done at the next look; `ret-2` stays under way, to be looked at. */
function looked(found: Retraction): Retraction {
  return found.status === "done" || found.id === "ret-2" ? found : kept({ ...found, status: "done", pending: 0, retracted: found.pending });
}

function kept(retraction: Retraction): Retraction {
  retractions = retractions.map((one) => (one.id === retraction.id ? retraction : one));
  return retraction;
}

function taken({ records, batch_id, reason, note }: Schemas["RetractionBody"]): Retraction {
  made += 1;
  const count = records?.length ?? 2_497;
  const retraction: Retraction = { ...base, id: `ret-new-${made}`, reason, note: note ?? null, batch_id: batch_id ?? null, status: "pending", records: count, pending: count, retracted: 0, restored: 0, refused: {}, created_at: now };
  retractions = [retraction, ...retractions];
  return retraction;
}

function corrected({ record }: Schemas["CorrectionBody"]): Schemas["CorrectionShape"] {
  made += 1;
  return { id: `ret-new-${made}`, record: "usage/0/50#0", retracted: record };
}

function batch(batch_id: string): Response {
  if (!batch_id.startsWith("pja3w")) return missing("No such batch");
  const counts: Schemas["Batch"] = { batch_id, status: "done", received: 1_000, rejected: 4, accepted: 900, quarantined: 90, duplicates: 6, conflicts: 0, recorded_at: "2026-11-23T09:00:00Z" };
  return Response.json(counts);
}
