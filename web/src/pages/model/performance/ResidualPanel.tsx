import type { Performance } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { type Bin, Histogram } from "../../../charts/Histogram";
import { NoData } from "../../../ui/NoData";
import { Panel } from "../../../ui/Panel";

const TITLE = "Errors, distribution";

/** How far predictions of numbers were off over the page's time: to the left too low, to the right too high. */
export function ResidualPanel({ whole }: { whole: Timed<Performance> }) {
  const { bounds = [], counts = [] } = whole.data?.windows[0]?.residuals ?? {};
  const bins = counts.map((count, place): Bin => {
    return {
      low: bounds[place] ?? Number.NEGATIVE_INFINITY,
      high: bounds[place + 1] ?? Number.POSITIVE_INFINITY,
      count,
    };
  });
  return (
    <Panel title={TITLE} note="prediction minus truth" shape="bars" answer={whole}>
      {whole.data && bins.length === 0 && <NoData>No prediction of this time has a truth.</NoData>}
      {bins.length > 0 && <Histogram bins={bins} unit="short" title={TITLE} />}
    </Panel>
  );
}
