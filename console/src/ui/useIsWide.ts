/**
 * Whether what an element holds is wider than it is: `const isWide = useIsWide(holder)`.
 *
 * Only then does it scroll in itself. A sticky header needs a holder that does not scroll, and one that does scroll
 * must be reached by keyboard.
 */
import { useEffect, useState, type RefObject } from "react";

export function useIsWide(holder: RefObject<HTMLElement | null>): boolean {
  const [isWide, setIsWide] = useState(false);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const look = () => setIsWide(element.scrollWidth > element.clientWidth);
    const resized = new ResizeObserver(look);
    const changed = new MutationObserver(look);
    // What it holds may grow by itself, as when its fonts arrive.
    for (const one of [element, ...element.children]) resized.observe(one);
    changed.observe(element, { childList: true, subtree: true });
    return () => {
      resized.disconnect();
      changed.disconnect();
    };
  }, [holder]);
  return isWide;
}
