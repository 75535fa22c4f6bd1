import type { AlertState } from "../../api/alerts";
import { formatAge } from "../../time/format";
import { type Status, StatusMark } from "../../ui/StatusMark";

const STATUS: Readonly<Record<AlertState, Status>> = { firing: "error", pending: "warn", inactive: "ok" };

/** What an alert or a rule is doing; for a pending one, how long until it fires. */
export function StateMark({ state, firesInMs = null }: { state: AlertState; firesInMs?: number | null }) {
  return (
    <StatusMark status={STATUS[state]}>
      {state}
      {firesInMs !== null && (
        <span className="muted">{firesInMs === 0 ? "due" : `fires in ${untilText(firesInMs)}`}</span>
      )}
    </StatusMark>
  );
}

/** Never `now` for what is still to come. */
function untilText(ms: number): string {
  return formatAge(Math.max(1_000, Math.ceil(ms / 1_000) * 1_000));
}
