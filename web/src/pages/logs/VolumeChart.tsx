import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { formatCount } from "../../format/numbers";
import { formatTime } from "../../time/format";
import type { Interval } from "../../time/range";
import { LEVEL_COLOURS, LEVELS, type Level } from "./level";
import styles from "./logs.module.css";
import { type Bar, describe } from "./volume";

const SMALLEST_DRAG_PX = 6;
const HEIGHT = 100;

interface VolumeChartProps {
  readonly bars: readonly Bar[];
  readonly onPoint: (bar: Bar | null) => void;
  readonly onZoom: (interval: Interval) => void;
}

/** Bars over time, stacked by level. Dragging, or Enter on the bar that the arrow keys have reached, zooms in. */
export function VolumeChart({ bars, onPoint, onZoom }: VolumeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [startPx, setStartPx] = useState<number | null>(null);
  const [endPx, setEndPx] = useState<number | null>(null);
  const most = Math.max(1, ...bars.map(({ total }) => total));

  const point = (index: number | null) => {
    setPointed(index);
    onPoint(index === null ? null : (bars[index] ?? null));
  };
  const xOf = (event: PointerEvent) => {
    const box = place.current?.getBoundingClientRect();
    return box ? Math.min(box.width, Math.max(0, event.clientX - box.left)) : 0;
  };
  const indexAt = (px: number) => {
    const width = place.current?.clientWidth ?? 1;
    return Math.min(bars.length - 1, Math.floor((px / width) * bars.length));
  };
  const move = (event: PointerEvent) => {
    const px = xOf(event);
    point(indexAt(px));
    if (startPx !== null) setEndPx(px);
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    place.current?.setPointerCapture(event.pointerId);
    setStartPx(xOf(event));
    setEndPx(xOf(event));
  };
  const release = () => {
    if (startPx !== null && endPx !== null && Math.abs(endPx - startPx) >= SMALLEST_DRAG_PX) {
      const [first, last] = [indexAt(Math.min(startPx, endPx)), indexAt(Math.max(startPx, endPx))];
      const [from, to] = [bars[first], bars[last]];
      if (from && to) onZoom({ startMs: from.interval.startMs, endMs: to.interval.endMs });
    }
    setStartPx(null);
    setEndPx(null);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const bar = pointed === null ? undefined : bars[pointed];
    if (by !== undefined) point(Math.min(bars.length - 1, Math.max(0, (pointed ?? bars.length) + by)));
    else if (event.key === "Enter" && bar) onZoom(bar.interval);
    else return;
    event.preventDefault();
  };

  const percent = (index: number) => `${(100 * index) / Math.max(1, bars.length)}%`;
  const bar = pointed === null ? undefined : bars[pointed];
  return (
    <>
      <div
        ref={place}
        className={styles["bars"]}
        role="img"
        aria-label={summaryOf(bars)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is read with the arrow keys.
        tabIndex={0}
        onPointerMove={move}
        onPointerDown={press}
        onPointerUp={release}
        onPointerLeave={() => startPx === null && point(null)}
        onKeyDown={step}
        onBlur={() => point(null)}
      >
        <svg viewBox={`0 0 ${Math.max(1, bars.length)} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((one, index) => (
            <Stack key={one.interval.startMs} bar={one} index={index} most={most} />
          ))}
        </svg>
        {pointed !== null && startPx === null && (
          <span className={styles["pointed"]} style={{ left: percent(pointed), width: percent(1) }} />
        )}
        {startPx !== null && endPx !== null && (
          <span
            className={styles["chosen"]}
            style={{ left: Math.min(startPx, endPx), width: Math.abs(endPx - startPx) }}
          />
        )}
      </div>
      <div className={styles["axis"]} aria-hidden="true">
        {ticksOf(bars).map((ms) => (
          <span key={ms}>{formatTime(ms, Date.now())}</span>
        ))}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {bar && describe(bar)}
      </p>
    </>
  );
}

function Stack({ bar, index, most }: { bar: Bar; index: number; most: number }) {
  let top = HEIGHT;
  return LEVELS.toReversed().map((level) => {
    const height = (HEIGHT * (bar.counts[level] ?? 0)) / most;
    top -= height;
    return height > 0 ? (
      <rect
        key={level}
        x={index + 0.08}
        width={0.84}
        y={top}
        height={height}
        fill={LEVEL_COLOURS[level]}
        fillOpacity={isGrave(level) ? 1 : 0.7}
      />
    ) : null;
  });
}

/** What is usual is drawn more quietly than what wants a look. */
function isGrave(level: Level): boolean {
  return level === "fatal" || level === "error" || level === "warn";
}

/** Five times along the axis, each where a bar begins or ends. */
function ticksOf(bars: readonly Bar[]): readonly number[] {
  const edges = [
    ...bars.map(({ interval }) => interval.startMs),
    ...bars.slice(-1).map(({ interval }) => interval.endMs),
  ];
  const shares = [0, 0.25, 0.5, 0.75, 1].map((share) => edges[Math.round(share * (edges.length - 1))] ?? 0);
  return [...new Set(shares)];
}

function summaryOf(bars: readonly Bar[]): string {
  const total = bars.reduce((sum, bar) => sum + bar.total, 0);
  const most = bars.reduce<Bar | null>((best, bar) => (best && best.total >= bar.total ? best : bar), null);
  if (!most || total === 0) return "Lines over time: none";
  return `Lines over time: ${formatCount(total)}, most at ${describe(most)}`;
}
