import { isKnown, type Measured, type Missing } from "../../../api/performance";
import { formatCount, significant } from "../../../format/numbers";

/** What a measure is called, how it is written, and which way it is good. */
export interface MeasureFacts {
  readonly key: string;
  readonly name: string;
  /** A share is written in per cent, and its changes in points. */
  readonly share: boolean;
  readonly good: "high" | "low" | "zero";
  /** Whether it depends on how classes are averaged. */
  readonly averaged: boolean;
  /** What it says, for those who do not have it at hand. */
  readonly meaning: string;
}

type Row = readonly [key: string, name: string, kind: "share" | "number", good: MeasureFacts["good"], meaning: string];

const CLASSIFICATION: readonly Row[] = [
  ["accuracy", "Accuracy", "share", "high", "of all predictions, those that were right"],
  ["precision", "Precision", "share", "high", "of those predicted as a class, those that were it"],
  ["recall", "Recall", "share", "high", "of those that were a class, those predicted as it"],
  ["f1", "F1", "share", "high", "the harmonic mean of precision and recall"],
  ["balanced_accuracy", "Balanced accuracy", "share", "high", "the mean recall of the classes"],
  ["specificity", "Specificity", "share", "high", "of those that were not a class, those not predicted as it"],
  ["f2", "F2", "share", "high", "as F1, with recall weighing more"],
  ["f_beta", "F-beta", "share", "high", "as F1, with recall weighing beta times as much"],
  ["jaccard", "Jaccard", "share", "high", "of those predicted as or being a class, those that were both"],
  ["hamming_loss", "Hamming loss", "share", "low", "of all predictions, those that were wrong"],
  ["mcc", "MCC", "number", "high", "Matthews's correlation of truth and prediction, −1 to 1"],
  ["kappa", "Cohen's kappa", "number", "high", "agreement beyond what chance gives, up to 1"],
  [
    "roc_auc",
    "ROC AUC",
    "number",
    "high",
    "the chance that a true case scores above one that is not; of several classes, each against the rest",
  ],
  ["roc_auc_ovo", "ROC AUC, one against one", "number", "high", "the mean area of all pairs of classes"],
  ["average_precision", "Average precision", "number", "high", "the area below precision over recall"],
  ["log_loss", "Log loss", "number", "low", "how surprised the probabilities were by the truth, in nats"],
  ["brier", "Brier score", "number", "low", "the mean squared error of the probabilities"],
  ["ece", "Calibration error", "share", "low", "how far confidence is from the share that was right, on average"],
  ["mce", "Largest calibration error", "share", "low", "the same in the bin where it is largest"],
];

const REGRESSION: readonly Row[] = [
  ["mae", "MAE", "number", "low", "the mean size of the error"],
  ["rmse", "RMSE", "number", "low", "the root of the mean squared error"],
  ["r2", "R²", "number", "high", "the share of the spread that is explained, up to 1"],
  ["me", "Mean error", "number", "zero", "prediction minus truth: where the model leans"],
  ["mape", "MAPE", "share", "low", "the mean size of the error as a share of the truth"],
  ["smape", "sMAPE", "share", "low", "the mean of 2 |error| / (|truth| + |prediction|)"],
  ["median_ae", "Median error", "number", "low", "half of the errors are smaller"],
  ["mse", "MSE", "number", "low", "the mean squared error"],
  ["msle", "MSLE", "number", "low", "the mean squared error of logarithms"],
  ["explained_variance", "Explained variance", "number", "high", "as R², whatever the model's lean"],
  ["max_error", "Largest error", "number", "low", "the largest of all"],
  ["pinball", "Pinball loss", "number", "low", "the error of a quantile"],
  ["poisson_deviance", "Poisson deviance", "number", "low", "for counts"],
  ["gamma_deviance", "Gamma deviance", "number", "low", "for positive amounts"],
  ["tweedie_deviance", "Tweedie deviance", "number", "low", "for amounts that are often zero"],
];

/** Measures of the first k places, by the word in front of `_k`. */
const CUT: readonly Row[] = [
  [
    "ndcg",
    "NDCG",
    "number",
    "high",
    "the gain of relevant items, later places counting less, as a share of the best order",
  ],
  ["map", "MAP", "number", "high", "the mean precision at the places of relevant items"],
  ["hit_rate", "Hit rate", "share", "high", "lists that have a relevant item"],
  ["precision", "Precision", "share", "high", "of the places, those with a relevant item"],
  ["recall", "Recall", "share", "high", "of the relevant items, those in the list"],
  ["top", "Top", "share", "high", "the truth was one of the likeliest classes"],
];

const RANKING: readonly Row[] = [
  ["mrr", "MRR", "number", "high", "the mean of one over the place of the first relevant item"],
];

const GENERATION: readonly Row[] = [
  ["latency_ms", "Latency, ms", "number", "low", "how long an answer took, on average"],
  ["completion_tokens", "Tokens of answers", "number", "low", "on average, as the model's server counts them"],
  ["prompt_tokens", "Tokens of prompts", "number", "low", "on average, as the model's server counts them"],
  ["characters", "Characters of answers", "number", "low", "on average"],
];

const AVERAGED = new Set(["precision", "recall", "f1", "specificity", "f2", "f_beta", "jaccard"]);
const KNOWN: ReadonlyMap<string, MeasureFacts> = new Map(
  [...CLASSIFICATION, ...REGRESSION, ...RANKING, ...GENERATION].map(([key, name, kind, good, meaning]) => [
    key,
    { key, name, share: kind === "share", good, averaged: AVERAGED.has(key), meaning },
  ]),
);

/** A measure that this page has not heard of is a number under its own name. */
export function factsOf(key: string): MeasureFacts {
  return (
    KNOWN.get(key) ??
    cutOf(key) ?? { key, name: key.replaceAll("_", " "), share: false, good: "high", averaged: false, meaning: "" }
  );
}

