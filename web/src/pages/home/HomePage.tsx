import type { Labels } from "../../api/prometheus";
import { SCORING } from "../../api/scoring";
import { ChartPanel } from "../../charts/ChartPanel";
import type { ChartQuery } from "../../charts/query";
import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { AlertSummary } from "../alerts/AlertSummary";
import { ModelTable } from "../models/ModelTable";
import { useModelRows } from "../models/useModelRows";
import { FirstRun } from "./FirstRun";
import styles from "./HomePage.module.css";
import { HostPanel } from "./HostPanel";
import { TargetPanel } from "./TargetPanel";

const NO_TRAFFIC = (
  <>
    Calls through the gateway are drawn here within ten seconds. <code>./sightline traffic</code> sends some.
  </>
);

/** How everything is doing: models, targets, and the hosts they run on. */
export function HomePage() {
  const { rows, answer } = useModelRows();
  return (
    <div className={styles["page"]}>
      <AlertSummary />
      {rows?.length === 0 ? (
        <FirstRun />
      ) : (
        <Panel
          title="Models"
          note={rows && String(rows.length)}
          actions={<PageLink to="/models">All models</PageLink>}
          flush
          answer={answer}
        >
          {rows && <ModelTable rows={rows} />}
        </Panel>
      )}
      {rows && rows.length > 0 && (
        <div className={styles["columns"]}>
          <ChartPanel
            title="Requests"
            note="scoring calls by model"
            unit="perSecond"
            queries={requests}
            empty={NO_TRAFFIC}
          />
          <ChartPanel
            title="Latency p95"
            note="scoring calls by model"
            unit="seconds"
            queries={latency}
            empty={NO_TRAFFIC}
          />
        </div>
      )}
      <div className={styles["columns"]}>
        <HostPanel />
        <TargetPanel />
      </div>
    </div>
  );
}

function requests(window: string): readonly ChartQuery[] {
  return [{ name: nameOfModel, expr: `sum by (model) (rate(http_requests_total{${SCORING}}[${window}]))` }];
}

function latency(window: string): readonly ChartQuery[] {
  const buckets = `sum by (model, le) (rate(http_request_duration_seconds_bucket{${SCORING}}[${window}]))`;
  return [{ name: nameOfModel, expr: `histogram_quantile(0.95, ${buckets})` }];
}

function nameOfModel({ model }: Labels): string {
  return model ?? "no model";
}
