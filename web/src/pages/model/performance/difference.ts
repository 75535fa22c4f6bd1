import { isKnown, type Known, type Measured } from "../../../api/performance";
import type { MeasureFacts } from "./measures";

/** How far a measure has moved, with the values within which the true movement lies 95 times of 100. */
export interface Difference {
  readonly value: number;
  /** Absent where one of the sides has no interval. */
  readonly low?: number;
  readonly high?: number;
}

export type Verdict = "better" | "worse" | "moved" | "no clear change" | "unknown";

/**
 * The second minus the first, of different rows. The interval comes from those of both sides, by the method that
 * R. Newcombe gave for shares (1998, method 10) and that Zou and Donner extended to anything with an interval.
 */
export function differenceOf(first: Measured | undefined, second: Measured | undefined): Difference | null {
  if (!isKnown(first) || !isKnown(second)) return null;
  const value = second.value - first.value;
  const one = endsOf(first);
  const two = endsOf(second);
  if (!one || !two) return { value };
  return {
    value,
    low: value - Math.hypot(second.value - two.low, one.high - first.value),
    high: value + Math.hypot(two.high - second.value, first.value - one.low),
  };
}

/** What a difference means: nothing is claimed unless chance alone would hardly do it. */
export function verdictOf(difference: Difference | null, { good }: Pick<MeasureFacts, "good">): Verdict {
  if (difference?.low === undefined || difference.high === undefined) return "unknown";
  if (difference.low <= 0 && difference.high >= 0) return "no clear change";
  if (good === "zero") return "moved";
  return difference.value > 0 === (good === "high") ? "better" : "worse";
}

function endsOf({ low, high }: Known): { low: number; high: number } | null {
  return low === undefined || high === undefined ? null : { low, high };
}