/** `ndcg_10` is NDCG of the first ten places. */
function cutOf(key: string): MeasureFacts | undefined {
  const [, word, k] = /^(.*)_(\d+)$/.exec(key) ?? [];
  const row = CUT.find(([of]) => of === word);
  if (!row || k === undefined) return undefined;
  const [, name, kind, good, meaning] = row;
  return {
    key,
    name: word === "top" ? `Top ${k}` : `${name} at ${k}`,
    share: kind === "share",
    good,
    averaged: false,
    meaning: `${meaning}; of the first ${k}`,
  };
}

/** Whether a value is on the good side of another; of a mean error, whether it is nearer to zero. */
export function isBetter(value: number, other: number, { good }: Pick<MeasureFacts, "good">): boolean {
  if (good === "zero") return Math.abs(value) < Math.abs(other);
  return good === "high" ? value > other : value < other;
}

/** Whether a single prediction is right or wrong by this measure, so that the wrong ones can be listed. */
export function hasWrongRows({ key, share }: MeasureFacts): boolean {
  return share && CLASSIFICATION.some(([of]) => of === key);
}

const COLOURS: Readonly<Record<string, string>> = {
  accuracy: "var(--series-1)",
  precision: "var(--series-3)",
  recall: "var(--series-4)",
  f1: "var(--series-5)",
  mrr: "var(--series-3)",
  latency_ms: "var(--series-1)",
  completion_tokens: "var(--series-3)",
  prompt_tokens: "var(--series-4)",
  mae: "var(--series-1)",
  rmse: "var(--series-4)",
  r2: "var(--series-3)",
};

/** One colour for a measure, wherever it is drawn. */
export function colourOf(key: string): string {
  return COLOURS[key] ?? (key.startsWith("ndcg_") ? "var(--series-1)" : "var(--series-6)");
}

/** The four that stand in front, the first of them for the whole. */
export function headlines(task: string | undefined, given: Iterable<string> = []): readonly string[] {
  switch (task) {
    case "regression":
      return ["mae", "rmse", "r2", "me"];
    case "generation":
      return ["latency_ms", "completion_tokens", "prompt_tokens"];
    case "ranking": {
      const k = mostPlaces(given);
      return [`ndcg_${k}`, "mrr", `hit_rate_${k}`, `recall_${k}`];
    }
    default:
      return ["accuracy", "precision", "recall", "f1"];
  }
}

/** The largest k of the measures that an answer has. */
function mostPlaces(given: Iterable<string>): number {
  const places = [...given].map((key) => Number(/^ndcg_(\d+)$/.exec(key)?.[1] ?? 0));
  return Math.max(0, ...places) || 10;
}

/** Of what is not known yet, classes are usual. */
export function hasClasses(task: string | null | undefined): boolean {
  return !task || task === "classification";
}

/** The names of the measures in some windows. */
export function keysIn(windows: readonly { readonly measures: object }[] | undefined): readonly string[] {
  return [...new Set((windows ?? []).flatMap(({ measures }) => Object.keys(measures)))];
}

/** Of the measures that an answer has, those that are no headline, in the order of this file. */
export function others(task: string | undefined, given: Iterable<string>): readonly string[] {
  const keys = [...new Set(given)];
  const first = new Set(headlines(task, keys));
  const order = [...KNOWN.keys()];
  const place = (key: string) => (KNOWN.has(key) ? order.indexOf(key) : order.length);
  return keys.filter((key) => !first.has(key)).sort((a, b) => place(a) - place(b));
}

/** `91.4 %` or `0.873`. A share that is not quite 1 is never written as 100 %. */
export function formatMeasure(value: number, { share }: Pick<MeasureFacts, "share">): string {
  if (!share) return number(value);
  const percent = value * 100;
  for (const digits of [1, 2, 3]) {
    const text = percent.toFixed(digits);
    const rounded = Number(text);
    if ((rounded !== 100 || value === 1) && (rounded !== 0 || value === 0)) return `${text} %`;
  }
  return `${percent} %`;
}

/** A difference with its sign: `−3.2 points`, `+0.041`. */
export function formatDifference(difference: number, { share }: Pick<MeasureFacts, "share">): string {
  const size = Math.abs(difference);
  const text = share ? `${(size * 100).toFixed(1)} points` : number(size);
  return /[1-9]/.test(text) ? `${difference < 0 ? "−" : "+"}${text}` : text;
}

/** `90.1 to 92.6 %`; nothing where no interval is defined. */
export function formatInterval(measured: Measured | number | undefined, facts: Pick<MeasureFacts, "share">): string {
  if (!isKnown(measured) || measured.low === undefined || measured.high === undefined) return "";
  const high = formatMeasure(measured.high, facts);
  return `${formatMeasure(measured.low, facts).replace(/ %$/, "")} to ${high}`;
}

/** Why there is no value, in words. */
export function reasonOf(measured: Measured | undefined): string {
  if (measured === undefined) return "no data";
  if (isKnown(measured)) return "";
  const { state, reason, n } = measured as Missing;
  const words = { not_enough: "not enough data", undefined: "undefined", unavailable: "not available" }[state] ?? state;
  const why = reason ?? (n === undefined ? "" : `${formatCount(n)} rows`);
  return why ? `${words}: ${why}` : words;
}

export function shortReason(measured: Measured | undefined): string {
  return reasonOf(measured).split(":")[0] ?? "";
}

/** Three decimals for scores around one, three figures for what is larger or very small. */
export function number(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 1_000) return `${sign}${formatCount(size)}`;
  return size < 10 && (size >= 0.001 || size === 0) ? `${sign}${size.toFixed(3)}` : significant(value);
}
