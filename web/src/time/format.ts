import { type Interval, isLive, QUICK_RANGES, type TimeRange } from "./range";

const DAY_MS = 86_400_000;

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" });
const YEAR_DAY = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric" });

/** `14:03:22`, with the day in front where it is not today's. */
export function formatTime(ms: number, nowMs: number): string {
  const sameDay = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return sameDay ? CLOCK.format(ms) : `${DAY.format(ms)} ${CLOCK.format(ms)}`;
}

/** A label of a time axis whose labels are `incrementS` apart; midnight is the day's name. */
export function axisTime(ms: number, incrementS: number): string {
  const date = new Date(ms);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
  if (incrementS >= 86_400 || midnight) return DAY.format(ms);
  return incrementS >= 60 ? MINUTE.format(ms) : CLOCK.format(ms);
}

/** `21 Nov 2026 14:03:22.120`: nothing left out, for details and copies. */
export function formatFullTime(ms: number): string {
  const thousandths = String(Math.floor(ms % 1_000)).padStart(3, "0");
  return `${YEAR_DAY.format(ms)} ${CLOCK.format(ms)}.${thousandths}`;
}

/** How long ago, in one unit: `now`, `4 s`, `12 min`, `3 h`, `5 d`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1_000);
  if (seconds < 1) return "now";
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (ageMs < 2 * DAY_MS) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(ageMs / DAY_MS)} d`;
}

export function formatAgo(ageMs: number): string {
  const age = formatAge(ageMs);
  return age === "now" ? "now" : `${age} ago`;
}

/** The name of the zone that all times on the page are in, as `UTC+01:00`. */
export function zoneName(now: Date = new Date()): string {
  const minutes = -now.getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const sign = minutes > 0 ? "+" : "−";
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0");
  return `UTC${sign}${hours}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
}

/** What the picker says: `Last 15 minutes`, `now-2h to now-1h`, or two dates. */
export function describeRange(range: TimeRange, { startMs, endMs }: Interval): string {
  const quick = QUICK_RANGES.find(({ range: known }) => known.from === range.from && known.to === range.to);
  if (quick) return quick.label;
  const relative = /^now-(\d+)([smhdw])$/.exec(range.from);
  if (relative && range.to === "now") return `Last ${relative[1]} ${relative[2]}`;
  if (isLive(range)) return `${range.from} to ${range.to}`;
  const sameDay = new Date(startMs).toDateString() === new Date(endMs).toDateString();
  const precise = endMs - startMs < 600_000 ? CLOCK : MINUTE;
  const end = sameDay ? precise.format(endMs) : `${DAY.format(endMs)} ${precise.format(endMs)}`;
  return `${DAY.format(startMs)} ${precise.format(startMs)} – ${end}`;
}

/** From one moment to another, with the day in front where it matters: `21 Nov 14:00 – 15:00`. */
export function formatSpan(startMs: number, endMs: number): string {
  const start = new Date(startMs);
  const end = new Date(endMs);
  const wholeDays = [start, end].every((date) => date.getHours() === 0 && date.getMinutes() === 0);
  if (wholeDays && endMs - startMs <= 1.05 * DAY_MS) return DAY.format(startMs);
  if (wholeDays) return `${DAY.format(startMs)} – ${DAY.format(endMs - 1)}`;
  const clock = endMs - startMs < 60_000 ? CLOCK : MINUTE;
  const day = start.toDateString() === new Date().toDateString() ? "" : `${DAY.format(startMs)} `;
  const endDay = start.toDateString() === end.toDateString() ? "" : `${DAY.format(endMs)} `;
  return `${day}${clock.format(startMs)} – ${endDay}${clock.format(endMs)}`;
}

/** `14:20`, with the day in front where it is not today's. */
export function formatMoment(ms: number): string {
  const sameDay = new Date(ms).toDateString() === new Date().toDateString();
  return sameDay ? MINUTE.format(ms) : `${DAY.format(ms)} ${MINUTE.format(ms)}`;
}

/** How long, in one unit: `15 minutes`, `7 days`. */
export function formatLength(ms: number): string {
  const [size, unit] =
    ms < 90 * 60_000 ? [ms / 60_000, "minute"] : ms < 2 * DAY_MS ? [ms / 3_600_000, "hour"] : [ms / DAY_MS, "day"];
  const rounded = Math.round(size * 10) / 10;
  return `${rounded} ${unit}${rounded === 1 ? "" : "s"}`;
}
