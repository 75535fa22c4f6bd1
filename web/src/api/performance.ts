import type { Interval } from "../time/range";
import { ApiError, call } from "./client";
import { iso, modelPath } from "./models";

export type Averaging = "macro" | "weighted" | "micro" | "binary" | "clara";

/** A number about the quality of predictions, or why there is none. */
export type Measured = Known | Missing;

export interface Known {
  readonly value: number;
  /** Ends of the 95 % interval; both are absent where none is defined. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** The rows that it stands on. */
  readonly n: number;
}

export interface Missing {
  readonly state: "not_enough" | "undefined" | "unavailable";
  readonly reason?: string;
  readonly n?: number;
}

export type Measures = Readonly<Record<string, Measured>>;

/** Predictions by what was true and what was said: `counts[truth][prediction]`. */
export interface Confusion {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

export type ClassMeasures = Readonly<Record<string, Measured | number | undefined>> & { readonly support: number };

/** The predictions of one span of time; its end does not belong to it. */
export interface PerformanceWindow {
  readonly start: number;
  readonly end: number;
  /** Predictions, and those of them whose truth is known. */
  readonly n: number;
  readonly labelled: number;
  /** The page's time begins or ends within it. */
  readonly partial?: boolean;
  /** No row of its own: the values repeat those of an earlier window. */
  readonly carried?: boolean;
  readonly measures: Measures;
  readonly classes?: Readonly<Record<string, ClassMeasures>>;
  readonly confusion?: Confusion;
  /** How far predictions of numbers were off. */
  /** Why generated texts ended. */
  readonly finish_reasons?: Readonly<Record<string, number>>;
  readonly residuals?: { readonly bounds: readonly number[]; readonly counts: readonly number[] };
}

export interface Performance {
  readonly model: string;
  readonly task: string;
  readonly average?: string;
  readonly classes?: readonly string[];
  readonly positive?: string;
  readonly notes?: readonly string[];
  readonly windows: readonly PerformanceWindow[];
}

/** Which predictions are looked at, and by which definitions. */
export interface PerformanceView {
  readonly average: Averaging;
  readonly version: string | undefined;
  /** Such as `country="ES"`. */
  readonly segment: string | undefined;
  /** By which time a row belongs to a window. */
  readonly time: "prediction" | "truth" | undefined;
  /** Fewer labelled rows give no value. */
  readonly minN: number | undefined;
  /** The class of binary measures; the server's choice without one. */
  readonly positive: string | undefined;
}

export interface Threshold {
  readonly threshold: number;
  readonly precision?: number;
  readonly recall?: number;
  readonly f1?: number;
  readonly specificity?: number;
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
  readonly business_value?: number;
}

/** What each kind of decision is worth, in any unit; costs are negative. */
export interface Worth {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly mean_confidence: number;
  /** The share that was true. */
  readonly observed: Measured;
  readonly n: number;
}

export interface Curves {
  readonly class: string;
  readonly thresholds: readonly Threshold[];
  /** Where decisions are worth most, or else F1 is best. */
  readonly best_threshold?: number;
  readonly calibration: readonly CalibrationBin[];
  readonly notes?: readonly string[];
}

export interface SegmentRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly n: number;
  readonly labelled: number;
  readonly value: Measured;
  readonly difference?: number;
  /** Against all other rows, corrected for the number of segments. */
  readonly p_value?: number;
}

export interface Segments {
  readonly measure: string;
  readonly overall: Measured;
  /** How many segments there are; not all of them need to be listed. */
  readonly total?: number;
  readonly segments: readonly SegmentRow[];
  readonly notes?: readonly string[];
}

export interface ComparedMeasure {
  readonly a: Measured;
  readonly b: Measured;
  readonly difference?: number;
  readonly low?: number;
  readonly high?: number;
  readonly p_value?: number;
  readonly test?: string;
}

export interface Comparison {
  readonly measures: Readonly<Record<string, ComparedMeasure>>;
  readonly notes?: readonly string[];
}

export interface ChangePart {
  readonly name: string;
  /** Of all rows. */
  readonly share_before?: number;
  readonly share_after?: number;
  readonly mix: number;
  readonly within: number;
  readonly interaction?: number;
}

export interface Change {
  readonly before: Measured;
  readonly after: Measured;
  readonly difference?: number;
  readonly parts: readonly ChangePart[];
  readonly total_mix: number;
  readonly total_within: number;
  readonly notes?: readonly string[];
}

export interface Training {
  readonly classes: Readonly<Record<string, number>>;
  readonly source?: string;
}

export function isKnown(measured: Measured | number | undefined): measured is Known {
  return typeof measured === "object" && "value" in measured;
}

/** @param step such as `1h`; without one, the whole interval is one window */
export function performanceOf(
  model: string,
  interval: Interval,
  view: PerformanceView,
  step: string | undefined,
  signal?: AbortSignal,
): Promise<Performance> {
  const timezone = step && Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ask(model, "performance", { ...span(interval), ...parametersOf(view), step, timezone }, signal);
}

export function curvesOf(
  model: string,
  interval: Interval,
  { version, segment, time }: PerformanceView,
  oneClass: string | undefined,
  worth: Worth | undefined,
  signal?: AbortSignal,
): Promise<Curves> {
  const parameters = { ...span(interval), version, segment, time, class: oneClass, ...worth };
  return ask(model, "performance/curves", parameters, signal);
}

export function segmentsOf(
  model: string,
  interval: Interval,
  view: PerformanceView,
  by: string,
  measure: string,
  signal?: AbortSignal,
): Promise<Segments> {
  const parameters = { ...span(interval), by, measure, ...parametersOf(view), limit: 50 };
  return ask(model, "performance/segments", parameters, signal);
}

export function comparisonOf(
  model: string,
  interval: Interval,
  view: PerformanceView,
  version: string,
  against: string,
  signal?: AbortSignal,
): Promise<Comparison> {
  const parameters = { ...span(interval), ...parametersOf(view), version, against };
  return ask(model, "performance/comparison", parameters, signal);
}

export function changeOf(
  model: string,
  before: Interval,
  after: Interval,
  view: PerformanceView,
  measure: string,
  by: string,
  signal?: AbortSignal,
): Promise<Change> {
  const earlier = { before_start: iso(before.startMs), before_end: iso(before.endMs) };
  const parameters = { ...span(after), ...earlier, measure, by, ...parametersOf(view) };
  return ask(model, "performance/change", parameters, signal);
}

/** null where nothing is known of the model's training. */
export async function trainingOf(model: string, signal?: AbortSignal): Promise<Training | null> {
  try {
    return await ask<Training>(model, "training", {}, signal);
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) return null;
    throw failure;
  }
}

function parametersOf({ average, version, segment, time, minN, positive }: PerformanceView): Parameters {
  return { average, version, segment, time, min_n: minN, positive };
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

function span({ startMs, endMs }: Interval): Parameters {
  return { start: iso(startMs), end: iso(endMs) };
}

function ask<T>(model: string, what: string, parameters: Parameters, signal: AbortSignal | undefined): Promise<T> {
  const given = Object.entries(parameters).flatMap(([key, value]) =>
    value === undefined || value === "" ? [] : [[key, String(value)] as [string, string]],
  );
  const query = new URLSearchParams(given).toString();
  return call(`${modelPath(model)}/${what}${query && `?${query}`}`, { signal: signal ?? null });
}
