import { basePath } from "../../api/client";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyState } from "../../ui/EmptyState";
import styles from "./logs.module.css";

/** What to do when no line has been stored. */
export function NoLogs() {
  const snippet = `curl -H 'Content-Type: application/json' ${location.origin}${basePath()}loki/api/v1/push -d '{"streams":
  [{"stream": {"service": "my-service", "level": "info"}, "values": [["'$(date +%s%N)'", "hello"]]}]}'`;
  return (
    <EmptyState title="No log line has arrived in this time.">
      Whatever sends to Loki can send here: Promtail, Alloy, Fluent Bit, or a call such as this one. A longer time range
      tells whether there are older lines.
      <div className={styles["snippet"]}>
        <pre>{snippet}</pre>
        <CopyButton text={snippet} />
      </div>
    </EmptyState>
  );
}
