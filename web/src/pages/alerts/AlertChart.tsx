import { useRange } from "../../api/useRange";
import { ChartBody } from "../../charts/ChartBody";
import type { Frame } from "../../charts/frame";
import { drawableOf, isSeriesOf } from "../../charts/threshold";
import { useWidth } from "../../charts/useWidth";
import { formatValue } from "../../format/numbers";
import { unitOf } from "../../format/unitOf";
import { stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";
import { Failure } from "../../ui/Failure";
import { Skeleton } from "../../ui/Skeleton";
import type { Alert } from "./alerts";
import styles from "./alerts.module.css";

const HEIGHT = 160;

/** What the alert's expression compares, over the page's time, with the region in which it alerts. */
export function AlertChart({ alert, expr }: { alert: Alert; expr: string }) {
  const { interval } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const { expr: drawn, threshold } = drawableOf(expr);
  const stepS = stepSecondsFor(interval, width || 560);
  const { data, error, retry } = useRange([{ expr: drawn }], stepS, width > 0);
  const frame = data && narrowed(data.frame, alert);
  const unit = unitOf(drawn);
  return (
    <div ref={place}>
      <code className={styles["expr"]}>{expr}</code>
      {error && <Failure error={error} onRetry={retry} />}
      {!data && !error && <Skeleton shape="chart" height={HEIGHT} />}
      {frame && frame.series.length === 0 && (
        <p className="muted">It has no values in the time that is chosen above.</p>
      )}
      {frame && frame.series.length > 0 && (
        <>
          <ChartBody
            title={alert.name}
            frame={frame}
            unit={unit}
            width={width}
            height={HEIGHT}
            asTable={false}
            threshold={threshold}
          />
          {threshold && (
            <p className="muted">
              Alerts {threshold.side} {formatValue(threshold.limit, unit)}, the shaded region.
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** The series of this alert alone, where it can be told from the others of its rule. */
function narrowed(frame: Frame, { labels }: Alert): Frame {
  const own = frame.series.filter((series) => isSeriesOf(series.labels, labels));
  return own.length > 0 ? { ...frame, series: own } : frame;
}
