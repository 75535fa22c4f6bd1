import { listPredictions, type Prediction } from "../../../api/models";
import type { Interval } from "../../../time/range";
import { isNarrow, matches, type RowFilter } from "./filter";

/** A page of a list, and how far one had to look for it. */
export interface FilteredPage {
  readonly predictions: readonly Prediction[];
  readonly cursor: string | null;
  /** How many predictions were looked at. */
  readonly looked: number;
  /** The time of the oldest of those; null where there was none. */
  readonly oldestMs: number | null;
}

const ENOUGH = 50;
const PAGE = 500;
const MOST_LOOKED = 5_000;

/**
 * The newest predictions that are as asked. The server's list knows times and versions only: for anything else
 * its pages are read until fifty are found, or five thousand were looked at. The cursor goes on from there.
 */
export async function readMatching(
  model: string,
  interval: Interval,
  filter: RowFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<FilteredPage> {
  const narrow = isNarrow(filter);
  const found: Prediction[] = [];
  let looked = 0;
  let oldestMs: number | null = null;
  let next = cursor;
  do {
    const options = { limit: narrow ? PAGE : ENOUGH, version: filter.version };
    const page = await listPredictions(model, interval, next, signal, options);
    found.push(...page.predictions.filter((one) => matches(one, filter)));
    looked += page.predictions.length;
    oldestMs = page.predictions.at(-1)?.timeMs ?? oldestMs;
    next = page.cursor;
  } while (next !== null && found.length < ENOUGH && looked < MOST_LOOKED);
  return { predictions: found, cursor: next, looked, oldestMs };
}
