import { usePageTime } from "../../../time/TimeProvider";
import { useSearchState } from "../../../url/search";
import { EstimatePanel } from "../performance/EstimatePanel";
import { ViewBar } from "../performance/ViewBar";
import { stepFor } from "../performance/view";
import type { TabProps } from "./tab";

/** How well the model probably does before the truth arrives, and how well that went. */
export function EstimatesTab({ model, facts }: TabProps) {
  const search = useSearchState();
  const { interval } = usePageTime();
  return (
    <>
      <ViewBar versions={facts?.versions ?? []} controls={[]} />
      <p className="muted">
        The band is where the realised value falls if what was learnt from the past still holds. That relation may
        change: the error of the estimate shows it once truths come.
      </p>
      <EstimatePanel model={model} step={stepFor(search["step"], interval)} />
    </>
  );
}
