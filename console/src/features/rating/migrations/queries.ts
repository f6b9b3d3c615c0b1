/** What the console reads of the migrations of a plan's customers. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type Migration = Answer<"/v1/plans/{plan_id}/migrations">["items"][number];
export type MigrationBody = Body<"/v1/plans/{plan_id}/migrations">;
export type Result = Answer<"/v1/plans/{plan_id}/migrations/{migration_id}/results">["items"][number];
export type Outcome = Result["outcome"];

/** What a migration would do, some of its customers at a time. */
export type MigrationPreview = Awaited<ReturnType<typeof previewMigration>>;

const shown = 50;

export function useMigrations(plan_id: string) {
  return useQuery({
    queryKey: ["migrations", "of", plan_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/plans/{plan_id}/migrations", { params: { path: { plan_id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function readMigration(plan_id: string, migration_id: string, signal?: AbortSignal): Promise<Migration> {
  const params = { path: { plan_id, migration_id } };
  return answer(api.GET("/v1/plans/{plan_id}/migrations/{migration_id}", signal ? { params, signal } : { params }));
}

const working_ms = 1_000;

/** Read each second while its changes are being made or taken back. */
export function useMigration(plan_id: string, id: string) {
  const usual = useRefreshInterval();
  return useQuery({
    queryKey: ["migrations", "one", plan_id, id],
    queryFn: ({ signal }) => readMigration(plan_id, id, signal),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? working_ms : usual),
  });
}

export function isWorking({ status }: Pick<Migration, "status">): boolean {
  return status === "scheduling" || status === "cancelling";
}

export const resultsShown = 50;

export function useResults(plan_id: string, migration_id: string, outcome: Outcome | null, page: number, isLive: boolean) {
  return useQuery({
    queryKey: ["migrations", "results", plan_id, migration_id, outcome, page],
    queryFn: ({ signal }) => answer(api.GET("/v1/plans/{plan_id}/migrations/{migration_id}/results", { params: { path: { plan_id, migration_id }, query: { page, size: resultsShown, ...(outcome ? { outcome: [outcome] } : {}) } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? working_ms : false,
  });
}

export async function previewMigration(plan_id: string, body: MigrationBody, cursor: string | null) {
  const made = await answer(api.POST("/v1/plans/{plan_id}/migrations", { params: { path: { plan_id }, query: { limit: shown, ...(cursor ? { cursor } : {}) } }, body: { ...body, preview: true } }));
  return made as Extract<typeof made, { preview: true }>;
}
