import type { ModelEvent } from "../../../api/registry";
import type { EventMark } from "../../../charts/events";

const WORDS: Readonly<Record<string, string>> = {
  deployed: "Deployed",
  retrained: "Retrained",
  rolled_back: "Rolled back",
  stage: "Stage",
  note: "Note",
};

/** An event in one line. */
export function eventInWords({ kind, version, text }: ModelEvent): string {
  const what = WORDS[kind] ?? kind.replaceAll("_", " ");
  const of = version ? `${what} ${version}` : what;
  const says = text && !text.startsWith("first prediction") ? text : "";
  return says ? `${of}: ${says}` : of;
}

export function markOf(event: ModelEvent): EventMark {
  return { timeMs: Date.parse(event.time), text: eventInWords(event) };
}
