/** What the services are getting and the OpenAPI document does not have yet, typed by hand; docs/api.md describes it. */
import type { components } from "./schema";

/**
 * `moved` of the `retracted` count elsewhere since: corrected, or with whoever has the resource. Of a reassignment
 * `resource_id` is what was reassigned.
 */
export type Retraction = components["schemas"]["RetractionShape"] & { moved?: number; resource_id?: string | null };

/** `GET /v1/usage/retractions`, the newest first. */
export interface RetractionPage {
  items: Retraction[];
  total: number;
  next_cursor: string | null;
  as_of: string;
}

export interface RetractionQuestion {
  status?: "pending" | "done";
  batch_id?: string;
  source?: string;
  reason?: string[];
  from?: string;
  to?: string;
  sort?: "created_at" | "-created_at";
  page?: number;
  size?: number;
}
