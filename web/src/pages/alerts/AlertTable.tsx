import { formatValue } from "../../format/numbers";
import { formatAge, formatFullTime } from "../../time/format";
import { usePageTime } from "../../time/TimeProvider";
import { LabelList } from "../../ui/LabelList";
import table from "../../ui/Table.module.css";
import { type Alert, ownLabels, remainingMs } from "./alerts";
import styles from "./alerts.module.css";
import { SeverityMark } from "./SeverityMark";
import { StateMark } from "./StateMark";

interface AlertTableProps {
  readonly alerts: readonly Alert[];
  readonly openKey: string | null;
  readonly onOpen: (alert: Alert) => void;
}

/** Alerts, one in a row, in the order given. */
export function AlertTable({ alerts, openKey, onOpen }: AlertTableProps) {
  return (
    <table className={`${table["table"]} ${styles["clickable"]}`}>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Alert</th>
          <th scope="col">Severity</th>
          <th scope="col">Model</th>
          <th scope="col">Labels</th>
          <th scope="col" data-number>
            Value
          </th>
          <th scope="col" data-number>
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <Row key={alert.key} alert={alert} open={alert.key === openKey} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ alert, open, onOpen }: { alert: Alert; open: boolean; onOpen: (alert: Alert) => void }) {
  const { nowMs } = usePageTime();
  const { activeMs, annotations } = alert;
  return (
    <tr data-open={open} onClick={() => onOpen(alert)}>
      <td>
        <StateMark state={alert.state} firesInMs={remainingMs(alert, nowMs)} />
      </td>
      <td className={styles["what"]}>
        <button type="button" className={styles["open"]}>
          {alert.name}
        </button>
        <span className={styles["summary"]}>{annotations["summary"] ?? annotations["description"]}</span>
      </td>
      <td>
        <SeverityMark severity={alert.severity} />
      </td>
      <td>{alert.model ?? <span className="muted">–</span>}</td>
      <td
        className={styles["labels"]}
        title={ownLabels(alert.labels)
          .map((pair) => pair.join("="))
          .join("\n")}
      >
        <LabelList labels={ownLabels(alert.labels)} />
      </td>
      <td data-number>{formatValue(alert.value, "short")}</td>
      <td data-number title={activeMs === null ? undefined : formatFullTime(activeMs)}>
        {activeMs === null ? "–" : formatAge(Math.max(0, nowMs - activeMs))}
      </td>
    </tr>
  );
}
