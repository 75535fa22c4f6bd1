import { IconMail, IconWebhook } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { type DemoMessage, demoMessages } from "../../api/alerts";
import { useTimed } from "../../api/useTimed";
import { formatFullTime, formatTime } from "../../time/format";
import { EmptyState } from "../../ui/EmptyState";
import { Panel } from "../../ui/Panel";
import table from "../../ui/Table.module.css";
import { usePatchSearch, useSearchState } from "../../url/search";
import styles from "./alerts.module.css";
import { MessageDetails } from "./MessageDetails";

/** What the demo's sink has received: the mails and calls that a real receiver would have got. */
export function MessagePanel() {
  const [absent, setAbsent] = useState(false);
  const answer = useTimed(["messages"], (_, signal) => demoMessages(signal), { enabled: !absent });
  const patch = usePatchSearch();
  const openId = useSearchState()["message"] ?? null;
  const { data } = answer;
  useEffect(() => setAbsent(data === null), [data]);
  if (data === null || data === undefined) return null;
  const open = data.find(({ id }) => String(id) === openId);
  const choose = (id: string | undefined) => patch({ message: id, alert: undefined }, { replace: true });
  return (
    <Panel title="Messages of the demo" note="sent to its own sink, not to anyone" flush answer={answer}>
      {data.length === 0 && (
        <EmptyState title="No mail and no webhook yet.">
          <code>./sightline traffic --duration 3m --errors 70</code> makes the model fail until an alert fires.
        </EmptyState>
      )}
      {data.length > 0 && (
        <table className={`${table["table"]} ${styles["clickable"]}`}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Kind</th>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {data.map((message) => (
              <Row
                key={message.id}
                message={message}
                open={message === open}
                onOpen={() => choose(String(message.id))}
              />
            ))}
          </tbody>
        </table>
      )}
      {open && <MessageDetails key={open.id} message={open} onClose={() => choose(undefined)} />}
    </Panel>
  );
}

function Row({ message, open, onOpen }: { message: DemoMessage; open: boolean; onOpen: () => void }) {
  const ms = Date.parse(message.time);
  const Icon = message.kind === "mail" ? IconMail : IconWebhook;
  return (
    <tr data-open={open} onClick={onOpen}>
      <td title={formatFullTime(ms)}>{formatTime(ms, Date.now())}</td>
      <td>
        <span className={styles["severity"]}>
          <Icon size={15} stroke={1.75} aria-hidden="true" />
          {message.kind}
        </span>
      </td>
      <td className={styles["subject"]}>
        <button type="button" className={styles["open"]}>
          {message.subject || `A ${message.kind}`}
        </button>
      </td>
      <td data-wide>{(message.to ?? []).join(", ")}</td>
    </tr>
  );
}
