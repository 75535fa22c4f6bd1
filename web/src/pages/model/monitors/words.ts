import type { Definition, MonitorState } from "../../../api/monitors";
import type { Status } from "../../../ui/StatusMark";

const STATES: Readonly<Record<MonitorState, { readonly status: Status; readonly text: string }>> = {
  ok: { status: "ok", text: "as it should be" },
  watch: { status: "warn", text: "worth a look" },
  broken: { status: "error", text: "broken" },
  not_enough: { status: "none", text: "not enough data" },
  failed: { status: "warn", text: "could not be found" },
};

/** A verdict by shape and word; undefined where nothing was looked at yet. */
export function stateOf(state: MonitorState | undefined): { readonly status: Status; readonly text: string } {
  return state ? STATES[state] : { status: "none", text: "not looked at yet" };
}

/** `mean of age every 1h: fixed, upper 50` */
export function sentenceOf({ kind, measure, feature, window, rows, ...more }: Definition): string {
  const what = [measure ?? (kind === "list" ? "words" : ""), feature && `of ${feature}`].filter(Boolean).join(" ");
  const often = rows ? `every ${rows} rows` : `by ${window ?? "1h"}`;
  const limits = ["lower", "upper", "by", "factor", "method", "threshold", "detector", "period"]
    .filter((key) => more[key] !== undefined)
    .map((key) => `${key} ${more[key]}`);
  const of = Array.isArray(more["of"]) ? [more["of"].join(", ")] : [];
  return `${[what, often].filter(Boolean).join(" ")}: ${[kind, ...limits, ...of].join(", ")}`;
}
