import { formatCount } from "../../../format/numbers";
import table from "../../../ui/Table.module.css";
import { ModelLink } from "./ModelLink";
import { formatMeasure } from "./measures";
import styles from "./ShareBars.module.css";

/** How often something occurs, by class. */
export interface Count {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  /** The key of the address that asks for the predictions behind a number. */
  readonly filter?: "truth" | "predicted";
}

interface ShareBarsProps {
  readonly model: string;
  readonly classes: readonly string[];
  readonly colourOf: (name: string) => string;
  readonly columns: readonly Count[];
}

/** Shares of classes side by side, as bars on one scale with the numbers beside them. */
export function ShareBars({ model, classes, colourOf, columns }: ShareBarsProps) {
  const totals = columns.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
  const share = (column: number, name: string) =>
    (columns[column]?.counts[name] ?? 0) / Math.max(1, totals[column] ?? 1);
  const most = Math.max(1e-9, ...columns.flatMap((_, column) => classes.map((name) => share(column, name))));
  return (
    <table className={`${table["table"]} ${styles["shares"]}`}>
      <thead>
        <tr>
          <th scope="col">Class</th>
          {columns.map(({ title }, column) => (
            <th scope="col" key={title}>
              {title} <span className="muted">n {formatCount(totals[column] ?? 0)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {columns.map(({ title, counts, filter }, column) => (
              <td key={title}>
                <span className={styles["cell"]}>
                  <span className={styles["track"]} aria-hidden="true">
                    <span style={{ width: `${(100 * share(column, name)) / most}%`, background: colourOf(name) }} />
                  </span>
                  <span className={styles["share"]}>
                    {totals[column] ? formatMeasure(share(column, name), { share: true }) : "–"}
                  </span>
                  <span className={styles["count"]}>
                    {filter ? (
                      <ModelLink model={model} tab="predictions" search={{ [filter]: name }}>
                        {formatCount(counts[name] ?? 0)}
                      </ModelLink>
                    ) : (
                      formatCount(counts[name] ?? 0)
                    )}
                  </span>
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
