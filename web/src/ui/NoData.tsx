import type { ReactNode } from "react";
import { isLive } from "../time/range";
import { usePageTime } from "../time/TimeProvider";
import { EmptyState } from "./EmptyState";

/** No sample in the page's time; where that goes on, one may come yet. */
export function NoData({ children }: { children: ReactNode }) {
  const { range } = usePageTime();
  return (
    <EmptyState title={isLive(range) ? "No data in this time yet." : "No data in this time."}>{children}</EmptyState>
  );
}
