import {
  type Performance,
  type PerformanceView,
  type PerformanceWindow,
  performanceOf,
} from "../../../api/performance";
import { type Timed, useTimed } from "../../../api/useTimed";
import type { Interval } from "../../../time/range";
import { keyOf } from "./view";

/** What is set against what. */
export interface Pair {
  readonly before: Side;
  readonly after: Side;
}

export interface Side {
  readonly interval: Interval;
  /** Absent where the server has no window of that time. */
  readonly window: PerformanceWindow | undefined;
}

/** The model's performance in windows over the page's time. */
export function useWindows(model: string, view: PerformanceView, step: string): Timed<Performance> {
  return useTimed(["performance", model, step, ...keyOf(view)], (interval, signal) =>
    performanceOf(model, interval, view, step, signal),
  );
}

/** The model's performance over all of the page's time. */
export function useWhole(model: string, view: PerformanceView): Timed<Performance> {
  return useTimed(["performance", model, "whole", ...keyOf(view)], (interval, signal) =>
    performanceOf(model, interval, view, undefined, signal),
  );
}

/** The performance before and after a moment; without one, of the time as long before the page's, and of the page's. */
export function usePair(model: string, view: PerformanceView, turnMs: number | null, enabled: boolean): Timed<Pair> {
  const key = ["performance", model, "pair", turnMs ?? "previous", ...keyOf(view)];
  return useTimed(
    key,
    async (interval, signal) => {
      const [before, after] = sidesOf(interval, turnMs);
      const ask = async (side: Interval): Promise<Side> => {
        const { windows } = await performanceOf(model, side, view, undefined, signal);
        return { interval: side, window: windows[0] };
      };
      const [first, second] = await Promise.all([ask(before), ask(after)]);
      return { before: first, after: second };
    },
    { enabled },
  );
}

export function sidesOf({ startMs, endMs }: Interval, turnMs: number | null): readonly [Interval, Interval] {
  if (turnMs !== null && turnMs > startMs && turnMs < endMs) {
    return [
      { startMs, endMs: turnMs },
      { startMs: turnMs, endMs },
    ];
  }
  return [
    { startMs: startMs - (endMs - startMs), endMs: startMs },
    { startMs, endMs },
  ];
}
