import { StatusMark } from "../../../ui/StatusMark";
import type { Difference } from "./difference";
import { verdictOf } from "./difference";
import { formatDifference, type MeasureFacts } from "./measures";

interface ChangeMarkProps {
  readonly difference: Difference | null;
  readonly facts: MeasureFacts;
  /** For a table, whose head says that these are points: that it may be chance is said by the ring alone to those who see it. */
  readonly short?: boolean;
}

/** How far a measure has moved, and whether that is more than chance. */
export function ChangeMark({ difference, facts, short = false }: ChangeMarkProps) {
  if (difference === null) {
    return <StatusMark status="none">{short ? "–" : "nothing to compare with"}</StatusMark>;
  }
  const whole = formatDifference(difference.value, facts);
  const text = short ? whole.replace(" points", "") : `${whole},`;
  switch (verdictOf(difference, facts)) {
    case "worse":
      return <StatusMark status="error">{text} worse</StatusMark>;
    case "better":
      return <StatusMark status="ok">{text} better</StatusMark>;
    case "moved":
      return <StatusMark status="warn">{text} moved</StatusMark>;
    case "no clear change":
      return (
        <StatusMark status="none">
          <span>
            {text} <span className={short ? "visually-hidden" : ""}>may be chance</span>
          </span>
        </StatusMark>
      );
    case "unknown":
      return <StatusMark status="none">{whole}</StatusMark>;
  }
}

/** `−5.2 points (−7.0 to −3.4)`. */
export function differenceInWords(difference: Difference, facts: Pick<MeasureFacts, "share">): string {
  const text = formatDifference(difference.value, facts);
  if (difference.low === undefined || difference.high === undefined) return text;
  const [low, high] = [difference.low, difference.high].map((end) =>
    formatDifference(end, facts).replace(" points", ""),
  );
  return `${text} (${low} to ${high})`;
}
