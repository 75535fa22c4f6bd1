import { seriesColours } from "../../../format/colour";

/** One colour for each class, the same in every tab. */
export function classColours(names: readonly string[]): (name: string) => string {
  const colours = seriesColours(names);
  return (name) => colours.get(name) ?? "var(--text-3)";
}
