/** What the console reads of payment gateways: which are set up, and how they do. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type Gateway = Answer<"/v1/gateways">["items"][number];

export function useGateways() {
  return useQuery({ queryKey: ["gateways"], queryFn: ({ signal }) => answer(api.GET("/v1/gateways", { signal })), refetchInterval: useRefreshInterval() });
}
