import styles from "./Skeleton.module.css";

/** What will be here: a chart, rows of a table, or bars. */
export type Shape = "chart" | "rows" | "bars";

const PARTS: Readonly<Record<Shape, readonly number[]>> = {
  chart: [],
  rows: [92, 78, 85],
  bars: [18, 26, 22, 34, 48, 62, 88, 100],
};

/** The outline of a panel's content while its first answer is under way; not drawn when that comes at once. */
export function Skeleton({ shape, height }: { shape: Shape; height?: number }) {
  return (
    <div className={styles["skeleton"]} data-shape={shape} style={height ? { height } : {}} aria-hidden="true">
      {PARTS[shape].map((percent) => (
        <span key={percent} style={shape === "bars" ? { height: `${percent}%` } : { width: `${percent}%` }} />
      ))}
    </div>
  );
}
