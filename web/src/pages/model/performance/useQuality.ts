import type { Model } from "../../../api/models";
import type { Performance, PerformanceView } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { usePageTime } from "../../../time/TimeProvider";
import { useSearchState } from "../../../url/search";
import { headlines, keysIn } from "./measures";
import { type Turn, turnOf } from "./turn";
import { type Pair, usePair, useWindows } from "./usePerformance";
import { stepFor, useView } from "./view";

/** How a measure went over the page's time, and what is set against what because of that. */
export interface Quality {
  readonly view: PerformanceView;
  readonly task: string | undefined;
  readonly step: string;
  /** The one that is looked into. */
  readonly measure: string;
  readonly windows: Timed<Performance>;
  /** When it went to another level; null where it did not. */
  readonly turn: Turn | null;
  readonly pair: Timed<Pair>;
}

/** Looks for a turn in the windows; before and after it are then compared, else the page's time with the one before. */
export function useQuality(model: string, facts: Model | undefined): Quality {
  const search = useSearchState();
  const view = useView();
  const { interval } = usePageTime();
  const step = stepFor(search["step"], interval);
  const windows = useWindows(model, view, step);
  const task = windows.data?.task ?? facts?.task ?? undefined;
  const measure = search["measure"] ?? (headlines(task, keysIn(windows.data?.windows))[0] as string);
  const turn = windows.data ? turnOf(windows.data.windows, measure) : null;
  const pair = usePair(model, view, turn?.atMs ?? null, windows.data !== undefined);
  return { view, task, step, measure, windows, turn, pair };
}
