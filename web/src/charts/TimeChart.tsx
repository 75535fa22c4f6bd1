import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import UPlot from "uplot";
import type { Unit } from "../format/numbers";
import { formatTime } from "../time/format";
import type { Interval } from "../time/range";
import { ChartTooltip, type TooltipText } from "./ChartTooltip";
import { eventsAt, useEventMarks } from "./events";
import { type Extras, placesWith } from "./extras";
import type { Frame } from "./frame";
import { chartOptions, columnsOf } from "./plot";
import { spokenValues } from "./summary";
import styles from "./TimeChart.module.css";
import type { Threshold } from "./threshold";

interface TimeChartProps {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly width: number;
  readonly height: number;
  /** What a reader hears instead of the picture. */
  readonly summary: string;
  /** Names of series that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** The axis ends here even when every value is smaller; without it the values decide. */
  readonly top?: number | undefined;
  readonly threshold?: Threshold | null;
  readonly extras?: Extras;
  /** What is said at the crosshair; without it the values of the series, greatest first. */
  readonly textAt?: ((index: number) => TooltipText) | undefined;
  readonly onZoom: (interval: Interval) => void;
}

const NO_EXTRAS: Extras = {};

interface Cursor {
  readonly index: number;
  readonly leftPx: number;
}

/**
 * Lines over time. All charts of a page share one crosshair; dragging chooses a time, the arrow keys
 * move the crosshair and say what is there.
 */
export function TimeChart(props: TimeChartProps) {
  const { frame, unit, width, height, summary, hidden, top, threshold = null, extras = NO_EXTRAS, textAt } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const events = useEventMarks();
  const drawn = useRef(events);
  useEffect(() => {
    drawn.current = events;
    plot.current?.redraw(false);
  }, [events]);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [pointed, setPointed] = useState(false);
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const shape = `${scheme} ${unit} ${top} ${threshold?.side} ${threshold?.limit} ${shapeOf(extras)} ${frame.series.map(({ name, colour }) => name + colour).join("\n")}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when a new plot is needed; its data and size follow below.
  useEffect(() => {
    const node = place.current;
    if (!node) return;
    const options = chartOptions({
      frame,
      unit,
      width,
      height,
      top,
      threshold,
      extras,
      events: () => drawn.current,
      interval: () => latest.current.frame.interval,
      onZoom: (interval) => latest.current.onZoom(interval),
      onCursor: (index, leftPx) => setCursor(index === null ? null : { index, leftPx }),
    });
    const made = new UPlot(options, columnsOf(frame, extras), node);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [shape]);

  useEffect(() => plot.current?.setData(columnsOf(frame, extras)), [frame, extras]);
  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot starts with every series shown.
  useEffect(() => {
    frame.series.forEach(({ name }, index) => {
      const show = !hidden.has(name);
      for (const place of [index + 1, ...placesWith(index, frame.series.length, extras)]) {
        if (plot.current?.series[place]?.show !== show) plot.current?.setSeries(place, { show });
      }
    });
  }, [hidden, frame, shape]);

  const move = (event: React.KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const chart = plot.current;
    if (by === undefined || !chart) return;
    event.preventDefault();
    const index = Math.min(frame.timesS.length - 1, Math.max(0, (cursor?.index ?? frame.timesS.length) + by));
    setPointed(true);
    chart.setCursor({ left: chart.valToPos(frame.timesS[index] ?? 0, "x"), top: 0 });
  };

  const shown = frame.series.filter(({ name }) => !hidden.has(name));
  const timeS = cursor === null ? undefined : frame.timesS[cursor.index];
  const time = timeS === undefined ? "" : formatTime(timeS * 1_000, Date.now());
  const text = cursor && textAt?.(cursor.index);
  const happened = cursor ? eventsAt(plot.current, cursor.leftPx, events) : [];
  return (
    <div className={styles["chart"]} style={{ height }}>
      <div
        ref={place}
        role="img"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is read with the arrow keys.
        tabIndex={0}
        onKeyDown={move}
        onBlur={() => setPointed(false)}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
      />
      {pointed && cursor && timeS !== undefined && (
        <>
          <ChartTooltip
            series={shown}
            index={cursor.index}
            time={time}
            text={text}
            events={happened}
            unit={unit}
            leftPx={cursor.leftPx}
            widthPx={width}
          />
          <p className="visually-hidden" aria-live="polite">
            {text ? inOneLine(text) : spokenValues(shown, cursor.index, time, unit)}
            {happened.map((event) => ` ${event.text}.`)}
          </p>
        </>
      )}
    </div>
  );
}

/** Extras whose columns change need no new plot, those that come or go do. A mark is drawn from the options. */
function shapeOf({ bands = [], dashed = [], bars = [], mark, range }: Extras): string {
  const most = Math.max(0, ...bars.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return [bands.length, dashed.length, bars.length, most, mark?.timeS, mark?.text, range?.min, range?.max].join();
}

function inOneLine({ title, lines }: TooltipText): string {
  return `${title}: ${lines.map(({ name, value }) => `${name} ${value}`).join(", ")}`;
}
