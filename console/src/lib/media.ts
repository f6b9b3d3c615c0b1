/** Follows a media query: `useMedia(narrow)` is true on a screen where tables become cards and the nav a drawer. */
import { useCallback, useSyncExternalStore } from "react";

export const narrow = "(max-width: 767px)";

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
