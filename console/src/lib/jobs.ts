/**
 * Long or bulk work of the server: `const job = useJob(id);` asks after it, ever more slowly, until it has ended.
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "./api";

export type Job = Answer<"/v1/jobs/{job_id}">;

/** A list or a report to be made a file of. */
export type NewExport = Body<"/v1/report-jobs">;

const first_ms = 500;
const slowest_ms = 5_000;

export function useJob(id: string) {
  return useQuery({
    queryKey: ["jobs", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/jobs/{job_id}", { params: { path: { job_id: id } }, signal })),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : pause_ms(state.dataUpdateCount)),
  });
}

/** Half a second at first, half as long again after each answer, five seconds at most. */
export function pause_ms(answers: number): number {
  return Math.min(slowest_ms, first_ms * 1.5 ** Math.min(answers, 20));
}

export function hasEnded({ status }: Pick<Job, "status">): boolean {
  return status === "done" || status === "failed" || status === "cancelled";
}

/** Whether the server lets it be cancelled; one that does not say so can't be. */
export function isCancellable(job: Job): boolean {
  return !hasEnded(job) && (job.allowed_actions?.some(({ action, allowed }) => action === "cancel" && allowed) ?? false);
}

export function useCancelJob(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/v1/jobs/{job_id}/cancel", { params: { path: { job_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs", id] }),
  });
}
