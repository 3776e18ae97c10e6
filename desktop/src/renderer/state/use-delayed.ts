import { useEffect, useState } from 'react';

/** The value once it has been still for `ms`: what is costly is not asked for at every letter or turn of the wheel. */
export function useDelayed<T>(value: T, ms: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return still;
}
