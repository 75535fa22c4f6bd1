import type { Prediction } from "../../../api/models";
import type { Search } from "../../../url/search";
import { agreement, inWords } from "./value";

export const OUTCOMES = ["right", "wrong", "without truth"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Which predictions are wanted; what is absent does not matter. */
export interface RowFilter {
  readonly predicted?: string | undefined;
  readonly truth?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly version?: string | undefined;
  /** Values of features and tags, all of which must be so. */
  readonly segment?: ReadonlyMap<string, string> | undefined;
}

export const FILTER_KEYS = ["predicted", "truth", "outcome", "version", "segment"] as const;

const PAIR = /\s*([^=,\s"]+|"(?:[^"\\]|\\.)*")\s*=\s*("(?:[^"\\]|\\.)*")\s*(?:,|$)/y;

/** What the address asks for. */
export function filterIn(search: Search): RowFilter {
  const outcome = OUTCOMES.find((one) => one === search["outcome"]);
  return {
    predicted: search["predicted"],
    truth: search["truth"],
    outcome,
    version: search["version"],
    segment: search["segment"] ? (parseSegment(search["segment"]) ?? undefined) : undefined,
  };
}

/** `country="ES",device="phone"` as its pairs; null where it is none of that shape. */
export function parseSegment(text: string): ReadonlyMap<string, string> | null {
  const pairs = new Map<string, string>();
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const match = PAIR.exec(text);
    if (!match) return null;
    try {
      const [, name = "", value = ""] = match;
      pairs.set(name.startsWith('"') ? (JSON.parse(name) as string) : name, JSON.parse(value) as string);
    } catch {
      return null;
    }
  }
  return pairs;
}

/** Whether anything is asked that the server's list does not answer by itself. */
export function isNarrow({ predicted, truth, outcome, segment }: RowFilter): boolean {
  return [predicted, truth, outcome, segment].some((one) => one !== undefined);
}

export function matches(prediction: Prediction, { predicted, truth, outcome, segment }: RowFilter): boolean {
  if (predicted !== undefined && inWords(prediction.prediction) !== predicted) return false;
  if (truth !== undefined && (!prediction.truth || inWords(prediction.truth.value) !== truth)) return false;
  if (outcome !== undefined && outcomeOf(prediction) !== outcome) return false;
  return [...(segment ?? [])].every(([name, value]) => isIn(prediction, name, value));
}

function outcomeOf({ prediction, truth }: Prediction): Outcome | "open" {
  return truth === null ? "without truth" : agreement(prediction, truth);
}

/** A tag or a feature has this value; of a number, that it lies where the segment's name says. */
function isIn({ features, tags }: Prediction, name: string, value: string): boolean {
  const own = features[name] ?? tags[name] ?? null;
  if (typeof own === "number") return numberIsIn(own, value);
  return inWords(own) === value;
}

const RANGE = /^([[(])\s*(-?[\d.e+-]+|-∞|-Inf)\s*,\s*(-?[\d.e+-]+|∞|\+?Inf)\s*([\])])$/;

/** `[1, 5)`, or the number itself. */
function numberIsIn(own: number, text: string): boolean {
  const match = RANGE.exec(text);
  if (!match) return String(own) === text || Number(text) === own;
  const [, open, low = "", high = "", close] = match;
  const from = /∞|Inf/.test(low) ? Number.NEGATIVE_INFINITY : Number(low);
  const to = /∞|Inf/.test(high) ? Number.POSITIVE_INFINITY : Number(high);
  return (open === "[" ? own >= from : own > from) && (close === "]" ? own <= to : own < to);
}
