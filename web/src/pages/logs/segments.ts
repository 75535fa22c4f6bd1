/** A run of a line's text that is drawn in one way. */
export interface Segment {
  readonly text: string;
  readonly kind: "text" | "mark" | "control";
  /** A colour of the terminal, as a token; null for the usual one. */
  readonly colour: string | null;
  readonly bold: boolean;
}

interface Look {
  readonly colour: string | null;
  readonly bold: boolean;
}

const PLAIN: Look = { colour: null, bold: false };
/** Commands to a terminal: of the kind that sets colours, of the kind that sets a title, and short ones. */
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they begin with.
  /\u001b(?:\[([0-9;:]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;
/** Control characters but for tabs and line ends, and what changes the direction of text or has no width. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
/** Of the eight colours of a terminal, from black to white, those that the theme has. */
const COLOURS = [
  null,
  "var(--error)",
  "var(--ok)",
  "var(--warn)",
  "var(--info)",
  "var(--series-4)",
  "var(--series-3)",
  null,
];

/**
 * A line as it is drawn: colours of the terminal become the theme's, other commands to a terminal are left out,
 * characters that nobody would see are named, and the texts looked for are marked.
 */
export function segmentsOf(line: string, wanted: readonly string[]): readonly Segment[] {
  const runs = runsOf(line);
  const marks = marksIn(runs.map(({ text }) => text).join(""), wanted);
  const segments: Segment[] = [];
  let at = 0;
  for (const { text, look } of runs) {
    const end = at + text.length;
    let from = at;
    for (const [start, stop] of marks) {
      if (stop <= from || start >= end) continue;
      const [first, last] = [Math.max(start, from), Math.min(stop, end)];
      segments.push(...visible(text.slice(from - at, first - at), look, "text"));
      segments.push(...visible(text.slice(first - at, last - at), look, "mark"));
      from = last;
    }
    segments.push(...visible(text.slice(from - at), look, "text"));
    at = end;
  }
  return segments;
}

/** The line without commands to a terminal. */
export function withoutEscapes(line: string): string {
  return line.replace(ESCAPE, "");
}

function runsOf(line: string): readonly { readonly text: string; readonly look: Look }[] {
  if (!line.includes("\u001b")) return [{ text: line, look: PLAIN }];
  const runs: { text: string; look: Look }[] = [];
  let look = PLAIN;
  let from = 0;
  for (const match of line.matchAll(ESCAPE)) {
    if (match.index > from) runs.push({ text: line.slice(from, match.index), look });
    if (match[2] === "m") look = changed(look, match[1] ?? "");
    from = match.index + match[0].length;
  }
  if (from < line.length) runs.push({ text: line.slice(from), look });
  return runs;
}

/** The look after a command such as `1;31`. */
function changed(before: Look, parameters: string): Look {
  let look = before;
  const codes = parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code === 0) look = PLAIN;
    else if (code === 1) look = { ...look, bold: true };
    else if (code === 22) look = { ...look, bold: false };
    else if (code >= 30 && code <= 37) look = { ...look, colour: COLOURS[code - 30] ?? null };
    else if (code >= 90 && code <= 97) look = { ...look, colour: COLOURS[code - 90] ?? null };
    else if (code === 39) look = { ...look, colour: null };
    else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : 4;
  }
  return look;
}

/** Where the wanted texts stand, in rising order and without overlaps. */
function marksIn(text: string, wanted: readonly string[]): readonly (readonly [start: number, stop: number])[] {
  const found: [number, number][] = [];
  for (const one of wanted) {
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + one.length))
      found.push([at, at + one.length]);
  }
  found.sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [start, stop] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
    else joined.push([start, stop]);
  }
  return joined;
}

function visible(text: string, { colour, bold }: Look, kind: "text" | "mark"): readonly Segment[] {
  if (text === "") return [];
  const segments: Segment[] = [];
  let from = 0;
  for (const { index, 0: character } of text.matchAll(INVISIBLE)) {
    if (index > from) segments.push({ text: text.slice(from, index), kind, colour, bold });
    segments.push({ text: nameOf(character), kind: "control", colour: null, bold: false });
    from = index + character.length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), kind, colour, bold });
  return segments;
}

/** `␛` for what has a picture, `U+202E` for the others. */
function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "␡" : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
