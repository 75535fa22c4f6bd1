import type { ReactNode } from "react";
import styles from "./StatusMark.module.css";

export type Status = "ok" | "warn" | "error" | "none";

/** A state by shape, word and colour: a disc is good, a triangle wants a look, a square is bad, a ring is unknown. */
export function StatusMark({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span className={styles["status"]} data-status={status}>
      <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
        {status === "ok" && <circle cx="5" cy="5" r="4" />}
        {status === "warn" && <path d="M5 1 9.5 9H.5Z" />}
        {status === "error" && <rect x="1" y="1" width="8" height="8" rx="1" />}
        {status === "none" && <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      </svg>
      {children}
    </span>
  );
}
