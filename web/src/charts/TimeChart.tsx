import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import UPlot from "uplot";
import type { Unit } from "../format/numbers";
import { formatTime } from "../time/format";
import type { Interval } from "../time/range";
import { ChartTooltip } from "./ChartTooltip";
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
  readonly onZoom: (interval: Interval) => void;
}

interface Cursor {
  readonly index: number;
  readonly leftPx: number;
}

/**
 * Lines over time. All charts of a page share one crosshair; dragging chooses a time, the arrow keys
 * move the crosshair and say what is there.
 */
export function TimeChart(props: TimeChartProps) {
  const { frame, unit, width, height, summary, hidden, top, threshold = null } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [pointed, setPointed] = useState(false);
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const shape = `${scheme} ${unit} ${top} ${threshold?.side} ${threshold?.limit} ${frame.series.map(({ name, colour }) => name + colour).join("\n")}`;

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
      interval: () => latest.current.frame.interval,
      onZoom: (interval) => latest.current.onZoom(interval),
      onCursor: (index, leftPx) => setCursor(index === null ? null : { index, leftPx }),
    });
    const made = new UPlot(options, columnsOf(frame), node);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [shape]);

  useEffect(() => plot.current?.setData(columnsOf(frame)), [frame]);
  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot starts with every series shown.
  useEffect(() => {
    frame.series.forEach(({ name }, index) => {
      const show = !hidden.has(name);
      if (plot.current?.series[index + 1]?.show !== show) plot.current?.setSeries(index + 1, { show });
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
            time={formatTime(timeS * 1_000, Date.now())}
            unit={unit}
            leftPx={cursor.leftPx}
            widthPx={width}
          />
          <p className="visually-hidden" aria-live="polite">
            {spokenValues(shown, cursor.index, formatTime(timeS * 1_000, Date.now()), unit)}
          </p>
        </>
      )}
    </div>
  );
}
