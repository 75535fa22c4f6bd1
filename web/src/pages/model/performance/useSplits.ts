import { listPredictions, type Prediction } from "../../../api/models";
import { useTimed } from "../../../api/useTimed";
import { inWords } from "../predictions/value";

const MOST_KINDS = 15;
const MOST_NAMES = 12;

/** Names of features and tags by which predictions can be split, as far as the newest show. */
export function useSplits(model: string): readonly string[] | undefined {
  const newest = useTimed(["splits", model], (interval, signal) => listPredictions(model, interval, null, signal));
  return newest.data && splitsOf(newest.data.predictions);
}

/**
 * Those with few different values, or with numbers, which the server puts into quarters. What is different in
 * every row, such as a text or an id, splits nothing.
 */
export function splitsOf(predictions: readonly Prediction[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  const numbers = new Set<string>();
  for (const { features, tags } of predictions) {
    for (const [name, value] of [...Object.entries(features), ...Object.entries(tags)]) {
      if (value === null || typeof value === "object") continue;
      if (typeof value === "number") numbers.add(name);
      values.set(name, (values.get(name) ?? new Set()).add(inWords(value)));
    }
  }
  const splits = [...values].filter(([name, kinds]) => {
    const repeated = kinds.size <= MOST_KINDS && kinds.size <= Math.max(2, predictions.length / 2);
    return kinds.size > 1 && (numbers.has(name) || repeated);
  });
  return splits
    .map(([name]) => name)
    .sort()
    .slice(0, MOST_NAMES);
}
