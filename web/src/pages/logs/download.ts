import type { LogLine } from "../../api/loki";
import { isoNanos } from "../../time/nanos";

/** Time and text, a line for each. */
export function asText(lines: readonly LogLine[]): string {
  return lines.map(({ ns, line }) => `${isoNanos(ns)} ${line}\n`).join("");
}

/** Everything that is known about each line, as one JSON object in a line. */
export function asNdjson(lines: readonly LogLine[]): string {
  return lines.map((line) => `${lineAsJson(line)}\n`).join("");
}

export function lineAsJson({ ns, line, stream, metadata }: LogLine): string {
  return JSON.stringify({ time: isoNanos(ns), line, labels: stream, metadata });
}

/** Gives a text to the browser as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
