/** A value once it has stopped changing: what is typed, when the hand rests. `const asked = useRested(text, 200);` */
import { useEffect, useState } from "react";

export function useRested<Value>(value: Value, rest_ms: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest_ms);
    return () => clearTimeout(timer);
  }, [value, rest_ms]);
  return rested;
}
