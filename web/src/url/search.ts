import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";

/** The query part of the address: every key with its values, in the order of the address. */
export type Search = Readonly<Record<string, string | undefined>>;

/** Reads `?a=1&b=2` as text only: `now-15m` and `007` stay what they are. The last of equal keys wins. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The opposite of [parseSearch]; a key without a value is left out. Colons and slashes stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") parameters.append(key, String(value));
  }
  const text = parameters.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

/** The keys that follow the user from page to page. */
export const CARRIED_KEYS = ["from", "to", "refresh"] as const;

export function carried(search: Search): Search {
  return Object.fromEntries(CARRIED_KEYS.map((key) => [key, search[key]]));
}

export function useSearchState(): Search {
  return useRouterState({ select: (state) => state.location.search as Search, structuralSharing: true });
}

/**
 * Changes some keys of the address and keeps the others; undefined removes a key.
 * A change is a step of the browser's history unless `replace` says that it is none.
 */
export function usePatchSearch(): (patch: Search, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (patch, options) => {
      void navigate({
        to: ".",
        search: ((before: Search) => ({ ...before, ...patch })) as never,
        replace: options?.replace ?? false,
        resetScroll: false,
      });
    },
    [navigate],
  );
}
