import type { Distribution, FeatureDrift } from "../../../api/drift";
import { formatCount, formatValue, significant } from "../../../format/numbers";
import styles from "./PairHistogram.module.css";

/** How a feature was distributed in the reference, and how it is now: the same bins, the same scale of shares. */
export function PairHistogram({ drift }: { drift: FeatureDrift }) {
  const { reference_histogram: reference, current_histogram: current } = drift;
  if (!reference || !current) return <p className="muted">There are no values to draw.</p>;
  const most = Math.max(...sharesOf(reference), ...sharesOf(current), 0);
  return (
    <div className={styles["pair"]}>
      <Side side="reference" title="Reference" name={drift.feature} distribution={reference} most={most} />
      <Side side="current" title="Now" name={drift.feature} distribution={current} most={most} />
    </div>
  );
}

interface SideProps {
  readonly side: "reference" | "current";
  readonly title: string;
  readonly name: string;
  readonly distribution: Distribution;
  /** The largest share of both sides. */
  readonly most: number;
}

function Side({ side, title, name, distribution, most }: SideProps) {
  const n = distribution.counts.reduce((sum, count) => sum + count, 0);
  const shares = sharesOf(distribution);
  return (
    <figure className={styles["side"]} data-side={side}>
      <figcaption>
        {title}, n {formatCount(n)}
      </figcaption>
      {distribution.words ? (
        <Words words={distribution.words} shares={shares} most={most} />
      ) : (
        <Bins title={`${title} of ${name}`} bounds={distribution.bounds ?? []} shares={shares} most={most} />
      )}
    </figure>
  );
}

function Words({ words, shares, most }: { words: readonly string[]; shares: readonly number[]; most: number }) {
  return (
    <ul className={styles["words"]}>
      {words.map((word, index) => (
        <li key={word}>
          <span title={word}>{word || "(empty)"}</span>
          <span className={styles["track"]}>
            <span style={{ width: `${percentOf(shares[index] ?? 0, most)}%` }} />
          </span>
          <span className="muted">{formatValue(shares[index] ?? 0, "ratio")}</span>
        </li>
      ))}
    </ul>
  );
}

interface BinsProps {
  readonly title: string;
  readonly bounds: readonly number[];
  readonly shares: readonly number[];
  readonly most: number;
}

function Bins({ title, bounds, shares, most }: BinsProps) {
  const ranges = shares.map((share, index) => {
    const low = bounds[index] ?? 0;
    const high = bounds[index + 1] ?? 0;
    return { low, share, text: `${significant(low)} to ${significant(high)}: ${formatValue(share, "ratio")}` };
  });
  const largest = ranges.reduce(
    (best, one) => (one.share > best.share ? one : best),
    ranges[0] ?? { share: 0, text: "" },
  );
  return (
    <>
      <div className={styles["bars"]} role="img" aria-label={`${title}, most from ${largest.text}`}>
        {ranges.map(({ low, share, text }) => (
          <div key={low} className={styles["slot"]} title={text}>
            <span className={styles["bar"]} style={{ height: `${percentOf(share, most)}%` }} />
          </div>
        ))}
      </div>
      <div className={styles["ends"]} aria-hidden="true">
        <span>{significant(bounds[0] ?? 0)}</span>
        <span>{significant(bounds.at(-1) ?? 0)}</span>
      </div>
    </>
  );
}

export function sharesOf({ counts }: Distribution): readonly number[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (n === 0 ? 0 : count / n));
}

function percentOf(share: number, most: number): number {
  return most === 0 ? 0 : (100 * share) / most;
}
