import type { Confusion } from "../../../api/performance";
import { formatCount, formatValue } from "../../../format/numbers";
import styles from "./ConfusionMatrix.module.css";
import { ModelLink } from "./ModelLink";

export type Reading = "count" | "row" | "column";

interface ConfusionMatrixProps {
  readonly model: string;
  readonly confusion: Confusion;
  readonly reading: Reading;
}

const MOST_CLASSES = 20;

/**
 * True classes in rows, predicted ones in columns. Cells are as dark as their share of the row; a cell leads to its
 * predictions.
 */
export function ConfusionMatrix({ model, confusion, reading }: ConfusionMatrixProps) {
  const { labels, counts } = mostFrequent(confusion, MOST_CLASSES);
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = labels.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return (
    <div className={styles["scroll"]}>
      <table className={styles["matrix"]}>
        <caption>Rows: what was true. Columns: what the model said.</caption>
        <thead>
          <tr>
            <th scope="col">true ╲ predicted</th>
            {labels.map((name) => (
              <th scope="col" key={name} title={name}>
                <span>{name}</span>
              </th>
            ))}
            <th scope="col">all</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((truth, row) => (
            <tr key={truth}>
              <th scope="row" title={truth}>
                <span>{truth}</span>
              </th>
              {labels.map((predicted, column) => {
                const count = counts[row]?.[column] ?? 0;
                return (
                  <td
                    key={predicted}
                    data-right={row === column}
                    style={{ "--share": share(count, rows[row]) } as React.CSSProperties}
                  >
                    <Cell
                      model={model}
                      truth={truth}
                      predicted={predicted}
                      count={count}
                      text={textOf(reading, count, rows[row], columns[column])}
                    />
                  </td>
                );
              })}
              <td className={styles["sum"]}>{formatCount(rows[row] ?? 0)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">all</th>
            {columns.map((count, column) => (
              <td key={labels[column]} className={styles["sum"]}>
                {formatCount(count)}
              </td>
            ))}
            <td className={styles["sum"]}>{formatCount(rows.reduce((sum, count) => sum + count, 0))}</td>
          </tr>
        </tbody>
      </table>
      {confusion.labels.length > MOST_CLASSES && (
        <p className="muted">
          the {MOST_CLASSES} most frequent of {confusion.labels.length} classes
        </p>
      )}
    </div>
  );
}

interface CellProps {
  readonly model: string;
  readonly truth: string;
  readonly predicted: string;
  readonly count: number;
  readonly text: string;
}

function Cell({ model, truth, predicted, count, text }: CellProps) {
  if (count === 0) return <span className={styles["none"]}>0</span>;
  const name = `${formatCount(count)} predicted ${predicted}, true ${truth}`;
  return (
    <ModelLink model={model} tab="predictions" search={{ truth, predicted }} aria-label={name} title={name}>
      {text}
    </ModelLink>
  );
}

/** What the model most often takes for something else. */
export function confusionsOf({ labels, counts }: Confusion, most: number) {
  const found = counts.flatMap((row, truth) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({
      truth: labels[truth] ?? "",
      predicted: labels[predicted] ?? "",
      count: truth === predicted ? 0 : count,
      share: share(count, support),
    }));
  });
  return found
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

/** The part of the matrix of the classes that occur most often. */
function mostFrequent({ labels, counts }: Confusion, most: number): Confusion {
  if (labels.length <= most) return { labels, counts };
  const size = (index: number) =>
    (counts[index] ?? []).reduce((sum, count) => sum + count, 0) +
    counts.reduce((sum, row) => sum + (row[index] ?? 0), 0);
  const kept = labels
    .map((_, index) => index)
    .sort((a, b) => size(b) - size(a))
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    labels: kept.map((index) => labels[index] ?? ""),
    counts: kept.map((row) => kept.map((column) => counts[row]?.[column] ?? 0)),
  };
}

function textOf(reading: Reading, count: number, row = 0, column = 0): string {
  if (reading === "count") return formatCount(count);
  return formatValue(share(count, reading === "row" ? row : column), "ratio");
}

function share(count: number, whole = 0): number {
  return whole > 0 ? count / whole : 0;
}
