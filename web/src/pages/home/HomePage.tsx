import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { ModelTable } from "../models/ModelTable";
import { useModelRows } from "../models/useModelRows";
import { FirstRun } from "./FirstRun";
import styles from "./HomePage.module.css";
import { HostPanel } from "./HostPanel";
import { TargetPanel } from "./TargetPanel";

/** How everything is doing: models, targets, and the hosts they run on. */
export function HomePage() {
  const { rows, models, traffic } = useModelRows();
  return (
    <div className={styles["page"]}>
      {rows?.length === 0 ? (
        <FirstRun />
      ) : (
        <Panel
          title="Models"
          note={rows && String(rows.length)}
          actions={<PageLink to="/models">All models</PageLink>}
          flush
          fetching={models.fetching || traffic.fetching}
          error={models.error ?? traffic.error}
          onRetry={models.retry}
          hasData={rows !== undefined}
        >
          {rows && <ModelTable rows={rows} />}
        </Panel>
      )}
      <div className={styles["columns"]}>
        <HostPanel />
        <TargetPanel />
      </div>
    </div>
  );
}
