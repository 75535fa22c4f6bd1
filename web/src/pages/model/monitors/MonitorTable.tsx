import { UnstyledButton } from "@mantine/core";
import type { Monitor } from "../../../api/monitors";
import { formatCount, formatValue } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import styles from "./monitors.module.css";
import { sentenceOf, stateOf } from "./words";

interface MonitorTableProps {
  readonly monitors: readonly Monitor[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

/** Monitors with what each found last. */
export function MonitorTable({ monitors, chosen, onChoose }: MonitorTableProps) {
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Monitor</th>
          <th scope="col">Verdict</th>
          <th scope="col">Looks at</th>
          <th scope="col" data-number>
            Value
          </th>
          <th scope="col" data-number>
            Rows
          </th>
          <th scope="col">Window</th>
          <th scope="col">Severity</th>
        </tr>
      </thead>
      <tbody>
        {monitors.map(({ name, enabled, definition, last }) => {
          const { status, text } = stateOf(enabled ? last?.state : undefined);
          return (
            <tr key={name} data-chosen={name === chosen} className={styles["row"]}>
              <td>
                <UnstyledButton
                  className={styles["name"]}
                  aria-pressed={name === chosen}
                  onClick={() => onChoose(name)}
                >
                  {name}
                </UnstyledButton>
              </td>
              <td title={last?.text}>
                <StatusMark status={status}>
                  <span>{enabled ? text : "switched off"}</span>
                </StatusMark>
              </td>
              <td>{sentenceOf(definition)}</td>
              <td data-number>{last?.value === undefined ? "–" : formatValue(last.value, "short")}</td>
              <td data-number>{last ? formatCount(last.n) : "–"}</td>
              <td>{last ? formatSpan(last.start, last.end) : "–"}</td>
              <td>{definition.severity}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
