import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { severityStatus } from "./alerts";
import styles from "./alerts.module.css";

/** How bad an alert is, by shape, word and colour; nothing where its rule does not say. */
export function SeverityMark({ severity }: { severity: string }) {
  if (severity === "") return <span className="muted">–</span>;
  const status = severityStatus(severity);
  const Icon = { error: IconAlertOctagon, warn: IconAlertTriangle, ok: IconInfoCircle, none: IconInfoCircle }[status];
  return (
    <span className={styles["severity"]} data-status={status}>
      <Icon size={15} stroke={1.75} aria-hidden="true" />
      {severity}
    </span>
  );
}
