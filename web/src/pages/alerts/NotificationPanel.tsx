import { type Notification, notifications, type Outcome } from "../../api/alerts";
import { useTimed } from "../../api/useTimed";
import { formatFullTime, formatTime } from "../../time/format";
import { EmptyState } from "../../ui/EmptyState";
import { Panel } from "../../ui/Panel";
import { type Status, StatusMark } from "../../ui/StatusMark";
import table from "../../ui/Table.module.css";
import styles from "./alerts.module.css";

const MOST = 50;
const OUTCOME: Readonly<Record<Outcome, Status>> = { sent: "ok", failed: "error", pending: "warn", unknown: "none" };

/** Who was told, when, about what, and whether it arrived. */
export function NotificationPanel() {
  const answer = useTimed(["notifications"], (_, signal) => notifications(MOST, signal));
  const { data } = answer;
  if (data === null) return null;
  return (
    <Panel
      title="Notifications"
      note={data && data.length > 0 && (data.length < MOST ? String(data.length) : `the latest ${MOST}`)}
      flush
      answer={answer}
    >
      {data?.length === 0 && (
        <EmptyState title="Nobody had to be told anything yet.">
          Whoever is named in the configuration under <code>alerting.receivers</code> is told when an alert fires, and
          when it is over.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">About</th>
              <th scope="col">Alerts</th>
              <th scope="col">Receiver</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <Row key={one.id} notification={one} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Row({ notification: { time, status, alerts, group_labels, receiver, integration, ...rest } }: RowProps) {
  const ms = Date.parse(time);
  const over = status === "resolved";
  const { outcome, attempts, error } = rest;
  return (
    <>
      <tr data-has-more={Boolean(error)}>
        <td title={formatFullTime(ms)}>{formatTime(ms, Date.now())}</td>
        <td>
          <StatusMark status={over ? "ok" : "error"}>{status}</StatusMark>
        </td>
        <td data-wide className={styles["about"]} title={alerts.map(({ labels }) => JSON.stringify(labels)).join("\n")}>
          {namesOf(alerts)}
          <span className={styles["summary"]}>{groupText(group_labels)}</span>
        </td>
        <td>
          {receiver} <span className="muted">by {integration}</span>
        </td>
        <td>
          <StatusMark status={OUTCOME[outcome] ?? "none"}>{outcome}</StatusMark>
          {attempts > 1 && <span className="muted"> after {attempts} attempts</span>}
        </td>
      </tr>
      {error && (
        <tr>
          <td colSpan={5} className={styles["problem"]}>
            {error}
          </td>
        </tr>
      )}
    </>
  );
}

interface RowProps {
  readonly notification: Notification;
}

/** `HighErrorRate` or `3 × HighErrorRate, TargetDown`. */
function namesOf(alerts: Notification["alerts"]): string {
  const counts = new Map<string, number>();
  for (const { labels } of alerts) {
    const name = labels["alertname"] ?? "an alert";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count > 1 ? `${count} × ${name}` : name)).join(", ");
}

function groupText(labels: Notification["group_labels"]): string {
  return Object.entries(labels)
    .filter(([name]) => name !== "alertname")
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}
