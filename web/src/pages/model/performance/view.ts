import type { Averaging, PerformanceView } from "../../../api/performance";
import type { Interval } from "../../../time/range";
import { parseDurationMs } from "../../../time/range";
import { type Search, useSearchState } from "../../../url/search";

export const AVERAGINGS: readonly Averaging[] = ["macro", "weighted", "micro", "binary", "clara"];

/** Said beside every measure that depends on it. */
export const AVERAGE_WORDS: Readonly<Record<Averaging, string>> = {
  macro: "macro",
  weighted: "weighted",
  micro: "micro",
  binary: "of the positive class",
  clara: "by CLARA's definitions",
};

/** How long windows may be; chosen so that about thirty fill the page's time. */
export const STEPS = ["1m", "5m", "15m", "1h", "6h", "1d", "7d"] as const;
const WINDOWS = 36;
const MOST_WINDOWS = 400;

/** The keys of the address that follow from tab to tab. */
export const VIEW_KEYS = ["average", "version", "segment", "by_time", "min_n", "positive", "step", "measure"] as const;

export function viewIn(search: Search): PerformanceView {
  const average = search["average"] as Averaging | undefined;
  const time = search["by_time"];
  const minN = Number(search["min_n"]);
  return {
    average: average && AVERAGINGS.includes(average) ? average : "macro",
    version: search["version"] || undefined,
    segment: search["segment"] || undefined,
    time: time === "truth" || time === "prediction" ? time : undefined,
    minN: Number.isInteger(minN) && minN > 0 ? minN : undefined,
    positive: search["positive"] || undefined,
  };
}

export function useView(): PerformanceView {
  return viewIn(useSearchState());
}

/** The length of windows: the address's, unless that would make too many of them; else a round one that fits. */
export function stepFor(wanted: string | undefined, { startMs, endMs }: Interval): string {
  const spanMs = endMs - startMs;
  const fits = (step: string) => spanMs / (parseDurationMs(step) ?? spanMs) <= MOST_WINDOWS;
  if (wanted && parseDurationMs(wanted) && fits(wanted)) return wanted;
  const enough = (step: string) => spanMs / (parseDurationMs(step) as number) <= WINDOWS;
  return STEPS.find(enough) ?? "7d";
}

/** What a view does not say by default: the part of a key that tells one question from another. */
export function keyOf({ average, version, segment, time, minN, positive }: PerformanceView): readonly unknown[] {
  return [average, version ?? "", segment ?? "", time ?? "", minN ?? 0, positive ?? ""];
}
