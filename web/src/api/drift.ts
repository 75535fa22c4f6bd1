import type { Interval } from "../time/range";
import { call } from "./client";
import { iso, modelPath } from "./models";

export type Verdict = "stable" | "watch" | "drifted" | "not_enough" | "not_applicable";

/** How many values lie in each bin, or are each word. */
export interface Distribution {
  /** One more than counts; absent for words. */
  readonly bounds?: readonly number[];
  readonly words?: readonly string[];
  readonly counts: readonly number[];
}

/** One feature in the reference and now. */
export interface FeatureDrift {
  readonly feature: string;
  /** What it was made of, where it is the property of a text. */
  readonly source?: string;
  readonly aspect: "input" | "output" | "confidence" | "truth" | "error";
  readonly type: "number" | "word";
  readonly method?: string;
  readonly variant?: string;
  readonly n_reference?: number;
  readonly n_current?: number;
  readonly score?: number;
  readonly threshold?: number;
  /** On which side of the threshold drift lies. */
  readonly drifts?: "above" | "at_least" | "below" | "at_most";
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly source_of_numbers?: "exact" | "sketch";
  /** By the rule, beyond chance, and far enough. */
  readonly drifted: boolean;
  /** The share of rows that is in another place. */
  readonly moved?: number;
  /** How often chance alone moves a feature as far. */
  readonly chance?: number;
  readonly beyond_chance?: boolean;
  /** How much the feature moves answers, among all inputs; absent for what is no input. */
  readonly influence?: number;
  /** Rows moved times influence: what the features are ranked by. */
  readonly impact?: number;
  readonly missing_reference: number;
  readonly missing_current: number;
  readonly reference_histogram?: Distribution;
  readonly current_histogram?: Distribution;
}

export interface Drift {
  readonly reference: { readonly name: string; readonly start?: number; readonly end?: number; readonly n: number };
  readonly current: { readonly start: number; readonly end: number; readonly n: number };
  /** Of drifted inputs among those that could be judged; absent where none could. */
  readonly share?: number;
  readonly drifted: boolean;
  readonly judged: number;
  readonly share_threshold: number;
  readonly notes: readonly string[];
  readonly features: readonly FeatureDrift[];
}

export interface Check {
  /** Empty for the rows as a whole. */
  readonly feature: string;
  readonly check: string;
  readonly state: "ok" | "watch" | "broken";
  readonly value?: number;
  readonly limit?: number;
  readonly reference?: number;
  readonly text?: string;
}

export interface DataQuality {
  readonly reference: string;
  readonly n_reference: number;
  readonly n: number;
  readonly enough: boolean;
  readonly checks: readonly Check[];
}

/** Which rows are compared with what. */
export interface DriftView {
  readonly version: string | undefined;
  readonly segment: string | undefined;
  /** A reference by name, `previous` or `same_weekday`; without one the model's own. */
  readonly reference: string | undefined;
}

export function driftOf(model: string, interval: Interval, view: DriftView, signal?: AbortSignal): Promise<Drift> {
  return ask(model, "drift", interval, view, signal);
}

export function dataQualityOf(
  model: string,
  interval: Interval,
  view: DriftView,
  signal?: AbortSignal,
): Promise<DataQuality> {
  return ask(model, "quality", interval, view, signal);
}

function ask<T>(
  model: string,
  what: string,
  { startMs, endMs }: Interval,
  view: DriftView,
  signal: AbortSignal | undefined,
): Promise<T> {
  const parameters = new URLSearchParams({ start: iso(startMs), end: iso(endMs) });
  for (const [key, value] of Object.entries(view)) {
    if (value) parameters.set(key, value);
  }
  return call(`${modelPath(model)}/${what}?${parameters}`, { signal: signal ?? null });
}
