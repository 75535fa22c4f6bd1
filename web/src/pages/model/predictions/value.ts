import type { Json } from "../../../api/models";
import { significant } from "../../../format/numbers";

/** A value of a prediction as one line of text. */
export function inWords(value: Json): string {
  if (value === null) return "missing";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : significant(value);
  return JSON.stringify(value);
}

export type Agreement = "right" | "wrong" | "open";

/** Whether a class turned out right; open for numbers, where near may be good enough. */
export function agreement(prediction: Json, truth: { readonly value: Json } | null): Agreement {
  if (truth === null || typeof prediction === "number") return "open";
  return inWords(prediction) === inWords(truth.value) ? "right" : "wrong";
}

/** What a person typed, as the kind of value that the model answers with; null where it is not one. */
export function readAs(example: Json, text: string): Json {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (typeof example === "number") return Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
  if (typeof example === "boolean") return trimmed === "true" ? true : trimmed === "false" ? false : null;
  return trimmed;
}
