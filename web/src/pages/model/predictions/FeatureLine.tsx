import type { Json } from "../../../api/models";
import styles from "./PredictionTable.module.css";
import { inWords } from "./value";

/** Features on one line, names quieter than values; a single text stands alone. */
export function FeatureLine({ features }: { features: Readonly<Record<string, Json>> }) {
  const entries = Object.entries(features);
  const [only] = entries;
  if (only && entries.length === 1 && typeof only[1] === "string") return only[1];
  return entries.map(([name, value], index) => (
    <span key={name}>
      {index > 0 && <span className="muted"> · </span>}
      <span className={styles["name"]}>{name}</span> {inWords(value)}
    </span>
  ));
}
