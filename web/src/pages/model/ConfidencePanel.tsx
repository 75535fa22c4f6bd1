import { quoted } from "../../api/scoring";
import { parseValue } from "../../charts/frame";
import { binsOf, Histogram } from "../../charts/Histogram";
import { NoData } from "../../ui/NoData";
import { Panel } from "../../ui/Panel";
import { useInstant } from "./useInstant";

const TITLE = "Confidence, distribution";

/** How sure the model was of its answers over the page's time. */
export function ConfidencePanel({ model }: { model: string }) {
  const answer = useInstant(
    "confidence",
    (window) => `sum by (le) (increase(model_prediction_confidence_bucket{model=${quoted(model)}}[${window}]))`,
  );
  const bins = binsOf(
    (answer.data ?? []).map(({ labels, value }) => ({ le: parseValue(labels["le"] ?? ""), count: value })),
  );
  return (
    <Panel title={TITLE} note="in %" shape="bars" answer={answer}>
      {answer.data && bins.length === 0 && <NoData>Drawn for models whose answers carry a confidence.</NoData>}
      {bins.length > 0 && <Histogram bins={bins} unit="ratio" title={TITLE} />}
    </Panel>
  );
}
