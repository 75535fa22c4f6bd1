import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { usePatchSearch, useSearchState } from "../url/search";
import { absolute, DEFAULT_RANGE, type Interval, isLive, parseDurationMs, resolve, type TimeRange } from "./range";

/** The time that a page looks at, the same for all its panels. */
export interface PageTime {
  readonly range: TimeRange;
  readonly interval: Interval;
  /** As in the address: `5s`, or `off`. */
  readonly refresh: string;
  /** When the interval was last resolved. */
  readonly nowMs: number;
  setRange(range: TimeRange): void;
  zoomTo(interval: Interval): void;
  setRefresh(refresh: string): void;
  refreshNow(): void;
}

const Context = createContext<PageTime | null>(null);

export const REFRESH_CHOICES = ["off", "5s", "10s", "30s", "1m", "5m"] as const;

/**
 * Keeps the page's time: the range comes from the address, and a tick moves it on. A tick waits until
 * the answers of the one before are there, so that a slow server is not asked twice, and rests while
 * nobody sees the page.
 */
export function TimeProvider({ children, defaultRefresh }: { children: ReactNode; defaultRefresh: string }) {
  const search = useSearchState();
  const patch = usePatchSearch();
  const client = useQueryClient();
  const [nowMs, setNowMs] = useState(() => Date.now());

  const from = search["from"] ?? DEFAULT_RANGE.from;
  const to = search["to"] ?? DEFAULT_RANGE.to;
  const refresh = search["refresh"] ?? defaultRefresh;
  const refreshNow = useCallback(() => setNowMs(Date.now()), []);

  useEffect(() => {
    const everyMs = parseDurationMs(refresh);
    if (everyMs === null || everyMs < 1_000 || !isLive({ from, to })) return;
    const tick = () => {
      if (!document.hidden && client.isFetching() === 0) refreshNow();
    };
    const timer = setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [refresh, from, to, client, refreshNow]);

  const time = useMemo<PageTime>(() => {
    const range = { from, to };
    const setRange = (next: TimeRange) => {
      setNowMs(Date.now());
      patch({ from: next.from, to: next.to });
    };
    return {
      range,
      interval: resolve(range, nowMs),
      refresh,
      nowMs,
      setRange,
      zoomTo: (interval) => setRange(absolute(interval)),
      setRefresh: (next) => patch({ refresh: next }, { replace: true }),
      refreshNow,
    };
  }, [from, to, refresh, nowMs, patch, refreshNow]);

  return <Context value={time}>{children}</Context>;
}

export function usePageTime(): PageTime {
  const time = useContext(Context);
  if (!time) throw new Error("BUG: no TimeProvider above");
  return time;
}
