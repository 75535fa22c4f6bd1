import { isKnown, type Measured, type PerformanceWindow } from "../../../api/performance";
import type { TooltipText } from "../../../charts/ChartTooltip";
import type { Extras } from "../../../charts/extras";
import type { Frame } from "../../../charts/frame";
import { formatCount } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import type { Interval } from "../../../time/range";
import { factsOf, formatInterval, formatMeasure, reasonOf } from "./measures";

/** A chart of one measure over windows: its line, its interval, and how many predictions stand behind it. */
export interface MeasurePicture {
  readonly frame: Frame;
  readonly extras: Extras;
  readonly textAt: (index: number) => TooltipText;
}

/**
 * Windows as a picture. A window without a value is a gap; one that is carried is no measurement, and drawn as
 * a dashed line from the last that was. Bars below count predictions, in front those whose truth is known.
 */
export function pictureOf(
  windows: readonly PerformanceWindow[],
  measure: string,
  interval: Interval,
  colour: string,
  mark: Extras["mark"] = null,
): MeasurePicture {
  const facts = factsOf(measure);
  const measured = windows.map((window) => window.measures[measure]);
  const own = measured.map((one, index) => (windows[index]?.carried ? undefined : one));
  const frame: Frame = {
    interval,
    stepS: windows[0] ? (windows[0].end - windows[0].start) / 1_000 : 60,
    timesS: windows.map(({ start, end }) => (start + end) / 2_000),
    series: [{ name: facts.name, labels: {}, colour, values: own.map(knownValue) }],
  };
  const carried = carriedColumn(windows, measured);
  const extras: Extras = {
    range: rangeOf(own),
    bands: [{ low: own.map((one) => endOf(one, "low")), high: own.map((one) => endOf(one, "high")) }],
    ...(carried ? { dashed: [carried] } : {}),
    bars: [
      { values: windows.map(({ n }) => n), strength: 0.2 },
      { values: windows.map(({ labelled }) => labelled), strength: 0.5 },
    ],
    mark,
  };
  return { frame, extras, textAt: (index) => textOf(windows[index], measure, colour) };
}

function textOf(window: PerformanceWindow | undefined, measure: string, colour: string): TooltipText {
  if (!window) return { title: "", lines: [] };
  const facts = factsOf(measure);
  const measured = window.measures[measure];
  const interval = formatInterval(measured, facts);
  const value = isKnown(measured) ? formatMeasure(measured.value, facts) : reasonOf(measured);
  return {
    title: formatSpan(window.start, window.end),
    lines: [
      { name: window.carried ? `${facts.name}, carried from before` : facts.name, value, colour },
      ...(interval ? [{ name: "95 % interval", value: interval }] : []),
      ...(window.partial ? [{ name: "only a part of this window", value: "" }] : []),
      { name: "predictions", value: formatCount(window.n) },
      { name: "with truth", value: formatCount(window.labelled) },
    ],
  };
}

/**
 * What the axis must show: every value, and as much of the intervals as is usual. One window with few rows, whose
 * interval spans half of the axis, would else press all others flat; its interval then leaves the picture.
 */
function rangeOf(measured: readonly (Measured | undefined)[]): NonNullable<Extras["range"]> | null {
  const known = measured.filter(isKnown);
  if (known.length === 0) return null;
  const halves = known.map(({ value, low = value, high = value }) => Math.max(high - value, value - low));
  const usual = halves.sort((a, b) => a - b)[Math.floor(halves.length / 2)] ?? 0;
  const values = known.map(({ value }) => value);
  return { min: Math.min(...values) - usual, max: Math.max(...values) + usual };
}

/** The carried values with the measured ones beside them, so that the dashed line meets the solid one. */
function carriedColumn(
  windows: readonly PerformanceWindow[],
  measured: readonly (Measured | undefined)[],
): readonly (number | null)[] | null {
  if (!windows.some(({ carried }) => carried)) return null;
  const isCarried = (index: number) => windows[index]?.carried ?? false;
  return measured.map((one, index) =>
    isCarried(index) || isCarried(index - 1) || isCarried(index + 1) ? knownValue(one) : null,
  );
}

function knownValue(measured: Measured | undefined): number | null {
  return isKnown(measured) ? measured.value : null;
}

function endOf(measured: Measured | undefined, end: "low" | "high"): number | null {
  return isKnown(measured) ? (measured[end] ?? null) : null;
}
