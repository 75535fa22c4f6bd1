import { formatCount, formatValue, type Unit } from "../format/numbers";
import styles from "./Histogram.module.css";

const MOST_EDGES = 14;

/** How many values lie above `low` and at or below `high`. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Turns the counts of a Prometheus histogram, which include all smaller values, into counts of their own. */
export function binsOf(cumulative: readonly { readonly le: number; readonly count: number }[]): readonly Bin[] {
  const sorted = [...cumulative].sort((a, b) => a.le - b.le);
  return sorted.flatMap(({ le, count }, index) => {
    const before = sorted[index - 1];
    const own = Math.max(0, count - (before?.count ?? 0));
    if (le === Number.POSITIVE_INFINITY && own === 0) return [];
    return [{ low: before?.le ?? Math.min(0, le), high: le, count: own }];
  });
}

/**
 * A bar for each bin, with the counts as text for those who cannot see them. Bins need not be equally
 * wide while their bars are: so every edge is written below.
 */
export function Histogram({ bins, unit, title }: { bins: readonly Bin[]; unit: Unit; title: string }) {
  const every = Math.ceil(bins.length / MOST_EDGES);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const largest = bins.find(({ count }) => count === most);
  const summary = largest
    ? `${title}: ${formatCount(total)} values, most of them from ${range(largest, unit)}`
    : `${title}: no values`;
  return (
    <figure className={styles["figure"]}>
      <div className={styles["bars"]} role="img" aria-label={summary}>
        {bins.map((bin) => (
          <div key={bin.high} className={styles["slot"]} title={`${range(bin, unit)}: ${formatCount(bin.count)}`}>
            <span className={styles["bar"]} style={{ height: `${(100 * bin.count) / most}%` }} />
          </div>
        ))}
      </div>
      <div className={styles["axis"]} aria-hidden="true">
        <span>{edge(bins[0]?.low ?? 0, unit)}</span>
        {bins.map(({ high }, index) => (
          <span key={high}>{(bins.length - 1 - index) % every === 0 && edge(high, unit)}</span>
        ))}
      </div>
    </figure>
  );
}

function range({ low, high }: Bin, unit: Unit): string {
  return `${formatValue(low, unit)} to ${formatValue(high, unit)}`;
}

/** A ratio's edges are written as percent without the sign, which stands in the panel's title. */
function edge(value: number, unit: Unit): string {
  return formatValue(value, unit).replace(" %", "");
}
