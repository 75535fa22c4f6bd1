import { useSyncExternalStore } from "react";

/**
 * Who the user is to the server: the `Authorization` header that every call carries.
 * It lives as long as the browser tab, and nowhere but in its session storage.
 */
const STORAGE_KEY = "sightline-authorization";

let signInNeeded = false;
const listeners = new Set<() => void>();

export function authorization(): string | null {
  return sessionStorage.getItem(STORAGE_KEY);
}

export function signInWithToken(token: string): void {
  remember(`Bearer ${token.trim()}`);
}

export function signInWithPassword(user: string, password: string): void {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  remember(`Basic ${btoa(String.fromCharCode(...bytes))}`);
}

export function signOut(): void {
  sessionStorage.removeItem(STORAGE_KEY);
  setSignInNeeded(true);
}

/** The server did not accept what was sent, if anything was. */
export function requireSignIn(): void {
  setSignInNeeded(true);
}

export function useSignInNeeded(): boolean {
  return useSyncExternalStore(subscribe, () => signInNeeded);
}

function remember(header: string): void {
  sessionStorage.setItem(STORAGE_KEY, header);
  setSignInNeeded(false);
}

function setSignInNeeded(needed: boolean): void {
  if (signInNeeded === needed) return;
  signInNeeded = needed;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
