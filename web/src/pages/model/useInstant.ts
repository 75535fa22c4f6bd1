import { type Labels, queryInstant } from "../../api/prometheus";
import { type Timed, useTimed } from "../../api/useTimed";
import { parseValue } from "../../charts/frame";
import type { Interval } from "../../time/range";

export interface Counted {
  readonly labels: Labels;
  readonly value: number;
}

/** A vector at the end of the page's time, for a query that may look back over all of it. */
export function useInstant(name: string, exprFor: (window: string) => string): Timed<readonly Counted[]> {
  return useTimed(["instant", name, exprFor("")], async (interval, signal) => {
    const { data } = await queryInstant(exprFor(windowOf(interval)), interval.endMs, signal);
    if (data.resultType !== "vector") return [];
    return data.result.map(({ metric, value }) => ({ labels: metric, value: parseValue(value?.[1] ?? "NaN") }));
  });
}

function windowOf({ startMs, endMs }: Interval): string {
  return `${Math.max(60, Math.round((endMs - startMs) / 1_000))}s`;
}
