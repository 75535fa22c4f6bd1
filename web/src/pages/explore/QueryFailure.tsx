import { Failure } from "../../ui/Failure";
import styles from "./QueryFailure.module.css";

/** Why a query has no answer; where its text is at fault, with the place marked. */
export function QueryFailure({ expr, error, onRetry }: { expr: string; error: Error; onRetry: () => void }) {
  const place = placeOf(error.message, expr);
  return (
    <Failure error={error} onRetry={onRetry}>
      {place && (
        <pre className={styles["place"]} aria-hidden="true">
          {place.line}
          {"\n"}
          {" ".repeat(place.column - 1)}
          <span className={styles["caret"]}>^</span>
        </pre>
      )}
    </Failure>
  );
}

/** The line that a message such as `1:17: parse error` or `line 1, col 17` points at, and the column in it, from 1. */
export function placeOf(message: string, expr: string): { readonly line: string; readonly column: number } | null {
  const match = /(?:^|\s)(\d+):(\d+): /.exec(message) ?? /\bline (\d+), col(?:umn)? (\d+)/.exec(message);
  if (!match) return null;
  const line = expr.split("\n")[Number(match[1]) - 1];
  const column = Number(match[2]);
  return line !== undefined && column >= 1 && column <= line.length + 1 ? { line, column } : null;
}
