/**
 * The zone that times are shown in: `const { zone, zones } = useZone();`
 *
 * A page about one account says so once, `<AccountZone value={invoice.time_zone}>`, and every time below it is read by
 * the account's clock unless the reader chose another one.
 */
import { createContext, useContext, useMemo } from "react";
import { usePreference } from "./preferences";
import { browserZone, chosenZone } from "./time";

const Context = createContext<string | null>(null);

export const AccountZone = Context;

export interface ZoneChoice {
  /** What is shown. */
  zone: string;
  /** What hovering shows: the account's, UTC, and this machine's. */
  zones: readonly string[];
}

export function useZone(): ZoneChoice {
  const account = useContext(Context);
  const [choice] = usePreference("zone");
  return useMemo(() => ({ zone: chosenZone(choice, account), zones: [...(account ? [account] : []), "UTC", browserZone()] }), [choice, account]);
}
