import { isKnown, type SegmentRow, type Segments, segmentsOf } from "../../../api/performance";
import { type Timed, useTimed } from "../../../api/useTimed";
import { sidesOf } from "./usePerformance";
import { keyOf, useView } from "./view";

/** The segments of one feature, or of several together. */
export interface SplitSegments extends Segments {
  readonly by: string;
}

/**
 * Asks for the segments of each split; `by` is a name, or several with commas between. With a turn, of the time
 * since then.
 */
export function useSegments(
  model: string,
  measure: string,
  splits: readonly string[],
  turnMs: number | null = null,
): Timed<readonly SplitSegments[]> {
  const view = useView();
  const key = ["segments", model, measure, splits.join("\n"), turnMs ?? 0, ...keyOf(view)];
  return useTimed(
    key,
    (whole, signal) => {
      const [, interval] = sidesOf(whole, turnMs);
      return Promise.all(
        splits.map(async (by) => ({ by, ...(await segmentsOf(model, interval, view, by, measure, signal)) })),
      );
    },
    { enabled: splits.length > 0 },
  );
}

/** The rows of several splits in one list: the worst first, those without a value at the end. */
export function worstFirst(answers: readonly SplitSegments[], good: "high" | "low" | "zero"): readonly SegmentRow[] {
  const badness = ({ value }: SegmentRow): number => {
    if (!isKnown(value)) return Number.NEGATIVE_INFINITY;
    if (good === "zero") return Math.abs(value.value);
    return good === "high" ? -value.value : value.value;
  };
  return answers.flatMap(({ segments }) => segments).sort((a, b) => badness(b) - badness(a));
}

const PLAIN = /^[\p{L}\p{N}_.-]+$/u;

/** `country="ES",device="phone"`, as a segment is written everywhere. */
export function selectorOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${PLAIN.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`)
    .join(",");
}
