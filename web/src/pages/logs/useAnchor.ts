import { defaultRangeExtractor, type Range, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useRef } from "react";

/** The row that a reader is at, and where it stood in the list. */
interface Anchor {
  readonly name: string;
  readonly startPx: number;
}

/**
 * Keeps the row that is read where it is while rows come before it: the one with the focus, else the first
 * opened one, else, if the list is scrolled, the first in sight. It also stays drawn, so that it keeps the focus.
 */
export function useAnchor(place: RefObject<HTMLElement | null>, indexOf: ReadonlyMap<string, number>) {
  const anchor = useRef<Anchor | null>(null);

  // Its identity changes with the rows: the virtualizer remembers what it drew for the one before.
  const drawn = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      const index = anchor.current ? indexOf.get(anchor.current.name) : undefined;
      if (index === undefined || shown.includes(index)) return shown;
      return [...shown, index].sort((one, other) => one - other);
    },
    [indexOf],
  );

  const note = (rows: Virtualizer<HTMLDivElement, Element>, isOpen: (name: string) => boolean) => {
    const node = place.current;
    if (!node) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-index]");
    const at = focused && node.contains(focused) ? Number(focused.dataset["index"]) : undefined;
    const items = rows.getVirtualItems();
    const item =
      items.find(({ index }) => index === at) ??
      items.find(({ key, end }) => end > node.scrollTop && isOpen(String(key))) ??
      (node.scrollTop > 0 ? items.find(({ end }) => end > node.scrollTop) : undefined);
    anchor.current = item ? { name: String(item.key), startPx: item.start } : null;
  };

  /** Undoes what new rows moved; called once they are laid out. */
  const hold = (rows: Virtualizer<HTMLDivElement, Element>) => {
    const index = anchor.current ? indexOf.get(anchor.current.name) : undefined;
    const start = index === undefined ? undefined : rows.measurementsCache[index]?.start;
    if (place.current && anchor.current && start !== undefined) {
      place.current.scrollTop += start - anchor.current.startPx;
    }
  };

  return { drawn, note, hold };
}
