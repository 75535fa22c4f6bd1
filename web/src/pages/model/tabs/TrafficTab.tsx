import { ChartPanel } from "../../../charts/ChartPanel";
import { ClassPanel } from "../ClassPanel";
import { ConfidencePanel } from "../ConfidencePanel";
import styles from "../ModelPage.module.css";
import * as queries from "../queries";
import type { TabProps } from "./tab";

/** The model as a service: calls, errors, latency, and how sure it was of what it answered. */
export function TrafficTab({ model }: Pick<TabProps, "model">) {
  const from = (
    <>
      Calls through the gateway, or the model's own metrics, are drawn within ten seconds.{" "}
      <code>./sightline traffic</code> sends some calls.
    </>
  );
  return (
    <div className={styles["charts"]}>
      <ChartPanel
        title="Traffic"
        note="scoring calls, by status"
        unit="perSecond"
        queries={queries.traffic(model)}
        empty={from}
      />
      <ChartPanel
        title="Errors"
        note="share of scoring calls answered 5xx"
        unit="ratio"
        queries={queries.errors(model)}
        empty={from}
      />
      <ChartPanel
        title="Latency of calls"
        note="scoring calls, as clients see it"
        unit="seconds"
        queries={queries.callLatency(model)}
        empty={from}
      />
      <ChartPanel
        title="Latency of the model"
        note="scoring calls, the model's part"
        unit="seconds"
        queries={queries.modelLatency(model)}
        empty={from}
      />
      <ChartPanel
        title="Confidence"
        note="mean by version"
        unit="ratio"
        top={1}
        queries={queries.confidence(model)}
        empty="Drawn within ten seconds where the model's answers carry a confidence."
      />
      <div className={styles["pair"]}>
        <ConfidencePanel model={model} />
        <ClassPanel model={model} />
      </div>
    </div>
  );
}
