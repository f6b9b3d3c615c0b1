/**
 * Gathers touches and passes each root on once: half a second after the first, and again at the earliest five seconds
 * later. A thousand events a second are one reading every five seconds.
 */
const gather_ms = 500;
const rest_ms = 5_000;

export interface Gatherer {
  touch: (root: string) => void;
  stop: () => void;
}

export function gatherer(pass: (root: string) => void): Gatherer {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const passed = new Map<string, number>();
  return {
    touch: (root) => {
      if (timers.has(root)) return;
      const wait_ms = Math.max(gather_ms, (passed.get(root) ?? -Infinity) + rest_ms - Date.now());
      timers.set(root, setTimeout(() => {
        timers.delete(root);
        passed.set(root, Date.now());
        pass(root);
      }, wait_ms));
    },
    stop: () => {
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
    },
  };
}
