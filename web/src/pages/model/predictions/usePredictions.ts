import { useCallback, useMemo, useState } from "react";
import { listPredictions, type Prediction, type PredictionPage } from "../../../api/models";
import { type Timed, useTimed } from "../../../api/useTimed";
import type { Interval } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import { filterText, type RowFilter } from "./filter";

interface Older {
  readonly interval: Interval;
  readonly pages: readonly PredictionPage[];
}

/**
 * The newest predictions, of those that are wanted, of the page's time. Asking for older ones freezes the list, so that rows do
 * not move while somebody reads; going back to the newest lets it live again.
 */
export function usePredictions(model: string, filter: RowFilter) {
  const { interval } = usePageTime();
  const wanted = useMemo(() => ({ version: filter.version, filter: filterText(filter) }), [filter]);
  const [older, setOlder] = useState<Older | null>(null);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const newest = useTimed(
    ["predictions", model, wanted.version ?? "", wanted.filter ?? ""],
    async (asked, signal) => ({ interval: asked, page: await listPredictions(model, asked, null, signal, wanted) }),
    { enabled: older === null },
  );

  const frozen = older !== null;
  const pages = older?.pages ?? (newest.data ? [newest.data.page] : []);
  const cursor = pages.at(-1)?.cursor ?? null;
  const window = older?.interval ?? newest.data?.interval ?? interval;

  const loadOlder = useCallback(async () => {
    setLoading(true);
    setProblem(null);
    try {
      const next = await listPredictions(model, window, cursor, undefined, wanted);
      setOlder({ interval: window, pages: [...pages, next] });
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setLoading(false);
    }
  }, [model, window, cursor, pages, wanted]);

  /** Puts a changed prediction in the place of the one with its id, until the next answer brings it. */
  const replace = (changed: Prediction) => {
    if (!older) return;
    const swap = (one: Prediction) => (one.id === changed.id ? changed : one);
    setOlder({
      ...older,
      pages: older.pages.map((page) => ({ ...page, predictions: page.predictions.map(swap) })),
    });
  };

  const answer: Timed<unknown> = {
    ...newest,
    fetching: newest.fetching || loading,
    error: problem ?? (frozen ? null : newest.error),
    retry: problem ? loadOlder : newest.retry,
  };
  return {
    answer,
    predictions: pages.flatMap((page) => page.predictions),
    hasOlder: cursor !== null,
    looked: pages.reduce((sum, page) => sum + page.looked, 0),
    oldestMs: pages.at(-1)?.lookedToMs ?? null,
    frozenAtMs: frozen ? window.endMs : null,
    loadOlder,
    resume: () => setOlder(null),
    replace,
  };
}
