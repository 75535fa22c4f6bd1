/**
 * Unix nanoseconds. Always a BigInt: as a double, the last digits of a log line's time would be lost, and lines
 * with them.
 */
export type Nanos = bigint;

const NANOS_PER_MS = 1_000_000n;

export function nanosOf(ms: number): Nanos {
  return BigInt(Math.round(ms)) * NANOS_PER_MS;
}

/** The millisecond in which it lies. */
export function millisOf(ns: Nanos): number {
  return Number(ns / NANOS_PER_MS);
}

/** The part of a second that a millisecond does not tell, as six digits: `000120`. */
export function belowMillis(ns: Nanos): string {
  return String(ns % NANOS_PER_MS).padStart(6, "0");
}

/** `2026-03-01T12:00:00.000000120Z`. */
export function isoNanos(ns: Nanos): string {
  return `${new Date(millisOf(ns)).toISOString().slice(0, -1)}${belowMillis(ns)}Z`;
}
