import { formatValue, type Unit } from "../format/numbers";
import { extentOf, type Frame, lastValue } from "./frame";
import styles from "./Legend.module.css";

const TABLE_ABOVE = 4;
const MOST_ROWS = 100;

interface LegendProps {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
}

/** Names and colours of the lines. A click shows one alone, a click with Ctrl or ⌘ switches one on or off. */
export function Legend({ frame, unit, hidden, onHide }: LegendProps) {
  const names = frame.series.map(({ name }) => name);
  const choose = (name: string, several: boolean) => {
    if (several) onHide(new Set(hidden.has(name) ? [...hidden].filter((other) => other !== name) : [...hidden, name]));
    else if (hidden.size === names.length - 1 && !hidden.has(name)) onHide(new Set());
    else onHide(new Set(names.filter((other) => other !== name)));
  };
  return (
    <ul className={styles["legend"]} data-many={names.length > TABLE_ABOVE}>
      {frame.series.slice(0, MOST_ROWS).map((series) => (
        <li key={series.name}>
          <button
            type="button"
            className={styles["entry"]}
            aria-pressed={!hidden.has(series.name)}
            title={titleOf(series.name, extentOf(series), unit)}
            onClick={(event) => choose(series.name, event.ctrlKey || event.metaKey)}
          >
            <span className={styles["mark"]} style={{ background: series.colour }} />
            <span className={styles["name"]}>{series.name}</span>
            <span className={styles["value"]}>{formatValue(lastValue(series), unit)}</span>
          </button>
        </li>
      ))}
      {names.length > MOST_ROWS && (
        <li className="muted">
          {MOST_ROWS} of {names.length} names
        </li>
      )}
    </ul>
  );
}

function titleOf(name: string, extent: ReturnType<typeof extentOf>, unit: Unit): string {
  if (!extent) return name;
  const [min, mean, max] = [extent.min, extent.mean, extent.max].map((value) => formatValue(value, unit));
  return `${name}\nmin ${min}, mean ${mean}, max ${max}`;
}
