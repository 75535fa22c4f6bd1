import type { ReactNode } from "react";
import { useId } from "react";
import { Failure } from "./Failure";
import styles from "./Panel.module.css";

interface PanelProps {
  readonly title: string;
  /** What stands beside the title: a unit, a count. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly fetching?: boolean;
  readonly error?: Error | null;
  readonly onRetry?: () => void;
  /** Whether `children` shows an answer; then an error does not replace it. */
  readonly hasData?: boolean;
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled surface. While it loads a line runs along its top edge; when that fails, it says so itself. */
export function Panel(props: PanelProps) {
  const { title, note, actions, fetching = false, error = null, onRetry, hasData = true, flush = false } = props;
  const titleId = useId();
  return (
    <section className={styles["panel"]} aria-labelledby={titleId} aria-busy={fetching}>
      <header className={styles["header"]}>
        <h2 id={titleId}>{title}</h2>
        {note && <span className={styles["note"]}>{note}</span>}
        <span className={styles["actions"]}>{actions}</span>
        {fetching && <span className={styles["progress"]} />}
      </header>
      {error && <Failure error={error} {...(onRetry ? { onRetry } : {})} />}
      {(hasData || !error) && (
        <div className={styles["body"]} data-flush={flush} data-stale={error !== null}>
          {props.children}
        </div>
      )}
    </section>
  );
}
