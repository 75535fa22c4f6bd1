import { useMemo, useState } from "react";
import type { Labels } from "../../api/prometheus";
import type { Timed } from "../../api/useTimed";
import { ChartBody } from "../../charts/ChartBody";
import { TableSwitch } from "../../charts/ChartPanel";
import { frameOf } from "../../charts/frame";
import { useWidth } from "../../charts/useWidth";
import { NoData } from "../../ui/NoData";
import { Panel } from "../../ui/Panel";
import { LEVEL_COLOURS, levelNamed } from "./level";
import type { CountedSeries } from "./useLogs";

const HEIGHT = 300;

interface SeriesPanelProps {
  readonly query: string;
  readonly counted: CountedSeries;
  readonly answer: Timed<unknown>;
}

/** The answer of a query that counts lines. */
export function SeriesPanel({ query, counted, answer }: SeriesPanelProps) {
  const [place, width] = useWidth<HTMLDivElement>();
  const [asTable, setAsTable] = useState(false);
  const frame = useMemo(
    () =>
      frameOf([{ query: { expr: query, colour: levelColour }, series: counted.list }], counted.interval, counted.stepS),
    [query, counted],
  );
  return (
    <Panel title="Counted" actions={<TableSwitch on={asTable} onChange={setAsTable} />} answer={answer}>
      <div ref={place} style={{ minHeight: HEIGHT }}>
        {frame.series.length === 0 && <NoData>Nothing was counted by this query.</NoData>}
        {frame.series.length > 0 && width > 0 && (
          <ChartBody title={query} frame={frame} unit="short" width={width} height={HEIGHT} asTable={asTable} />
        )}
      </div>
    </Panel>
  );
}

/** A series of one level has that level's colour. */
function levelColour({ level, detected_level: detected }: Labels): string | undefined {
  const known = levelNamed(level) ?? levelNamed(detected);
  return known ? LEVEL_COLOURS[known] : undefined;
}
