/** The name of a customer, for those who may read it; null where it is sealed, or erased. */
export function customerName(name: string | null): string | null {
  return name === "sealed" || name === "erased" ? null : name;
}
