/** Asks what a candidate version of a plan would have come to; it may take two minutes and can be given up. */
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { answer, api, type Body } from "../../../lib/api";

export type WhatIfBody = Body<"/v1/proof/what-if">;
export type WhatIf = Awaited<ReturnType<typeof ask>>;
export type Compared = WhatIf["winners"][number];

async function ask(body: WhatIfBody, signal: AbortSignal) {
  const told = await answer(api.POST("/v1/proof/what-if", { body, signal }));
  // It stores nothing, so it is never only accepted.
  return told as Exclude<typeof told, { command_id: string }>;
}

export function useWhatIf() {
  const running = useRef<AbortController | null>(null);
  const mutation = useMutation({
    mutationFn: (body: WhatIfBody) => {
      running.current = new AbortController();
      return ask(body, running.current.signal);
    },
  });
  return { ...mutation, stop: () => { running.current?.abort(); mutation.reset(); } };
}
