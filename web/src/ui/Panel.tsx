import type { ReactNode } from "react";
import { useId } from "react";
import { ApiError } from "../api/client";
import type { Timed } from "../api/useTimed";
import { formatTime } from "../time/format";
import { Failure } from "./Failure";
import styles from "./Panel.module.css";
import { SideScroll } from "./SideScroll";
import { type Shape, Skeleton } from "./Skeleton";
import { Waiting } from "./Waiting";

interface PanelProps {
  readonly title: string;
  /** What stands beside the title: a unit, a count. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** What the panel shows; a panel that asks nothing has none. */
  readonly answer?: Timed<unknown>;
  /** Without a margin around the content, as a table wants it. */
  readonly flush?: boolean;
  /** What stands in for the content until the first answer; a table where it is flush. */
  readonly shape?: Shape | null;
  readonly children: ReactNode;
}

/**
 * A titled surface. Until the first answer is there it shows the outline of what will come; while a later
 * one is under way, a line runs along the top edge, and after some seconds one can give up. When that fails,
 * the panel says why, and what it showed before stays, greyed. That the whole server is gone is said once
 * for the page and not by every panel.
 */
export function Panel({
  title,
  note,
  actions,
  answer,
  flush = false,
  shape = flush ? "rows" : null,
  children,
}: PanelProps) {
  const titleId = useId();
  const { error = null, fetching = false } = answer ?? {};
  const hasData = answer === undefined || answer.data !== undefined;
  const saidByPage = hasData && error instanceof ApiError && error.unreachable;
  return (
    <section className={styles["panel"]} aria-labelledby={titleId} aria-busy={fetching}>
      <header className={styles["header"]}>
        <h2 id={titleId}>{title}</h2>
        {note && <span className={styles["note"]}>{note}</span>}
        <span className={styles["actions"]}>
          {answer && <Waiting answer={answer} />}
          {actions}
        </span>
        {fetching && <span className={styles["progress"]} />}
      </header>
      {answer && error && !saidByPage && (
        <Failure error={error} onRetry={answer.retry}>
          {hasData && <p>What you see is from {formatTime(answer.updatedMs, Date.now())}.</p>}
        </Failure>
      )}
      {(hasData || !error) && (
        <div className={styles["body"]} data-flush={flush} data-stale={error !== null}>
          {!hasData && shape && <Skeleton shape={shape} />}
          {flush ? <SideScroll className={styles["wide"]}>{children}</SideScroll> : children}
        </div>
      )}
    </section>
  );
}
