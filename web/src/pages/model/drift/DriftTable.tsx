import { UnstyledButton } from "@mantine/core";
import type { FeatureDrift } from "../../../api/drift";
import { useRange } from "../../../api/useRange";
import { Sparkline } from "../../../charts/Sparkline";
import { formatValue } from "../../../format/numbers";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { effects } from "../queries";
import styles from "./drift.module.css";
import { aspectOf, detailsOf, scoreOf, verdictOf } from "./words";

const STEP_S = 60;

interface DriftTableProps {
  readonly model: string;
  readonly features: readonly FeatureDrift[];
  readonly chosen: string | undefined;
  readonly onChoose: (feature: string) => void;
}

/** Features, furthest first, each with its verdict and how far it has moved over the page's time. */
export function DriftTable({ model, features, chosen, onChoose }: DriftTableProps) {
  const courses = useRange(effects(model), STEP_S).data?.frame.series ?? [];
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Feature</th>
          <th scope="col">Verdict</th>
          <th scope="col" data-number>
            Rows moved
          </th>
          <th scope="col">over time</th>
          <th scope="col" data-number title="how much the feature moves what the model answers">
            Influence
          </th>
          <th scope="col">Score, threshold</th>
          <th scope="col" data-number>
            Missing, before
          </th>
          <th scope="col" data-number>
            now
          </th>
        </tr>
      </thead>
      <tbody>
        {features.map((one) => {
          const { status, text } = verdictOf(one);
          const course = courses.find(({ name }) => name === one.feature);
          return (
            <tr key={one.feature} data-chosen={one.feature === chosen} className={styles["row"]}>
              <td>
                <UnstyledButton
                  className={styles["name"]}
                  aria-pressed={one.feature === chosen}
                  onClick={() => onChoose(one.feature)}
                >
                  {one.feature}
                </UnstyledButton>{" "}
                <span className="muted">{aspectOf(one)}</span>
              </td>
              <td title={detailsOf(one)}>
                <StatusMark status={status}>
                  <span>{text}</span>
                </StatusMark>
              </td>
              <td data-number>{one.moved === undefined ? "–" : formatValue(one.moved, "ratio")}</td>
              <td>
                <Sparkline values={course?.values ?? []} colour="var(--series-1)" max={1} />
              </td>
              <td data-number>{one.influence === undefined ? "–" : formatValue(one.influence, "ratio")}</td>
              <td title={detailsOf(one)}>{scoreOf(one)}</td>
              <td data-number>{formatValue(one.missing_reference, "ratio")}</td>
              <td data-number>{formatValue(one.missing_current, "ratio")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
