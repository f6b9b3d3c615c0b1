/** What the console reads of how payments are handled. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";

type Told = Answer<"/v1/payment-settings">;

/** There is one, so that its id is only what commands are told apart by. */
export type PaymentSettings = Told & { id: string };

export async function readSettings(signal?: AbortSignal): Promise<PaymentSettings> {
  return { ...(await answer(api.GET("/v1/payment-settings", signal ? { signal } : {}))), id: "payment-settings" };
}

export function useSettings() {
  return useQuery({ queryKey: ["payment-settings"], queryFn: ({ signal }) => readSettings(signal) });
}
