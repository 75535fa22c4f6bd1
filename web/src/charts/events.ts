import { createContext, useContext } from "react";
import type UPlot from "uplot";
import { resolvedColour } from "../format/colour";

/** Something that happened, as a line through every chart of the page that shows its time. */
export interface EventMark {
  readonly timeMs: number;
  readonly text: string;
}

const NEAR_PX = 8;

/** What has happened to what the page is about; nothing where the page is about no one thing. */
export const EventMarks = createContext<readonly EventMark[]>([]);

export function useEventMarks(): readonly EventMark[] {
  return useContext(EventMarks);
}

/** Draws each as a line from top to bottom with a flag above the picture's edge. */
export function drawEvents({ ctx, bbox, valToPos }: UPlot, events: readonly EventMark[]): void {
  // As uPlot has it; importing that for one number would bring it to pages without charts.
  const ratio = window.devicePixelRatio;
  const colour = resolvedColour("var(--accent)");
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = ratio;
  for (const { timeMs } of events) {
    const x = Math.round(valToPos(timeMs / 1_000, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.globalAlpha = 0.7;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x + 6 * ratio, bbox.top + 4 * ratio);
    ctx.lineTo(x, bbox.top + 8 * ratio);
    ctx.fill();
  }
  ctx.restore();
}

/** Those that the crosshair touches. */
export function eventsAt(
  chart: Pick<UPlot, "valToPos"> | null,
  leftPx: number,
  events: readonly EventMark[],
): readonly EventMark[] {
  if (!chart) return [];
  return events.filter(({ timeMs }) => Math.abs(chart.valToPos(timeMs / 1_000, "x") - leftPx) <= NEAR_PX);
}
