import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { isLive, shifted, zoomedOut } from "../time/range";
import { usePageTime } from "../time/TimeProvider";
import { carried, useSearchState } from "../url/search";

/** What a key asks another part of the page to do. */
export type Command = "help" | "time-range" | "search";

const DESTINATIONS: Readonly<Record<string, string>> = {
  h: "/",
  m: "/models",
  a: "/alerts",
  l: "/logs",
  e: "/explore",
  t: "/targets",
};
const SEQUENCE_MS = 1_000;
const STORAGE_KEY = "sightline-keys";
const bus = new EventTarget();

/** Listens for a command; the answer ends that. */
export function onCommand(command: Command, listener: () => void): () => void {
  bus.addEventListener(command, listener);
  return () => bus.removeEventListener(command, listener);
}

/** Whether keys without Ctrl, Alt or ⌘ do anything: for who speaks to the computer they must not. */
export function singleKeys(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== "off";
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, "off");
}

/** The keys that work on every page, as long as nobody types into a field. */
export function useHotkeys(): void {
  const navigate = useNavigate();
  const search = useSearchState();
  const { interval, range, zoomTo, refreshNow } = usePageTime();

  useEffect(() => {
    let goPressedMs = Number.NEGATIVE_INFINITY;
    const actions: Readonly<Record<string, () => void>> = {
      "?": () => bus.dispatchEvent(new Event("help")),
      t: () => bus.dispatchEvent(new Event("time-range")),
      "/": () => bus.dispatchEvent(new Event("search")),
      r: refreshNow,
      "[": () => zoomTo(shifted(interval, -1)),
      "]": () => !isLive(range) && zoomTo(shifted(interval, 1)),
      "-": () => zoomTo(zoomedOut(interval, Date.now())),
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !singleKeys()) return;
      const destination = event.timeStamp - goPressedMs < SEQUENCE_MS ? DESTINATIONS[event.key] : undefined;
      goPressedMs = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const action = destination
        ? () => void navigate({ to: destination, search: carried(search) as never })
        : actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, search, interval, range, zoomTo, refreshNow]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, dialog[open]") !== null;
}
