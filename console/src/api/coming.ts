/** What the services are getting and the OpenAPI document does not have yet, typed by hand; docs/api.md describes it. */
import type { components } from "./schema";

/** `GET /v1/usage/retractions`, the newest first. */
export interface RetractionPage {
  items: components["schemas"]["RetractionShape"][];
  total: number;
  next_cursor: string | null;
  as_of: string;
}

export interface RetractionQuestion {
  batch_id?: string;
  reason?: string[];
  from?: string;
  to?: string;
  page?: number;
  size?: number;
}
