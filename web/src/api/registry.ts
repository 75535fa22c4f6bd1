import type { Interval } from "../time/range";
import { call, send } from "./client";
import { modelPath } from "./models";

export const STAGES = ["None", "Staging", "Production", "Archived"] as const;
export type Stage = (typeof STAGES)[number];

/** Something that happened to a model: a mark on its charts. */
export interface ModelEvent {
  readonly number: number;
  readonly model: string;
  readonly version?: string;
  readonly kind: string;
  readonly text?: string;
  /** RFC 3339 */
  readonly time: string;
  readonly by?: string;
}

export interface VersionCard {
  readonly version: string;
  readonly stage: Stage;
  readonly aliases?: readonly string[];
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly first_prediction?: string;
  readonly run?: string;
  readonly mlflow?: object;
}

/** What is said of a model. */
export interface ModelCard {
  readonly name: string;
  readonly owner?: string;
  readonly description?: string;
  readonly versions: readonly VersionCard[];
  readonly mlflow?: { readonly tracking_uri: string; readonly state: string; readonly error?: string };
}

export interface FieldSpec {
  readonly type?: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
}

export interface SchemaFeature {
  readonly name: string;
  readonly present?: number;
  readonly inferred?: FieldSpec;
  readonly edited?: FieldSpec;
}

export interface Schema {
  readonly rows: number;
  readonly features: readonly SchemaFeature[];
}

export function cardOf(model: string, signal: AbortSignal): Promise<ModelCard> {
  return call(modelPath(model), { signal });
}

export function editCard(model: string, said: { owner?: string; description?: string }): Promise<ModelCard> {
  return sent("PATCH", modelPath(model), said);
}

export function editVersion(model: string, version: string, said: { stage?: Stage }): Promise<ModelCard> {
  return sent("PATCH", `${modelPath(model)}/versions/${encodeURIComponent(version)}`, said);
}

export function schemaOf(model: string, signal: AbortSignal): Promise<Schema> {
  return call(`${modelPath(model)}/schema`, { signal });
}

/** Takes the place of everything that was said before. */
export function editSchema(model: string, features: Readonly<Record<string, FieldSpec>>): Promise<Schema> {
  return sent("PUT", `${modelPath(model)}/schema`, { features });
}

export async function eventsOf(
  model: string,
  interval: Interval | null,
  signal: AbortSignal,
): Promise<readonly ModelEvent[]> {
  const range = interval ? `?start=${Math.floor(interval.startMs)}&end=${Math.ceil(interval.endMs)}` : "";
  const answer = await call<{ events: readonly ModelEvent[] }>(`${modelPath(model)}/events${range}`, { signal });
  return answer.events;
}

export function addEvent(model: string, event: { kind: string; version?: string; text?: string }): Promise<ModelEvent> {
  return sent("POST", `${modelPath(model)}/events`, event);
}

/** The answer has no body. */
export async function deleteEvent(model: string, number: number): Promise<void> {
  const response = await send(`${modelPath(model)}/events/${number}`, { method: "DELETE" });
  if (!response.ok) throw new Error(`The server answered with status ${response.status}.`);
}

function sent<T>(method: string, path: string, body: unknown): Promise<T> {
  return call(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}
