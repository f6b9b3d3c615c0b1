/**
 * Paths that the services are getting and openapi.json does not have yet, typed by hand in the generated form.
 *
 * When `npm run api` has them, this file and its name in lib/api.ts go, and no caller changes.
 */
interface Empty {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

interface Json<Body> {
  headers: Record<string, unknown>;
  content: { "application/json": Body };
}

interface Unused {
  parameters: Empty;
  put?: never;
  patch?: never;
  options?: never;
  head?: never;
  trace?: never;
}

/** Long or bulk work of the server. */
export interface Job {
  id: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled";
  done: number;
  failed: number;
  /** Null while nobody has counted. */
  total: number | null;
  failures: { id?: string; code?: string; detail?: string | null }[];
  result_url: string | null;
  allowed_actions?: { action: string; allowed: boolean; reason?: string | null }[];
}

/** A list as someone set it up: `query` is the query string of the page, without the page number. */
export interface SavedView {
  id: string;
  list: string;
  name: string;
  query: string;
  shared: boolean;
  owner: string;
  version: number;
  allowed_actions?: { action: string; allowed: boolean; reason?: string | null }[];
}

export interface NewExport {
  /** The list's path below /v1/. */
  list: string;
  /** The query string of that path, without a page. */
  query: string;
  format: "csv" | "xlsx" | "pdf";
}

export interface NewSavedView {
  list: string;
  name: string;
  query: string;
  shared: boolean;
}

export interface Coming {
  "/v1/jobs/{job_id}": Unused & {
    get: { parameters: { path: { job_id: string } }; responses: { 200: Json<Job> } };
    post?: never;
    delete?: never;
  };
  "/v1/jobs/{job_id}/cancel": Unused & {
    get?: never;
    post: { parameters: { path: { job_id: string } }; requestBody?: never; responses: { 200: Json<Job> } };
    delete?: never;
  };
  "/v1/report-jobs": Unused & {
    get?: never;
    post: { parameters: Empty; requestBody: { content: { "application/json": NewExport } }; responses: { 202: Json<Job> } };
    delete?: never;
  };
  "/v1/saved-views": Unused & {
    get: { parameters: { query: { list: string } }; responses: { 200: Json<{ items: SavedView[]; next_cursor: string | null; total: number }> } };
    post: { parameters: Empty; requestBody: { content: { "application/json": NewSavedView } }; responses: { 201: Json<SavedView> } };
    delete?: never;
  };
  "/v1/saved-views/{view_id}": Unused & {
    get?: never;
    post?: never;
    delete: { parameters: { path: { view_id: string } }; requestBody?: never; responses: { 204: { headers: Record<string, unknown>; content?: never } } };
  };
}
