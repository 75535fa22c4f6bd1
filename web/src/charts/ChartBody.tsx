import { lazy, Suspense, useState } from "react";
import type { Unit } from "../format/numbers";
import { usePageTime } from "../time/TimeProvider";
import styles from "./ChartBody.module.css";
import { FrameTable } from "./FrameTable";
import type { Frame } from "./frame";
import { Legend } from "./Legend";
import { summaryOf } from "./summary";
import type { Threshold } from "./threshold";

const TimeChart = lazy(() => import("./TimeChart").then((module) => ({ default: module.TimeChart })));

interface ChartBodyProps {
  readonly title: string;
  readonly frame: Frame;
  readonly unit: Unit;
  readonly width: number;
  readonly height: number;
  readonly asTable: boolean;
  readonly top?: number | undefined;
  /** The region that is bad, shaded. */
  readonly threshold?: Threshold | null;
}

/** A frame as lines with a legend, or as the table of its numbers. */
export function ChartBody({ title, frame, unit, width, height, asTable, top, threshold = null }: ChartBodyProps) {
  const { zoomTo } = usePageTime();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  if (asTable) return <FrameTable frame={frame} unit={unit} title={title} />;
  return (
    <>
      <Suspense fallback={<div className={styles["waiting"]} style={{ height }} />}>
        <TimeChart
          frame={frame}
          unit={unit}
          width={width}
          height={height}
          top={top}
          threshold={threshold}
          hidden={hidden}
          summary={summaryOf(title, frame, unit)}
          onZoom={zoomTo}
        />
      </Suspense>
      <Legend frame={frame} unit={unit} hidden={hidden} onHide={setHidden} />
    </>
  );
}
