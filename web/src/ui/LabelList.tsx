import styles from "./LabelList.module.css";

/** Labels side by side, values louder than names. */
export function LabelList({ labels }: { labels: readonly (readonly [name: string, value: string])[] }) {
  return labels.map(([name, value]) => (
    <span key={name} className={styles["label"]} title={`${name}=${value}`}>
      {name}=<b>{value}</b>
    </span>
  ));
}
