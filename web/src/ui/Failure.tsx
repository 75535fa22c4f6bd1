import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiError } from "../api/client";
import styles from "./Failure.module.css";

/** Why there is no answer, in words, with the way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const kind = error instanceof ApiError && error.kind ? `${error.kind} · ${error.status}` : null;
  return (
    <div className={styles["failure"]} role="alert">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>
        <p className={styles["message"]}>{error.message}</p>
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
