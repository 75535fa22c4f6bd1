import type { Search } from "../../../url/search";

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

/** What the server's list is asked for, in its language; null where it need not look at what is in rows. */
export function filterText({ predicted, truth, outcome, segment }: RowFilter): string | null {
  const terms = [
    ...(predicted === undefined ? [] : [`prediction = ${quoted(predicted)}`]),
    ...(truth === undefined ? [] : [`truth = ${quoted(truth)}`]),
    ...(outcome === undefined ? [] : [OUTCOME_TERMS[outcome]]),
    ...[...(segment ?? [])].map(([name, value]) => segmentTerm(quoted(name), value)),
  ];
  return terms.length === 0 ? null : terms.join(" and ");
}

const OUTCOME_TERMS: Readonly<Record<Outcome, string>> = {
  right: "truth = prediction",
  wrong: "truth != prediction",
  "without truth": "not has(truth)",
};

/** A feature has this value, or a tag where there is no such feature; of a number, it lies where the segment's name says. */
function segmentTerm(name: string, value: string): string {
  const absent = `not has(feature.${name})`;
  if (value === "missing") return `${absent} and not has(tag.${name})`;
  const is = `= ${quoted(value)}`;
  const range = rangeTerm(`feature.${name}`, value);
  return `(feature.${name} ${is} or ${absent} and tag.${name} ${is}${range ? ` or ${range}` : ""})`;
}

const RANGE = /^([[(])\s*(-?[\d.e+-]+|-∞|-Inf)\s*,\s*(-?[\d.e+-]+|∞|\+?Inf)\s*([\])])$/;

/** `[1, 5)` as comparisons; null where it is no range. */
function rangeTerm(place: string, text: string): string | null {
  const match = RANGE.exec(text);
  if (!match) return null;
  const [, open, low = "", high = "", close] = match;
  const from = /∞|Inf/.test(low) ? [] : [`${place} ${open === "[" ? ">=" : ">"} ${low}`];
  const to = /∞|Inf/.test(high) ? [] : [`${place} ${close === "]" ? "<=" : "<"} ${high}`];
  const bounds = [...from, ...to];
  return bounds.length === 0 ? `has(${place})` : bounds.join(" and ");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
