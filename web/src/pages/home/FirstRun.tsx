import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { basePath } from "../../api/client";
import { CopyButton } from "../../ui/CopyButton";
import styles from "./FirstRun.module.css";

const WAYS = ["Try the demo", "Put it in front of a model", "Send predictions", "Scrape metrics"] as const;
type Way = (typeof WAYS)[number];

/** What to do when nothing has arrived yet. The page that shows it asks again, and changes by itself. */
export function FirstRun() {
  const [way, setWay] = useState<Way>(WAYS[0]);
  const { text, snippet } = helpFor(way);
  return (
    <section className={styles["first"]} aria-labelledby="first-run">
      <p className={styles["waiting"]} role="status">
        <span className={styles["pulse"]} aria-hidden="true" />
        Waiting for the first prediction
      </p>
      <h2 id="first-run">No model has been seen yet</h2>
      <p>Sightline shows a model as soon as its first prediction arrives. Choose the way that fits:</p>
      <SegmentedControl size="xs" data={[...WAYS]} value={way} onChange={(value) => setWay(value as Way)} />
      <p>{text}</p>
      <div className={styles["snippet"]}>
        <pre>{snippet}</pre>
        <CopyButton text={snippet} />
      </div>
    </section>
  );
}

function helpFor(way: Way): { text: string; snippet: string } {
  const here = location.origin + basePath();
  switch (way) {
    case "Try the demo":
      return {
        text: "Starts a small real classifier with traffic, so that every page has something to show.",
        snippet: "./sightline demo",
      };
    case "Put it in front of a model":
      return {
        text: "The gateway passes calls on unchanged and keeps a copy. Clients only change the address.",
        snippet: `models:
  - name: sentiment
    upstream: "http://127.0.0.1:5005"
    protocol: mlflow
    task: classification`,
      };
    case "Send predictions":
      return {
        text: "Your application sends what its model answered, and later what turned out to be true.",
        snippet: `curl -X POST ${here}api/models/v1/sentiment/predictions \\
  -H 'Content-Type: application/json' \\
  -d '{"id": "42", "features": {"text": "good"}, "prediction": "positive", "confidence": 0.97}'`,
      };
    case "Scrape metrics":
      return {
        text: "Metrics in Prometheus's format are fetched from every target in the configuration.",
        snippet: `metrics:
  scrape_configs:
    - job_name: my-service
      static_configs:
        - targets: ["127.0.0.1:8080"]`,
      };
  }
}
