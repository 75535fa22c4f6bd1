import { useCallback, useState } from "react";
import type { Prediction } from "../../../api/models";
import { type Timed, useTimed } from "../../../api/useTimed";
import type { Interval } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import type { RowFilter } from "./filter";
import { type FilteredPage, readMatching } from "./reading";

interface Older {
  readonly interval: Interval;
  readonly pages: readonly FilteredPage[];
}

/**
 * The newest predictions, of those that are wanted, of the page's time. Asking for older ones freezes the list, so that rows do
 * not move while somebody reads; going back to the newest lets it live again.
 */
export function usePredictions(model: string, filter: RowFilter) {
  const { interval } = usePageTime();
  const [older, setOlder] = useState<Older | null>(null);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const newest = useTimed(
    ["predictions", model, keyOf(filter)],
    async (asked, signal) => ({ interval: asked, page: await readMatching(model, asked, filter, null, signal) }),
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
      const next = await readMatching(model, window, filter, cursor);
      setOlder({ interval: window, pages: [...pages, next] });
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setLoading(false);
    }
  }, [model, window, cursor, pages, filter]);

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
    oldestMs: pages.at(-1)?.oldestMs ?? null,
    frozenAtMs: frozen ? window.endMs : null,
    loadOlder,
    resume: () => setOlder(null),
    replace,
  };
}

function keyOf({ segment, ...rest }: RowFilter): string {
  return JSON.stringify([rest, [...(segment ?? [])]]);
}
