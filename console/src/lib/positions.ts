/**
 * Reading your own writes: a write answers with the `Position` it reached, and reads that carry it wait until it is
 * applied (up to 2 s on the server).
 *
 * Positions are kept for 30 s, longer than any projection lags on a healthy system; a read after that carries none.
 */
const kept_ms = 30_000;

interface Reached {
  position: string;
  at: number;
}

/** The latest position by its topic and partition: `invoicing/3@1842` is kept under `invoicing/3`. */
const reached = new Map<string, Reached>();

export function rememberPositions(header: string | null, now: number = Date.now()): void {
  for (const position of (header ?? "").split(",").map((part) => part.trim())) {
    const [partition] = position.split("@");
    if (partition && position.includes("@")) reached.set(partition, { position, at: now });
  }
}

/** What a read sends along, or null when nothing was written lately. */
export function positionsToCarry(now: number = Date.now()): string | null {
  for (const [partition, { at }] of reached) if (now - at > kept_ms) reached.delete(partition);
  const positions = [...reached.values()].map(({ position }) => position);
  return positions.length === 0 ? null : positions.join(", ");
}
