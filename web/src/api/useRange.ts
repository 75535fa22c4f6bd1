import { type Frame, frameOf } from "../charts/frame";
import type { ChartQuery } from "../charts/query";
import { aligned } from "../time/step";
import { type Answer, queryRange } from "./prometheus";
import { type Timed, useTimed } from "./useTimed";

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
