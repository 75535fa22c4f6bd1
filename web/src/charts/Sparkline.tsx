import styles from "./Sparkline.module.css";

const WIDTH = 96;
const HEIGHT = 20;

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly colour: string;
  /** The value at the top; without it the greatest one. */
  readonly max?: number;
}

/** A line without axes, for a table's cell. It starts at zero, and a gap stays a gap. */
export function Sparkline({ values, colour, max: top }: SparklineProps) {
  const max = top ?? Math.max(...values.map((value) => value ?? 0), 0);
  return (
    <svg className={styles["line"]} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="var(--grid)" />
      {pathsOf(values, max).map((path) => (
        <path key={path} d={path} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
      ))}
    </svg>
  );
}

/** One path for each run of values without a gap. */
export function pathsOf(values: readonly (number | null)[], max: number): string[] {
  const paths: string[] = [];
  let run = "";
  values.forEach((value, index) => {
    if (value === null) {
      if (run) paths.push(run);
      run = "";
      return;
    }
    const x = values.length < 2 ? 0 : (index / (values.length - 1)) * WIDTH;
    const y = max > 0 ? HEIGHT - 1 - (Math.max(value, 0) / max) * (HEIGHT - 3) : HEIGHT - 1;
    run += `${run ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  if (run) paths.push(run);
  return paths;
}
