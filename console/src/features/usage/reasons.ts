/** Why a record is parked, set aside or not billed. */
export const parkedReasons = ["unknown_resource", "unknown_meter", "no_subscription", "no_price", "too_late", "in_future", "counter_ambiguous", "malformed", "schema_violation", "unknown_source"] as const;

export const reasonOptions = parkedReasons.map((reason) => [reason, `usage_reason.${reason}`] as const);
