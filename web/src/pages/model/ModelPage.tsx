import { useParams } from "@tanstack/react-router";
import { ChartPanel } from "../../charts/ChartPanel";
import { AlertSummary } from "../alerts/AlertSummary";
import { ClassPanel } from "./ClassPanel";
import { ConfidencePanel } from "./ConfidencePanel";
import { ModelHeader } from "./ModelHeader";
import styles from "./ModelPage.module.css";
import { PredictionsPanel } from "./predictions/PredictionsPanel";
import * as queries from "./queries";

/** One model: its traffic, how fast and how sure it is, what it answers, and the latest predictions. */
export function ModelPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const from = (
    <>
      Calls through the gateway, or the model's own metrics, are drawn within ten seconds.{" "}
      <code>./sightline traffic</code> sends some calls.
    </>
  );
  return (
    <div key={name} className={styles["page"]}>
      <ModelHeader name={name} />
      <AlertSummary model={name} />
      <div className={styles["charts"]}>
        <ChartPanel
          title="Traffic"
          note="scoring calls, by status"
          unit="perSecond"
          queries={queries.traffic(name)}
          empty={from}
        />
        <ChartPanel
          title="Errors"
          note="share of scoring calls answered 5xx"
          unit="ratio"
          queries={queries.errors(name)}
          empty={from}
        />
        <ChartPanel
          title="Latency of calls"
          note="scoring calls, as clients see it"
          unit="seconds"
          queries={queries.callLatency(name)}
          empty={from}
        />
        <ChartPanel
          title="Latency of the model"
          note="scoring calls, the model's part"
          unit="seconds"
          queries={queries.modelLatency(name)}
          empty={from}
        />
        <ChartPanel
          title="Confidence"
          note="mean by version"
          unit="ratio"
          top={1}
          queries={queries.confidence(name)}
          empty="Drawn within ten seconds where the model's answers carry a confidence."
        />
        <div className={styles["pair"]}>
          <ConfidencePanel model={name} />
          <ClassPanel model={name} />
        </div>
      </div>
      <PredictionsPanel model={name} />
    </div>
  );
}
