/**
 * Reads server-sent events out of a stream of text, piece by piece as they come.
 *
 *     const read = frameReader((frame) => …);
 *     read("id: 7\nevent: invoicing.InvoiceIssued.v1\ndata: {\"id\": \"7\", …}\n\n");
 *
 * The browser's own EventSource gives named events only to listeners for that very name, and the stream names each by
 * its type, of which there are more than the console knows; so the console reads them itself.
 */
export interface Frame {
  /** The event's place in the log, as it is cited. */
  id: string;
  /** As in the log: `invoicing.InvoiceIssued.v1`. */
  type: string;
  /** The aggregate that it is about. */
  subject: string;
  /** Of the type, not of the aggregate. */
  version: number;
  service: string;
}

export interface Reading {
  onFrame: (frame: Frame) => void;
  /** Where the stream stands, told also without a frame. */
  onId?: (id: string) => void;
  /** Frames were missed: what is shown must be read anew. */
  onReset?: () => void;
  /** How long the server asks to wait before coming again. */
  onRetry?: (retry_ms: number) => void;
}

export function frameReader({ onFrame, onId, onReset, onRetry }: Reading): (text: string) => void {
  let rest = "";
  return (text) => {
    const parts = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const fields = fieldsOf(part);
      const retry = Number(fields.get("retry"));
      if (retry > 0) onRetry?.(retry);
      const id = fields.get("id");
      if (id) onId?.(id);
      if (fields.get("event") === "reset") onReset?.();
      const frame = toFrame(fields);
      if (frame) onFrame(frame);
    }
  };
}

/** By name; a comment, such as the heartbeat, has none, and what is said twice is joined as the format wants it. */
function fieldsOf(part: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of part.split("\n")) {
    const [, name, value = ""] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (name) fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  return fields;
}

function toFrame(fields: ReadonlyMap<string, string>): Frame | null {
  const data = fields.get("data");
  if (data === undefined) return null;
  try {
    const { id, type, subject, version, service } = JSON.parse(data) as Partial<Frame>;
    if (typeof type !== "string" || typeof subject !== "string") return null;
    return { id: String(id ?? ""), type, subject, version: Number(version ?? 0), service: service ?? type.split(".")[0] ?? "" };
  } catch {
    // A frame that is no JSON is of a newer server: the next poll reads what it was about.
    return null;
  }
}
