import { quoted } from "../../api/scoring";
import { seriesColours } from "../../format/colour";
import { formatCount, formatValue } from "../../format/numbers";
import { NoData } from "../../ui/NoData";
import { Panel } from "../../ui/Panel";
import styles from "./ClassPanel.module.css";
import { useInstant } from "./useInstant";

const MOST_CLASSES = 8;

/** How often the model answered what, over the page's time. */
export function ClassPanel({ model }: { model: string }) {
  const answer = useInstant(
    "classes",
    (window) => `sum by (prediction) (increase(model_predictions_total{model=${quoted(model)}}[${window}]))`,
  );
  const classes = (answer.data ?? [])
    .map(({ labels, value }) => ({ name: labels["prediction"] ?? "", count: value }))
    .filter(({ name, count }) => name !== "" && count >= 0)
    .sort((a, b) => b.count - a.count);
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  const colours = seriesColours(classes.map(({ name }) => name));
  return (
    <Panel title="Predictions by class" note={total > 0 ? formatCount(total) : undefined} shape="rows" answer={answer}>
      {answer.data && classes.length === 0 && <NoData>Counted for models that answer with a class.</NoData>}
      <ul className={styles["classes"]}>
        {classes.slice(0, MOST_CLASSES).map(({ name, count }) => (
          <li key={name}>
            <span className={styles["name"]} title={name}>
              {name}
            </span>
            <span className={styles["count"]}>{formatCount(count)}</span>
            <span className={styles["share"]}>{formatValue(total > 0 ? count / total : null, "ratio")}</span>
            <span className={styles["track"]} aria-hidden="true">
              <span style={{ width: `${total > 0 ? (100 * count) / total : 0}%`, background: colours.get(name) }} />
            </span>
          </li>
        ))}
      </ul>
      {classes.length > MOST_CLASSES && <p className="muted">and {classes.length - MOST_CLASSES} more classes</p>}
    </Panel>
  );
}
