import { useFiringCount } from "../pages/alerts/useAlerts";
import styles from "./Shell.module.css";

const MOST = 99;

/** How many alerts are firing, beside the way to them; nothing while none is. */
export function FiringBadge() {
  const count = useFiringCount();
  if (!count) return null;
  return (
    <b className={styles["badge"]} title={`${count} firing`}>
      <span className="visually-hidden">, </span>
      {count > MOST ? `${MOST}+` : count}
      <span className="visually-hidden"> firing</span>
    </b>
  );
}
