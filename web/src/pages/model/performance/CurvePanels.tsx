import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "../../../api/client";
import {
  type CalibrationBin,
  type Curves,
  curvesOf,
  isKnown,
  type Known,
  type Threshold,
  type Worth,
} from "../../../api/performance";
import { type Timed, useTimed } from "../../../api/useTimed";
import { UnitPlot, unitPath } from "../../../charts/UnitPlot";
import { formatCount, formatValue } from "../../../format/numbers";
import { Choice } from "../../../ui/Choice";
import { EmptyState } from "../../../ui/EmptyState";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../../url/search";
import styles from "../ModelPage.module.css";
import curve from "./CurvePanels.module.css";
import { formatMeasure, number } from "./measures";
import { keyOf, useView } from "./view";
import { WorthFields, worthIn } from "./WorthFields";

interface CurvePanelsProps {
  readonly model: string;
  readonly classes: readonly string[];
  readonly positive: string | undefined;
}

/** What another threshold would do, and whether the model's confidence keeps its word. */
export function CurvePanels({ model, classes, positive }: CurvePanelsProps) {
  const patch = usePatchSearch();
  const view = useView();
  const search = useSearchState();
  const chosen = search["class"] ?? positive ?? classes.at(-1);
  const worth = worthIn(search["worth"]);
  const answer = useTimed(
    ["curves", model, chosen ?? "", JSON.stringify(worth ?? null), ...keyOf(view)],
    (interval, signal) => orNull(() => curvesOf(model, interval, view, chosen, worth, signal)),
    { enabled: chosen !== undefined },
  );
  const choice = (
    <Choice
      label="Class"
      all={`Class ${positive ?? classes.at(-1) ?? ""}`}
      value={chosen === (positive ?? classes.at(-1)) ? "" : (chosen ?? "")}
      options={classes.filter((name) => name !== (positive ?? classes.at(-1)))}
      onChange={(value) => patch({ class: value || undefined }, { replace: true })}
    />
  );
  if (chosen === undefined) return null;
  return (
    <div className={styles["charts"]}>
      <ThresholdPanel answer={answer} choice={choice} name={chosen} worth={worth} />
      <CalibrationPanel answer={answer} name={chosen} />
    </div>
  );
}

/** A server may have no probabilities to draw a curve from: that is said, and is no failure. */
async function orNull(ask: () => Promise<Curves>): Promise<Curves | { readonly missing: string }> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof ApiError && (failure.status === 404 || failure.status === 422)) {
      return { missing: failure.message };
    }
    throw failure;
  }
}

type Answer = Timed<Curves | { readonly missing: string }>;

const LINES = [
  ["precision", "Precision", "var(--series-3)", undefined],
  ["recall", "Recall", "var(--series-4)", "6 3"],
  ["f1", "F1", "var(--series-5)", "2 3"],
  ["specificity", "Specificity", "var(--series-8)", "8 3 2 3"],
] as const;

interface ThresholdPanelProps {
  readonly answer: Answer;
  readonly choice: React.ReactNode;
  readonly name: string;
  readonly worth: Worth | undefined;
}

function ThresholdPanel({ answer, choice, name, worth }: ThresholdPanelProps) {
  const [at, setAt] = useState(0.5);
  const { data } = answer;
  const thresholds = data && "thresholds" in data ? data.thresholds : [];
  const chosen = nearest(thresholds, at);
  const best = data && "thresholds" in data ? data.best_threshold : undefined;
  return (
    <Panel title="Threshold" note={`if “${name}” is said from this probability on`} actions={choice} answer={answer}>
      {data && thresholds.length === 0 && <Absent data={data} />}
      {chosen && (
        <>
          <UnitPlot summary={`Precision, recall, F1 and specificity of ${name} by threshold`} xName="threshold">
            {(place) => (
              <>
                <path className={curve["at"]} d={`M${place.x(chosen.threshold)} ${place.y(0)}V${place.y(1)}`} />
                {LINES.map(([key, , colour, dash]) => (
                  <path
                    key={key}
                    className={curve["line"]}
                    stroke={colour}
                    strokeDasharray={dash}
                    d={unitPath(
                      place,
                      thresholds.map((one) => [one.threshold, one[key]]),
                    )}
                  />
                ))}
              </>
            )}
          </UnitPlot>
          <label className={curve["slider"]}>
            <span>Threshold {formatValue(chosen.threshold, "ratio")}</span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.01}
              value={at}
              onChange={(event) => setAt(Number(event.currentTarget.value))}
            />
          </label>
          {best !== undefined && Math.abs(best - chosen.threshold) > 0.005 && (
            <p>
              <UnstyledButton className={curve["best"]} onClick={() => setAt(best)}>
                {worth ? "Decisions are worth most" : "F1 is best"} from {formatValue(best, "ratio")} on
              </UnstyledButton>
            </p>
          )}
          <AtThreshold chosen={chosen} />
          <WorthFields worth={worth} />
        </>
      )}
      <Notes notes={(data && "notes" in data && data.notes) || []} />
    </Panel>
  );
}

