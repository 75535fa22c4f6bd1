import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import styles from "./Failure.module.css";

interface FailureProps {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** What helps to understand it. */
  readonly children?: ReactNode;
}

/** Why there is no answer, in words, with the way to try again. */
export function Failure({ error, onRetry, children }: FailureProps) {
  const kind = error instanceof ApiError && error.kind ? `${error.kind} · ${error.status}` : null;
  return (
    <div className={styles["failure"]} role="alert">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>
        <p className={styles["message"]}>{error.message}</p>
        {children}
        {kind && <p className={styles["kind"]}>{kind}</p>}
      </div>
      {onRetry && (
        <UnstyledButton className={styles["retry"]} onClick={onRetry}>
          Try again
        </UnstyledButton>
      )}
    </div>
  );
}
