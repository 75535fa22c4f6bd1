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
  readonly type: "number" | "word" | "text" | "vector";
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
  readonly source_of_numbers?: "exact" | "sketch" | "sample";
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
  /** Words or places of a vector that tell the windows apart, most first; of texts and vectors. */
  readonly telling?: readonly Telling[];
  readonly missing_reference: number;
  readonly missing_current: number;
  readonly reference_histogram?: Distribution;
  readonly current_histogram?: Distribution;
}

export interface Telling {
  readonly name: string;
  /** Above 0 where more of it speaks for now. */
  readonly weight: number;
  /** Of a word the share of texts that have it, of a place its mean. */
  readonly reference: number;
  readonly current: number;
}

/** How well all inputs together tell the two windows apart. */
export interface Together {
  /** 0.5 not at all, 1 each row. */
  readonly auc: number;
  readonly threshold: number;
  readonly drifted: boolean;
  readonly n_reference: number;
  readonly n_current: number;
  readonly importance: Readonly<Record<string, number>>;
}

/** How much is lost when rows are told by the principal components of the reference. */
export interface Reconstruction {
  readonly score: number;
  readonly reference: number;
  readonly upper?: number;
  readonly components: number;
  readonly drifted: boolean;
  readonly shares: Readonly<Record<string, number>>;
}

export interface Drift {
  readonly reference: { readonly name: string; readonly start?: number; readonly end?: number; readonly n: number };
  readonly current: { readonly start: number; readonly end: number; readonly n: number };
  /** Of drifted inputs among those that could be judged; absent where none could. */
  readonly share?: number;
  readonly drifted: boolean;
  readonly judged: number;
  readonly share_threshold: number;
  readonly together?: Together;
  readonly reconstruction?: Reconstruction;
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

/** Where drift is read from: every row, or profiles, which answer in milliseconds whatever the number of rows. */
export type Numbers = "rows" | "sketch";

export function driftOf(
  model: string,
  interval: Interval,
  view: DriftView,
  numbers: Numbers,
  signal?: AbortSignal,
): Promise<Drift> {
  const more = numbers === "sketch" ? { source: "sketch" } : { together: "true" };
  return ask(model, "drift", interval, { ...view, ...more }, signal);
}

/** Drift of one window or segment, its first features. */
export interface DriftPart {
  readonly start?: number;
  readonly end?: number;
  readonly segment?: string;
  /** Why there is no answer. */
  readonly reason?: string;
  readonly n?: number;
  readonly share?: number;
  readonly drifted?: boolean;
  readonly features?: readonly {
    readonly feature: string;
    readonly method?: string;
    readonly score?: number;
    readonly threshold?: number;
    readonly drifted: boolean;
    readonly moved?: number;
  }[];
}

export async function driftWindowsOf(
  model: string,
  interval: Interval,
  view: DriftView,
  step: string,
  signal?: AbortSignal,
): Promise<readonly DriftPart[]> {
  type Answer = { readonly windows: readonly DriftPart[] };
  return (await ask<Answer>(model, "drift/windows", interval, { ...view, step }, signal)).windows;
}

export async function driftSegmentsOf(
  model: string,
  interval: Interval,
  view: DriftView,
  by: string,
  signal?: AbortSignal,
): Promise<readonly DriftPart[]> {
  type Answer = { readonly segments: readonly DriftPart[] };
  return (await ask<Answer>(model, "drift/segments", interval, { ...view, by }, signal)).segments;
}

/** A measure of one window, or why it has none. */
export interface ChangedMeasure {
  readonly before: { readonly value?: number; readonly n?: number };
  readonly after: { readonly value?: number; readonly n?: number };
  readonly difference?: number;
}

/** Everything that changed between two windows. */
export interface Changes {
  readonly measures: Readonly<Record<string, ChangedMeasure>>;
  readonly drift: Drift;
  readonly quality: DataQuality;
}

export function changesOf(
  model: string,
  before: Interval,
  after: Interval,
  view: Pick<DriftView, "version" | "segment">,
  signal?: AbortSignal,
): Promise<Changes> {
  const windowBefore = { before_start: iso(before.startMs), before_end: iso(before.endMs) };
  return ask(model, "changes", after, { ...view, ...windowBefore }, signal);
}

export function dataQualityOf(
  model: string,
  interval: Interval,
  view: DriftView,
  signal?: AbortSignal,
): Promise<DataQuality> {
  return ask(model, "quality", interval, { ...view }, signal);
}

function ask<T>(
  model: string,
  what: string,
  { startMs, endMs }: Interval,
  view: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const parameters = new URLSearchParams({ start: iso(startMs), end: iso(endMs) });
  for (const [key, value] of Object.entries(view)) {
    if (value) parameters.set(key, value);
  }
  return call(`${modelPath(model)}/${what}?${parameters}`, { signal: signal ?? null });
}
