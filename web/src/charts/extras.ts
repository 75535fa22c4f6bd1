import UPlot from "uplot";
import { resolvedColour } from "../format/colour";
import type { Frame } from "./frame";

/** What is drawn beside the lines of a frame. All columns are as long as its times. */
export interface Extras {
  /** Around the line of the same place, the values within which the true one lies. */
  readonly bands?: readonly Band[];
  /** Dashed, in the colour of the line of the same place: what is not measured but repeated. */
  readonly dashed?: readonly Column[];
  /** Counts, as bars along the bottom; later ones stand in front of earlier ones. */
  readonly bars?: readonly { readonly values: Column; readonly strength: number }[];
  /** A moment, as a dashed line from top to bottom. */
  readonly mark?: { readonly timeS: number; readonly text: string } | null;
  /**
   * The axis shows these values instead of starting at zero: for lines whose course matters, not their height. null
   * where there are none.
   */
  readonly range?: { readonly min: number; readonly max: number } | null;
}

type Column = readonly (number | null)[];

export interface Band {
  readonly low: Column;
  readonly high: Column;
}

const COUNTS = "counts";
const BARS_PART = 0.2;

/** The columns that the extras need, behind those of the frame. */
export function extraColumns({ bands = [], dashed = [], bars = [] }: Extras): readonly Column[] {
  return [...bands.flatMap(({ low, high }) => [high, low]), ...dashed, ...bars.map(({ values }) => values)];
}

/** How each of those columns is drawn, in the same order. */
export function extraSeries(frame: Frame, { bands = [], dashed = [], bars = [] }: Extras): UPlot.Series[] {
  const colourOf = (place: number) => resolvedColour(frame.series[place]?.colour ?? "var(--text-3)");
  const edge: UPlot.Series = { width: 0, points: { show: false } };
  return [
    ...bands.flatMap(() => [edge, edge]),
    ...dashed.map((_, place) => ({
      stroke: colourOf(place),
      width: 1.5,
      dash: [4, 4],
      spanGaps: false,
      points: { show: false },
    })),
    ...bars.map(({ strength }) => countBars(strength)),
  ];
}

export function extraBands(frame: Frame, { bands = [] }: Extras): UPlot.Band[] {
  const first = frame.series.length + 1;
  return bands.map((_, place) => {
    const colour = resolvedColour(frame.series[place]?.colour ?? "var(--text-3)");
    const high = first + 2 * place;
    return { series: [high, high + 1], fill: `color-mix(in srgb, ${colour} 18%, transparent)` };
  });
}

/** The places, among all series of the plot, of what belongs to the line at `index`: they are shown and hidden with it. */
export function placesWith(index: number, lines: number, { bands = [], dashed = [] }: Extras): readonly number[] {
  const places: number[] = [];
  if (index < bands.length) places.push(lines + 1 + 2 * index, lines + 2 + 2 * index);
  if (index < dashed.length) places.push(lines + 1 + 2 * bands.length + index);
  return places;
}

/** Bars have a scale of their own and take the lowest part of the picture. */
export function countScale({ bars = [] }: Extras): UPlot.Scales {
  const most = Math.max(1, ...bars.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return bars.length === 0 ? {} : { [COUNTS]: { range: () => [0, most / BARS_PART] } };
}

/** A range around the values, with room at the bottom for the bars; a share stays between 0 and 1. */
export function fittedRange({ range, bars }: Extras): [number, number] {
  if (!range) return [0, 1];
  const { min, max } = range;
  const span = Math.max(max - min, Math.abs(max) * 0.02, 1e-9);
  const isShare = min > -0.5 && max > 0 && max <= 1.2;
  const bottom = min - span * (bars ? 0.4 : 0.08);
  const top = max + span * 0.08;
  return isShare ? [Math.max(0, bottom), Math.min(1.005, top)] : [min >= 0 ? Math.max(0, bottom) : bottom, top];
}

export function drawMark({ ctx, bbox, valToPos }: UPlot, { timeS, text }: { timeS: number; text: string }): void {
  const x = Math.round(valToPos(timeS, "x", true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const ratio = UPlot.pxRatio;
  const atRight = x > bbox.left + bbox.width * 0.7;
  ctx.save();
  ctx.strokeStyle = resolvedColour("var(--text-2)");
  ctx.fillStyle = resolvedColour("var(--text-2)");
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${11 * ratio}px "Inter Variable", system-ui, sans-serif`;
  ctx.textAlign = atRight ? "right" : "left";
  ctx.textBaseline = "top";
  ctx.fillText(text, x + (atRight ? -5 : 5) * ratio, bbox.top + 2 * ratio);
  ctx.restore();
}

function countBars(strength: number): UPlot.Series {
  const colour = resolvedColour("var(--text-3)");
  return {
    scale: COUNTS,
    width: 0,
    fill: `color-mix(in srgb, ${colour} ${Math.round(strength * 100)}%, transparent)`,
    paths: UPlot.paths.bars?.({ size: [0.7, 40] }),
    points: { show: false },
  } as UPlot.Series;
}
