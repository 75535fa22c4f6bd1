import type { Check, FeatureDrift, Numbers } from "../../../api/drift";
import { formatCount, significant } from "../../../format/numbers";
import type { Interval } from "../../../time/range";
import type { Status } from "../../../ui/StatusMark";

/** What a verdict is called, and how it is marked: only what is more than chance is bad. */
export function verdictOf(feature: FeatureDrift): { readonly status: Status; readonly text: string } {
  if (feature.drifted) return { status: "error", text: "drifted" };
  switch (feature.verdict) {
    case "drifted":
      return { status: "warn", text: feature.beyond_chance === false ? "may be chance" : "moved" };
    case "watch":
      return { status: "warn", text: "worth a look" };
    case "stable":
      return { status: "ok", text: "stable" };
    case "not_enough":
      return { status: "none", text: "not enough data" };
    case "not_applicable":
      return { status: "none", text: "not comparable" };
  }
}

const SIDES = { above: ">", at_least: "≥", below: "<", at_most: "≤" } as const;

/** `psi 0.31, drift ≥ 0.1`. */
export function scoreOf({ method, score, threshold, drifts }: FeatureDrift): string {
  if (score === undefined) return "–";
  const limit = threshold === undefined || !drifts ? "" : `, drift ${SIDES[drifts]} ${significant(threshold)}`;
  return `${method} ${significant(score)}${limit}`;
}

/** What the number of rows, the bins and the like were. */
export function detailsOf(feature: FeatureDrift): string {
  const rows =
    feature.n_reference === undefined || feature.n_current === undefined
      ? []
      : [`n ${formatCount(feature.n_reference)} and ${formatCount(feature.n_current)}`];
  const chance = feature.chance === undefined ? [] : [`by chance: p = ${significant(feature.chance)}`];
  const sketch = feature.source_of_numbers === "sketch" ? ["from sketches"] : [];
  const sample = feature.source_of_numbers === "sample" ? ["from a sample of rows"] : [];
  return [feature.reason, feature.variant, ...rows, ...chance, ...sketch, ...sample].filter(Boolean).join("; ");
}

const ASPECTS = {
  input: "",
  output: "what the model answers",
  confidence: "how sure it is",
  truth: "what turned out to be true",
  error: "right or wrong, or by how much",
} as const;

export function aspectOf({ aspect, source }: FeatureDrift): string {
  return source ? `of ${source}` : ASPECTS[aspect];
}

/** Longer windows are read from profiles, unless somebody asks for every row. */
const LONGEST_EXACT_MS = 86_400_000;

/** Where drift is read from: what the address says, else by the length of the page's time. Segments need rows. */
export function numbersOf(
  named: string | undefined,
  { startMs, endMs }: Interval,
  segment: string | undefined,
): Numbers {
  if (named === "rows" || named === "sketch") return named;
  return endMs - startMs > LONGEST_EXACT_MS && !segment ? "sketch" : "rows";
}

const SHORTEST_REST_MS = 10_000;

/** How long an answer about all rows of a time stays: a hundredth of that time, so that a page costs little. */
export function restOf({ startMs, endMs }: Interval): number {
  return Math.max(SHORTEST_REST_MS, (endMs - startMs) / 100);
}

export function checkStatus({ state }: Check): Status {
  return state === "broken" ? "error" : state === "watch" ? "warn" : "ok";
}
