/**
 * A refusal of the API (RFC 9457) as an error that a page can show: what, where, and the trace id to quote.
 */
export interface FieldError {
  pointer: string | null;
  code: string;
  detail: string | null;
  /** Where else than in the body the fault lies: query, path or header. */
  in: string | null;
}

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly title: string;
  readonly detail: string | null;
  readonly errors: readonly FieldError[];
  readonly traceId: string | null;
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfter_s: number | null;

  constructor(status: number, body: unknown, headers: Headers) {
    const fields = record(body);
    const title = text(fields["title"]) ?? `HTTP ${status}`;
    super(title);
    this.status = status;
    this.title = title;
    this.detail = text(fields["detail"]);
    this.errors = list(fields["errors"]).map(fieldError);
    this.traceId = text(fields["trace_id"]);
    const wait = Number(headers.get("Retry-After"));
    this.retryAfter_s = Number.isFinite(wait) && wait > 0 ? wait : null;
  }
}

/** Whether asking again can help: the network, an overload, a read that waits for a position (503). */
export function isTransient(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429;
}

/** Whether nothing came within the time that lib/api gives an answer. */
export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

export function isStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.status === status;
}

/** Whether the server does not have what was asked for, such as one of an older version: the console then does without. */
export function isAbsent(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.status === 404 || error.status === 405 || error.status === 501 || error.errors.some(({ code }) => code === "unsupported");
}

function fieldError(value: unknown): FieldError {
  const fields = record(value);
  return { pointer: text(fields["pointer"]), code: text(fields["code"]) ?? "", detail: text(fields["detail"]), in: text(fields["in"]) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
