/** Where a retraction stands as a whole, from how many of its records are where. */
import type { Retraction } from "./queries";

type Counts = Pick<Retraction, "status" | "records" | "retracted" | "restored">;

export type Standing = "running" | "taken_back" | "partly" | "put_back" | "nothing";

/** `partly`: some of it counts, for it was put back or could not be taken back. */
export function standingOf({ status, records, retracted, restored }: Counts): Standing {
  if (status === "pending") return "running";
  if (records > 0 && retracted === records) return "taken_back";
  if (retracted > 0) return "partly";
  return restored > 0 ? "put_back" : "nothing";
}
