import type { Status } from "../../ui/StatusMark";

const WATCH = 0.01;
const BAD = 0.05;

/** Whether a share of failed calls wants a look; null where it is small or unknown. */
export function errorStatus(ratio: number | null): Status | null {
  if (ratio === null || ratio < WATCH) return null;
  return ratio < BAD ? "warn" : "error";
}
