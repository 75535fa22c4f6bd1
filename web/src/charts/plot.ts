import type UPlot from "uplot";
import { resolvedColour } from "../format/colour";
import { formatAxis, type Unit } from "../format/numbers";
import { axisTime } from "../time/format";
import type { Interval } from "../time/range";
import { drawEvents, type EventMark } from "./events";
import { countScale, drawMark, type Extras, extraBands, extraColumns, extraSeries, fittedRange } from "./extras";
import type { Frame } from "./frame";
import type { Threshold } from "./threshold";

const CROSSHAIR = "page";
const MANY_SERIES = 50;
const SMALLEST_DRAG_PX = 8;
const AXIS_FONT = '11px "Inter Variable", system-ui, sans-serif';

interface PlotWishes {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly width: number;
  readonly height: number;
  readonly top: number | undefined;
  readonly threshold: Threshold | null;
  readonly extras: Extras;
  readonly events: () => readonly EventMark[];
  readonly interval: () => Interval;
  readonly onZoom: (interval: Interval) => void;
  readonly onCursor: (index: number | null, leftPx: number) => void;
}

/** The frame as uPlot wants it: times first, then one column for each series, then those of the extras. */
export function columnsOf({ timesS, series }: Frame, extras: Extras): UPlot.AlignedData {
  return [timesS, ...series.map(({ values }) => values), ...extraColumns(extras)] as unknown as UPlot.AlignedData;
}

/** How a chart looks and what it listens to. Colours are read from the theme now: another theme needs new options. */
export function chartOptions({
  frame,
  unit,
  width,
  height,
  top,
  threshold,
  extras,
  events,
  interval,
  onZoom,
  onCursor,
}: PlotWishes): UPlot.Options {
  const alone = frame.series.length === 1 && !extras.bands;
  const { mark } = extras;
  return {
    width,
    height,
    // The last label of the time axis stands half beyond the picture.
    padding: [8, 22, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [interval().startMs / 1_000, interval().endMs / 1_000] },
      y: {
        range: (_, min, max) =>
          extras.range !== undefined ? fittedRange(extras) : yRange(...withLimit(min, max, threshold), top),
      },
      ...countScale(extras),
    },
    bands: extraBands(frame, extras),
    axes: [xAxis(), yAxis(unit)],
    series: [
      {},
      ...frame.series.map((series) => line(resolvedColour(series.colour), alone)),
      ...extraSeries(frame, extras),
    ],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      sync: { key: CROSSHAIR, setSeries: false, filters: { pub: isPointing } },
      points: {
        show: frame.series.length <= MANY_SERIES,
        size: (_, index) => (index <= frame.series.length ? 6 : 0),
      },
    },
    hooks: {
      drawAxes: threshold ? [(chart) => shade(chart, threshold)] : [],
      draw: [...(mark ? [(chart: UPlot) => drawMark(chart, mark)] : []), (chart) => drawEvents(chart, events())],
      setCursor: [({ cursor: { idx, left = -1 } }) => onCursor(left < 0 ? null : (idx ?? null), left)],
      setSelect: [
        (chart) => {
          const { left, width: dragged } = chart.select;
          if (dragged < SMALLEST_DRAG_PX) return;
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          const at = (px: number) => Math.round(chart.posToVal(px, "x") * 1_000);
          onZoom({ startMs: at(left), endMs: at(left + dragged) });
        },
      ],
    },
  };
}

/** Zero belongs to every axis; a chart of nothing but zeros shows its line at the bottom. */
export function yRange(min: number | null, max: number | null, top: number | undefined): [number, number] {
  const low = Math.min(0, min ?? 0);
  const high = Math.max(0, max ?? 0, top ?? 0);
  if (high === low) return [0, 1];
  return [low < 0 ? low * 1.05 : 0, high === top ? high : high * 1.08];
}

/** The limit is on the picture also while all values are far from it. */
function withLimit(
  min: number | null,
  max: number | null,
  threshold: Threshold | null,
): [number | null, number | null] {
  if (!threshold) return [min, max];
  return [Math.min(min ?? threshold.limit, threshold.limit), Math.max(max ?? threshold.limit, threshold.limit)];
}

/** Draws the bad region below the lines, with a dashed line at its edge. */
function shade({ ctx, bbox, valToPos }: UPlot, { limit, side }: Threshold): void {
  const edge = Math.round(valToPos(limit, "y", true));
  const [top, bottom] = side === "above" ? [bbox.top, edge] : [edge, bbox.top + bbox.height];
  const colour = resolvedColour("var(--error)");
  ctx.save();
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.1;
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, edge);
  ctx.lineTo(bbox.left + bbox.width, edge);
  ctx.stroke();
  ctx.restore();
}

/** The other charts follow where one points, not what one presses. */
function isPointing(type: string): boolean {
  return type === "mousemove" || type === "mouseleave";
}

function line(stroke: string, filled: boolean): UPlot.Series {
  return {
    stroke,
    width: 1.5,
    spanGaps: false,
    ...(filled ? { fill: `color-mix(in srgb, ${stroke} 12%, transparent)` } : {}),
    points: { show: true, size: 4, filter: lonelyPoints },
  };
}

/** Points between two gaps have no line that could show them. */
function lonelyPoints(chart: UPlot, index: number): number[] {
  const values = chart.data[index] ?? [];
  const lonely: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) lonely.push(i);
  }
  return lonely;
}

function xAxis(): UPlot.Axis {
  return {
    ...look(),
    size: 24,
    gap: 4,
    space: 80,
    values: (_, splits, __, ___, incrementS) => splits.map((timeS) => axisTime(timeS * 1_000, incrementS)),
  };
}

function yAxis(unit: Unit): UPlot.Axis {
  return {
    ...look(),
    gap: 6,
    space: 36,
    size: (_, values) => 14 + 6.2 * Math.max(4, ...(values ?? []).map((text) => text.length)),
    values: (_, splits) => [...formatAxis(splits, unit)],
  };
}

function look(): UPlot.Axis {
  return {
    stroke: resolvedColour("var(--text-3)"),
    font: AXIS_FONT,
    grid: { stroke: resolvedColour("var(--grid)"), width: 1 },
    ticks: { show: false },
  };
}
