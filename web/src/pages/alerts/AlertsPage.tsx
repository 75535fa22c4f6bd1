import type { Timed } from "../../api/useTimed";
import { EmptyState } from "../../ui/EmptyState";
import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../url/search";
import { AlertDetails } from "./AlertDetails";
import { AlertOver } from "./AlertOver";
import { AlertTable } from "./AlertTable";
import { type Alert, type AlertFilter, matchesAlert } from "./alerts";
import styles from "./alerts.module.css";
import { FilterBar, useAlertFilter } from "./FilterBar";
import { MessagePanel } from "./MessagePanel";
import { NotificationPanel } from "./NotificationPanel";
import { RulePanels } from "./RulePanels";
import { useAlerts } from "./useAlerts";

/** What is wrong now, who was told about it, and the rules that decide that. */
export function AlertsPage() {
  const { groups, alerts, answer } = useAlerts();
  const filter = useAlertFilter();
  const patch = usePatchSearch();
  const openKey = useSearchState()["alert"] ?? null;
  const open = alerts?.find(({ key }) => key === openKey) ?? null;
  const choose = (alert: Alert | null) => patch({ alert: alert?.key, message: undefined }, { replace: true });
  const severities = (groups ?? []).flatMap(({ rules }) => rules.flatMap(({ labels }) => labels?.["severity"] ?? []));
  return (
    <div className={styles["page"]}>
      <FilterBar alerts={alerts ?? []} severities={[...new Set(severities)].sort()} />
      {groups?.length === 0 ? (
        <NoRules answer={answer} />
      ) : (
        <Active alerts={alerts} filter={filter} answer={answer} openKey={openKey} onOpen={choose} />
      )}
      <NotificationPanel />
      <MessagePanel />
      <RulePanels groups={groups ?? []} filter={filter} />
      {open && <AlertDetails key={open.key} alert={open} onClose={() => choose(null)} />}
      {alerts && openKey !== null && !open && <AlertOver labels={openKey} onClose={() => choose(null)} />}
    </div>
  );
}

interface ActiveProps {
  readonly alerts: readonly Alert[] | undefined;
  readonly filter: AlertFilter;
  readonly answer: Timed<unknown>;
  readonly openKey: string | null;
  readonly onOpen: (alert: Alert) => void;
}

function Active({ alerts, filter, answer, openKey, onOpen }: ActiveProps) {
  const shown = alerts?.filter((alert) => matchesAlert(alert, filter));
  const count = (state: string) => alerts?.filter((alert) => alert.state === state).length;
  return (
    <Panel
      title="Active alerts"
      note={alerts && `${count("firing")} firing, ${count("pending")} pending`}
      flush
      answer={answer}
    >
      {shown && shown.length > 0 && <AlertTable alerts={shown} openKey={openKey} onOpen={onOpen} />}
      {alerts?.length === 0 && <EmptyState title="Nothing is firing, and nothing is pending." />}
      {shown?.length === 0 && alerts && alerts.length > 0 && (
        <EmptyState title="No active alert is like that.">
          <PageLink to="/alerts">Show all {alerts.length}</PageLink>
        </EmptyState>
      )}
    </Panel>
  );
}

function NoRules({ answer }: { answer: Timed<unknown> }) {
  return (
    <Panel title="Active alerts" answer={answer}>
      <EmptyState title="No rule watches anything.">
        Name rule files in the configuration under <code>alerting.rule_files</code>, in Prometheus's own syntax, and who
        is told under <code>alerting.receivers</code>.
      </EmptyState>
    </Panel>
  );
}
