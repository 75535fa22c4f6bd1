import type { Interval } from "../time/range";
import { call } from "./client";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Model {
  readonly name: string;
  readonly task: string | null;
  readonly versions: readonly string[];
  readonly lastPredictionMs: number | null;
  readonly predictions: number;
  readonly labelled: number;
}

/** One scored case, with what turned out to be true once that is known. */
export interface Prediction {
  readonly id: string;
  readonly timeMs: number;
  readonly version: string;
  readonly features: Readonly<Record<string, Json>>;
  readonly prediction: Json;
  readonly confidence: number | null;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly latencyMs: number | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly truth: { readonly value: Json; readonly timeMs: number | null } | null;
}

export interface PredictionPage {
  readonly predictions: readonly Prediction[];
  readonly cursor: string | null;
  /** How many predictions were looked at. */
  readonly looked: number;
  /** The time of the last of those; null where there was none. */
  readonly lookedToMs: number | null;
}

/** Which predictions are listed, and how many. */
export interface ListOptions {
  readonly limit?: number;
  readonly version?: string | undefined;
  /** In the language of the server's lists. */
  readonly filter?: string | null;
}

export interface TruthReceipt {
  readonly joined: number;
  readonly waiting: number;
  readonly corrected: number;
  readonly rejected: readonly { readonly index: number; readonly error: string }[];
}

type Raw = Record<string, Json | undefined>;

interface RawPage {
  readonly predictions: readonly Raw[];
  readonly cursor?: string | null;
  readonly looked?: number;
  readonly looked_to?: string;
}

export async function listModels(signal?: AbortSignal): Promise<readonly Model[]> {
  const { models } = await call<{ models: readonly Raw[] }>("api/models/v1", { signal: signal ?? null });
  return models.map(readModel);
}

export async function listPredictions(
  model: string,
  { startMs, endMs }: Interval,
  cursor: string | null,
  signal?: AbortSignal,
  { limit = 50, version, filter = null }: ListOptions = {},
): Promise<PredictionPage> {
  const parameters = new URLSearchParams({ start: iso(startMs), end: iso(endMs), order: "desc", limit: String(limit) });
  if (version !== undefined) parameters.set("version", version);
  if (filter !== null) parameters.set("filter", filter);
  if (cursor !== null) parameters.set("cursor", cursor);
  const path = `${modelPath(model)}/predictions?${parameters}`;
  const page = await call<RawPage>(path, { signal: signal ?? null });
  const predictions = page.predictions.map(readPrediction);
  return {
    predictions,
    cursor: page.cursor ?? null,
    looked: page.looked ?? predictions.length,
    lookedToMs: readTime(page.looked_to) ?? predictions.at(-1)?.timeMs ?? null,
  };
}

/** One prediction by its id, wherever in time it is. */
export async function findPrediction(model: string, id: string, signal?: AbortSignal): Promise<Prediction> {
  const path = `${modelPath(model)}/predictions/${encodeURIComponent(id)}`;
  return readPrediction(await call<Raw>(path, { signal: signal ?? null }));
}

export function setGroundTruth(model: string, id: string, value: Json): Promise<TruthReceipt> {
  return call(`${modelPath(model)}/ground-truth`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id, value }),
  });
}

export function modelPath(model: string): string {
  return `api/models/v1/${encodeURIComponent(model)}`;
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function readModel(raw: Raw): Model {
  return {
    name: String(raw["name"]),
    task: typeof raw["task"] === "string" ? raw["task"] : null,
    versions: (raw["versions"] as readonly string[] | undefined) ?? [],
    lastPredictionMs: readTime(raw["last_prediction"]),
    predictions: Number(raw["predictions"] ?? 0),
    labelled: Number(raw["labelled"] ?? 0),
  };
}

/** Reads what the server sends for one prediction; exported for its test. */
export function readPrediction(raw: Raw): Prediction {
  return {
    id: String(raw["id"]),
    timeMs: readTime(raw["time"]) ?? Number.NaN,
    version: String(raw["version"] ?? ""),
    features: (raw["features"] as Record<string, Json> | undefined) ?? {},
    prediction: raw["prediction"] ?? null,
    confidence: typeof raw["confidence"] === "number" ? raw["confidence"] : null,
    probabilities: (raw["probabilities"] as Record<string, number> | undefined) ?? {},
    latencyMs: typeof raw["latency_ms"] === "number" ? raw["latency_ms"] : null,
    tags: (raw["tags"] as Record<string, string> | undefined) ?? {},
    truth: readTruth(raw["ground_truth"]),
  };
}

function readTruth(raw: Json | undefined): Prediction["truth"] {
  if (raw === undefined || raw === null) return null;
  const fields = raw as Raw;
  return { value: fields["value"] ?? null, timeMs: readTime(fields["time"]) };
}

/** A time as the API writes it: RFC 3339 or epoch milliseconds. */
function readTime(raw: Json | undefined): number | null {
  if (typeof raw === "number") return raw;
  const ms = typeof raw === "string" ? Date.parse(raw) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
