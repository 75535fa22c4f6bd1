import type { Interval } from "../time/range";
import { call } from "./client";
import { iso, modelPath } from "./models";
import type { Measures, PerformanceView } from "./performance";

export type EstimateMethod = "cbpe" | "pape" | "dle";

/** What one window comes to before and after its truth. */
export interface EstimateWindow {
  readonly start: number;
  readonly end: number;
  readonly n: number;
  readonly labelled: number;
  readonly estimated: Measures;
  readonly realised: Measures;
  /** Estimated minus realised, both of the labelled cases. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface Estimates {
  readonly method: EstimateMethod;
  /** What was learnt from. */
  readonly calibration: { readonly n: number; readonly start: number; readonly end: number };
  readonly notes: readonly string[];
  readonly windows: readonly EstimateWindow[];
}

/** How well a model probably does, window by window; without a method by the one that fits what it answers. */
export function estimatesOf(
  model: string,
  { startMs, endMs }: Interval,
  { version, segment }: Pick<PerformanceView, "version" | "segment">,
  step: string,
  method: EstimateMethod | undefined,
  signal?: AbortSignal,
): Promise<Estimates> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parameters = new URLSearchParams({ start: iso(startMs), end: iso(endMs), step, timezone });
  for (const [key, value] of Object.entries({ version, segment, method })) {
    if (value) parameters.set(key, value);
  }
  return call(`${modelPath(model)}/estimates?${parameters}`, { signal: signal ?? null });
}