function AtThreshold({ chosen }: { chosen: Threshold }) {
  return (
    <dl className={curve["values"]} aria-live="polite">
      {LINES.map(([key, name, colour, dash]) => (
        <div key={key}>
          <dt>
            <svg viewBox="0 0 18 4" aria-hidden="true">
              <path d="M0 2H18" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {name}
          </dt>
          <dd>{chosen[key] === undefined ? "undefined" : formatMeasure(chosen[key], { share: true })}</dd>
        </div>
      ))}
      {(
        [
          ["tp", "found"],
          ["fn", "missed"],
          ["fp", "falsely found"],
          ["tn", "rightly left"],
        ] as const
      ).map(([key, name]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{formatCount(chosen[key])}</dd>
        </div>
      ))}
      {chosen.business_value !== undefined && (
        <div>
          <dt>worth</dt>
          <dd>{number(chosen.business_value)}</dd>
        </div>
      )}
    </dl>
  );
}

const LARGEST_DOT = 9;
const SMALLEST_DOT = 2.5;

function CalibrationPanel({ answer, name }: { answer: Answer; name: string }) {
  const { data } = answer;
  const bins = data && "calibration" in data ? dotsOf(data.calibration) : [];
  const most = Math.max(1, ...bins.map(({ n }) => n));
  return (
    <Panel title="Calibration" note={`how often “${name}” was true, by the probability given to it`} answer={answer}>
      {data && bins.length === 0 && <Absent data={data} />}
      {bins.length > 0 && (
        <>
          <UnitPlot summary={spoken(bins)} xName="mean probability" yName="% that were true">
            {(place) => (
              <>
                <path className={curve["diagonal"]} d={`M${place.x(0)} ${place.y(0)}L${place.x(1)} ${place.y(1)}`} />
                <path
                  className={curve["line"]}
                  stroke="var(--series-1)"
                  d={unitPath(
                    place,
                    bins.map((bin) => [bin.mean_confidence, bin.share]),
                  )}
                />
                {bins.map(({ mean_confidence: x, low, observed }) =>
                  observed.low === undefined || observed.high === undefined ? null : (
                    <path
                      key={low}
                      className={curve["whisker"]}
                      d={`M${place.x(x)} ${place.y(observed.low)}V${place.y(observed.high)}`}
                    />
                  ),
                )}
                {bins.map((bin) => (
                  <circle
                    key={bin.low}
                    className={curve["dot"]}
                    cx={place.x(bin.mean_confidence)}
                    cy={place.y(bin.share)}
                    r={Math.max(SMALLEST_DOT, LARGEST_DOT * Math.sqrt(bin.n / most))}
                  >
                    <title>{inWords(bin)}</title>
                  </circle>
                ))}
              </>
            )}
          </UnitPlot>
          <p className="muted">
            On the dashed line the probability keeps its word; below it the model is too sure. Upright lines are 95 %
            intervals, larger dots stand on more predictions.
          </p>
        </>
      )}
    </Panel>
  );
}

function Absent({ data }: { data: Curves | { readonly missing: string } }) {
  const why =
    "missing" in data ? data.missing : "Drawn where predictions with truth carry probabilities or a confidence.";
  return <EmptyState title="No curve.">{why}</EmptyState>;
}

/** A bin in which something was observed. */
interface Dot extends CalibrationBin {
  readonly observed: Known;
  readonly share: number;
}

function dotsOf(bins: readonly CalibrationBin[]): readonly Dot[] {
  return bins.flatMap((bin) =>
    isKnown(bin.observed) && bin.n > 0 ? [{ ...bin, observed: bin.observed, share: bin.observed.value }] : [],
  );
}

function inWords({ low, high, mean_confidence, share, n }: Dot): string {
  const [from, to, mean, was] = [low, high, mean_confidence, share].map((value) => formatValue(value, "ratio"));
  return `${from} to ${to}: said ${mean}, was ${was}, of ${formatCount(n)}`;
}

function spoken(bins: readonly Dot[]): string {
  return `Calibration, ${bins.length} bins. ${bins.map(inWords).join("; ")}`;
}

function nearest(thresholds: readonly Threshold[], at: number): Threshold | undefined {
  return thresholds.reduce<Threshold | undefined>((best, one) => {
    return best && Math.abs(best.threshold - at) <= Math.abs(one.threshold - at) ? best : one;
  }, undefined);
}
