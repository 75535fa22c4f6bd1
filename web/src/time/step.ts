import type { Interval } from "./range";

const NICE_STEPS_S = [
  5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
];
const MAX_POINTS = 11_000;
const SCRAPE_S = 15;

/** Seconds between two points of a chart: about one for every three pixels, on a round number. */
export function stepSecondsFor({ startMs, endMs }: Interval, widthPx: number): number {
  const spanS = (endMs - startMs) / 1_000;
  const wanted = Math.max(spanS / Math.max(50, widthPx / 3), spanS / MAX_POINTS);
  return NICE_STEPS_S.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** The window for `rate`: never shorter than four scrapes, so that one missed scrape leaves no hole. */
export function rateWindow(stepSeconds: number): string {
  return `${Math.max(4 * SCRAPE_S, stepSeconds + SCRAPE_S)}s`;
}

/** The interval on multiples of the step, so that a refresh moves the window and not every point. */
export function aligned({ startMs, endMs }: Interval, stepSeconds: number): Interval {
  const stepMs = stepSeconds * 1_000;
  return { startMs: Math.ceil(startMs / stepMs) * stepMs, endMs: Math.floor(endMs / stepMs) * stepMs };
}
