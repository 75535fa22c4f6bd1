import styles from "./Meter.module.css";

/** A share of a whole as a bar, with the limits at which it needs a look. */
export function Meter({ value, watch, bad }: { value: number | null; watch: number; bad: number }) {
  const level = value === null ? "none" : value >= bad ? "bad" : value >= watch ? "watch" : "fine";
  const width = `${Math.min(100, Math.max(0, (value ?? 0) * 100))}%`;
  return (
    <span className={styles["track"]} data-level={level} aria-hidden="true">
      <span className={styles["bar"]} style={{ width }} />
    </span>
  );
}
