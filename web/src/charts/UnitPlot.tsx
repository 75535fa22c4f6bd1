import type { ReactNode } from "react";
import styles from "./UnitPlot.module.css";

const SIZE = { width: 560, height: 250, left: 40, right: 20, top: 10, bottom: 34 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Where a point of the plot lies in its picture. */
export interface Place {
  x(value: number): number;
  y(value: number): number;
}

interface UnitPlotProps {
  /** What a reader hears instead of the picture. */
  readonly summary: string;
  readonly xName: string;
  readonly yName?: string;
  readonly children: (place: Place) => ReactNode;
}

const PLACE: Place = {
  x: (value) => SIZE.left + value * (SIZE.width - SIZE.left - SIZE.right),
  y: (value) => SIZE.height - SIZE.bottom - value * (SIZE.height - SIZE.top - SIZE.bottom),
};

/** Axes from 0 to 1 both ways, for shares that depend on shares. */
export function UnitPlot({ summary, xName, yName, children }: UnitPlotProps) {
  const middle = (SIZE.left + SIZE.width - SIZE.right) / 2;
  return (
    <svg className={styles["plot"]} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={summary}>
      {TICKS.map((tick) => (
        <g key={tick} className={styles["tick"]}>
          <path d={`M${PLACE.x(0)} ${PLACE.y(tick)}H${PLACE.x(1)}M${PLACE.x(tick)} ${PLACE.y(0)}V${PLACE.y(1)}`} />
          <text x={PLACE.x(0) - 6} y={PLACE.y(tick) + 4} textAnchor="end">
            {tick * 100}
          </text>
          <text x={PLACE.x(tick)} y={PLACE.y(0) + 14} textAnchor="middle">
            {tick * 100}
          </text>
        </g>
      ))}
      <text className={styles["name"]} x={middle} y={SIZE.height - 4} textAnchor="middle">
        {xName}, %
      </text>
      {yName && (
        <text className={styles["name"]} x={PLACE.x(0) + 6} y={PLACE.y(1) + 12}>
          {yName}
        </text>
      )}
      {children(PLACE)}
    </svg>
  );
}

/** A line through the points; where a value is missing it breaks off. */
export function unitPath(place: Place, points: readonly (readonly [x: number, y: number | undefined])[]): string {
  let path = "";
  let open = false;
  for (const [x, y] of points) {
    if (y !== undefined) path += `${open ? "L" : "M"}${place.x(x).toFixed(1)} ${place.y(y).toFixed(1)}`;
    open = y !== undefined;
  }
  return path;
}
