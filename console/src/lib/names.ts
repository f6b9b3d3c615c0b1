/**
 * What people call a plan, a customer, a meter, a cycle or an invoice of which a row knows the id only: `const name = useName("plan", plan_id);`
 *
 * What a page asks for in one go is one read, and a name is kept for a while: fifty rows of three plans ask once for three.
 */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./api";

export type Named = "plan" | "account" | "meter" | "cycle" | "invoice";

/** More ids would make an address too long for what stands between. */
const at_once = 100;
const kept_ms = 300_000;

/** Hidden from this reader, or gone. */
const nameless = new Set(["sealed", "erased"]);

const readers: Readonly<Record<Named, (ids: string[]) => Promise<readonly { id: string; name: string | null }[]>>> = {
  plan: async (id) => (await answer(api.GET("/v1/plans", { params: { query: { id, limit: at_once } } }))).items,
  meter: async (id) => (await answer(api.GET("/v1/meters", { params: { query: { id, limit: at_once } } }))).items,
  account: async (id) => (await answer(api.GET("/v1/accounts", { params: { query: { id, limit: at_once } } }))).items,
  cycle: async (id) => (await answer(api.GET("/v1/billing-cycles", { params: { query: { id, limit: at_once } } }))).items,
  invoice: async (id) => (await answer(api.GET("/v1/invoices", { params: { query: { id, limit: at_once } } }))).items.map(({ id, number }) => ({ id, name: number })),
};

const roots: Readonly<Record<Named, string>> = { plan: "plans", account: "accounts", meter: "meters", cycle: "cycles", invoice: "invoices" };

/** Undefined until it is known; null where there is none, or none for this reader. */
export function useName(kind: Named, id: string): string | null | undefined {
  const { data, isError } = useQuery({ queryKey: [roots[kind], "name", id], queryFn: () => ask(kind, id), staleTime: kept_ms });
  return isError ? null : data;
}

interface Batch {
  ids: Set<string>;
  names: Promise<ReadonlyMap<string, string | null>>;
}

const open = new Map<Named, Batch>();

async function ask(kind: Named, id: string): Promise<string | null> {
  const known = open.get(kind);
  const batch = known && known.ids.size < at_once ? known : begin(kind);
  batch.ids.add(id);
  const name = (await batch.names).get(id) ?? null;
  return name === null || nameless.has(name) ? null : name;
}

/** Waits for the others of the same drawing, then asks for all of them. */
function begin(kind: Named): Batch {
  const ids = new Set<string>();
  const names = new Promise((resolve) => setTimeout(resolve, 0)).then(async () => {
    if (open.get(kind)?.ids === ids) open.delete(kind);
    const items = await readers[kind]([...ids]);
    return new Map(items.map((item) => [item.id, item.name]));
  });
  const batch = { ids, names };
  open.set(kind, batch);
  return batch;
}
