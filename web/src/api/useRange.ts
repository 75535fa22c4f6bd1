import { type Frame, frameOf } from "../charts/frame";
import { aligned } from "../time/step";
import { type Answer, queryRange } from "./prometheus";
import { type Timed, useTimed } from "./useTimed";

/** One query of a chart. */
export interface ChartQuery {
  readonly expr: string;
  /** The name of a series in the legend: fixed, or made from its labels; without one, the labels are the name. */
  readonly name?: string | ((labels: Readonly<Record<string, string>>) => string);
  /** A colour with a meaning; without one the name's hash chooses. */
  readonly colour?: string | ((labels: Readonly<Record<string, string>>) => string | undefined);
}

export interface RangeAnswer {
  readonly frame: Frame;
  readonly notes: readonly string[];
}

/** Asks all queries of one chart over the page's time. */
export function useRange(queries: readonly ChartQuery[], stepS: number, enabled = true): Timed<RangeAnswer> {
  return useTimed(
    ["range", ...queries.map(({ expr }) => expr)],
    async (interval, signal) => {
      const window = aligned(interval, stepS);
      const answers = await Promise.all(queries.map(({ expr }) => queryRange(expr, window, stepS, signal)));
      const parts = answers.map(({ data }, index) => ({ query: queries[index] as ChartQuery, series: data.result }));
      return { frame: frameOf(parts, window, stepS), notes: notesOf(answers) };
    },
    { resolution: stepS, enabled },
  );
}

/** Warnings and infos of all answers, each once. */
export function notesOf(answers: readonly Answer[]): readonly string[] {
  return [...new Set(answers.flatMap(({ warnings, infos }) => [...warnings, ...infos]))];
}
