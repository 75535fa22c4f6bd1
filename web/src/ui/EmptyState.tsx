import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

/** Why nothing is here, and what to do about it. A count of zero is no empty state: it is drawn. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles["empty"]}>
      <p className={styles["title"]}>{title}</p>
      {children && <div className={styles["text"]}>{children}</div>}
    </div>
  );
}
