import type { Definition } from "../../../api/monitors";

export type Kind = keyof typeof KINDS;

/** What is typed into the form, by key. */
export type Fields = Readonly<Record<string, string>>;

type Field = readonly [key: string, label: string, placeholder: string];

const DIRECTION: Field = ["direction", "Direction", "up, down or both"];

/** The kinds of monitors, and what each needs to know. */
export const KINDS = {
  fixed: {
    title: "fixed limits",
    fields: [
      ["lower", "Lower limit", "0.7"],
      ["upper", "Upper limit", "0.1"],
    ],
  },
  change: {
    title: "change against earlier windows",
    fields: [["by", "By, as a share", "0.2"], DIRECTION, ["windows", "Earlier windows", "1"]],
  },
  deviation: {
    title: "standard deviations",
    fields: [["factor", "Deviations", "3"], DIRECTION, ["windows", "Earlier windows", "14"]],
  },
  percentile: {
    title: "percentiles of earlier windows",
    fields: [["outside", "Share beyond a limit", "0.05"], DIRECTION, ["windows", "Earlier windows", "30"]],
  },
  seasonal: {
    title: "seasonal",
    fields: [
      ["period", "Period", "7d"],
      ["factor", "Deviations", "3"],
      ["windows", "Earlier periods", "4"],
    ],
  },
  drift: {
    title: "drift",
    fields: [
      ["method", "Method", "of the feature"],
      ["threshold", "Threshold", "of the method"],
      ["reference", "Reference", "previous, same_weekday or a name"],
    ],
  },
  list: {
    title: "list of words",
    fields: [
      ["expected", "Expected words", "web, app"],
      ["unexpected", "Or unexpected words", "n/a"],
      ["max_share", "Share of others", "0"],
    ],
  },
  monotonic: { title: "only rising or falling", fields: [["direction", "Direction", "increasing or decreasing"]] },
  stream: {
    title: "detector of a stream",
    fields: [["detector", "Detector", "adwin, page_hinkley, hddm_a, hddm_w, kswin, ddm, eddm"]],
  },
  conjunction: { title: "all of other monitors", fields: [["of", "Monitors", "one, other"]] },
  disjunction: { title: "any of other monitors", fields: [["of", "Monitors", "one, other"]] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly fields: readonly Field[] }>>;

/** Some measures that can be looked at; there are more. */
export const MEASURES = [
  "accuracy",
  "precision",
  "recall",
  "f1",
  "roc_auc",
  "mae",
  "rmse",
  "estimated_accuracy",
  "estimate_error_accuracy",
  "drift",
  "domain_auc",
  "reconstruction_error",
  "missing",
  "unique",
  "mean",
  "deviation",
  "min",
  "max",
  "median",
  "p95",
  "range",
  "outliers",
  "isolation",
  "unseen",
  "values",
  "rows",
  "rows_per_hour",
  "freshness",
  "labelled_ratio",
] as const;

const NUMBERS = ["lower", "upper", "by", "factor", "outside", "windows", "threshold", "max_share", "min_n"];
const LISTS = ["expected", "unexpected", "of"];
const OF_ALL = ["measure", "feature", "window", "segment", "min_n", "severity"];

/** What the form starts with. */
export function fieldsOf(definition: Definition | undefined): Fields {
  if (!definition) return { kind: "fixed" };
  return Object.fromEntries(
    Object.entries(definition).map(([key, value]) => [key, Array.isArray(value) ? value.join(", ") : String(value)]),
  );
}

/** The definition to send; what the form does not show stays as it was. */
export function definitionOf(fields: Fields, before: Definition | undefined): Definition {
  const kind = (fields["kind"] ?? "fixed") as Kind;
  const shown = [...OF_ALL, ...KINDS[kind].fields.map(([key]) => key)];
  const ofAnyKind = new Set<string>(Object.values(KINDS).flatMap(({ fields }) => fields.map(([key]) => key)));
  const hidden = Object.entries(before ?? {}).filter(([key]) => !ofAnyKind.has(key) && !shown.includes(key));
  const typed = shown.flatMap((key) => {
    const text = fields[key]?.trim() ?? "";
    return text === "" ? [] : [[key, readAs(key, text)] as const];
  });
  return { ...Object.fromEntries(hidden), ...Object.fromEntries(typed), kind };
}

function readAs(key: string, text: string): unknown {
  if (LISTS.includes(key)) return text.split(",").map((word) => word.trim());
  const number = Number(text);
  return NUMBERS.includes(key) && Number.isFinite(number) ? number : text;
}
