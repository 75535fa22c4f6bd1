import { useNavigate } from "@tanstack/react-router";
import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { StatusMark } from "../../ui/StatusMark";
import { carried, useSearchState } from "../../url/search";
import { AlertTable } from "./AlertTable";
import type { Alert } from "./alerts";
import styles from "./alerts.module.css";
import { useAlerts } from "./useAlerts";

const MOST = 5;

/**
 * What is firing or pending, for another page: all of it, or what concerns one model. While nothing is, one
 * line says how many rules see to that.
 */
export function AlertSummary({ model }: { model?: string }) {
  const { groups, alerts, answer } = useAlerts();
  const navigate = useNavigate();
  const search = useSearchState();
  const shown = (alerts ?? []).filter((alert) => model === undefined || alert.model === model);
  const filter = model === undefined ? {} : { model };
  const open = (alert: Alert) =>
    void navigate({ to: "/alerts", search: { ...carried(search), alert: alert.key } as never });
  if (groups === undefined && !answer.error) return null;
  const rules = (groups ?? []).reduce((sum, group) => sum + group.rules.filter(({ state }) => state).length, 0);
  if (shown.length === 0 && !answer.error) {
    if (rules === 0) return null;
    return (
      <p className={styles["calm"]}>
        <StatusMark status="ok">No alert{model === undefined ? "" : " of this model"} is active</StatusMark>
        <PageLink to="/alerts">{rules === 1 ? "1 rule watches" : `${rules} rules watch`}</PageLink>
      </p>
    );
  }
  return (
    <Panel
      title="Alerts"
      note={countsOf(shown)}
      actions={
        <PageLink to="/alerts" search={filter}>
          {shown.length > MOST ? `All ${shown.length} alerts` : "All alerts"}
        </PageLink>
      }
      flush
      answer={answer}
    >
      {shown.length > 0 && <AlertTable alerts={shown.slice(0, MOST)} openKey={null} onOpen={open} />}
    </Panel>
  );
}

function countsOf(alerts: readonly Alert[]): string {
  const count = (state: string) => alerts.filter((alert) => alert.state === state).length;
  return `${count("firing")} firing, ${count("pending")} pending`;
}
