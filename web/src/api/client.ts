import { authorization, requireSignIn } from "./session";

const TIMEOUT_MS = 120_000;

/** Why a call to the server has no answer, in words that can be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /**
   * @param status of HTTP; 0 where the server could not be reached
   * @param kind the server's own name of the failure, such as `bad_data`
   */
  constructor(
    message: string,
    readonly status: number,
    readonly kind: string = "",
  ) {
    super(message);
  }

  get unreachable(): boolean {
    return this.kind === "unreachable";
  }
}

/** The folder that the pages are served from, ending with a slash. */
export function basePath(): string {
  return new URL(document.baseURI).pathname;
}

/** Calls the server and reads its JSON. */
export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init);
  if (response.status === 401) requireSignIn();
  const text = await response.text();
  const body = parsed(text);
  if (!response.ok) throw failure(response.status, body, text);
  if (body === undefined) throw new ApiError("The server's answer is not JSON.", response.status, "format");
  return body as T;
}

/** `fetch` relative to the pages, with the user's authorization. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  const identity = authorization();
  if (identity) headers.set("Authorization", identity);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(basePath() + path.replace(/^\//, ""), { ...init, headers, signal, credentials: "same-origin" });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    if (timeout.aborted) throw new ApiError("The server did not answer within 2 minutes.", 0, "timeout");
    throw new ApiError("The server cannot be reached.", 0, "unreachable");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(status: number, body: unknown, text: string): ApiError {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const message = [fields["error"], fields["message"], fields["detail"]].find((value) => typeof value === "string");
  return new ApiError((message as string) ?? wordsFor(status, text), status, String(fields["errorType"] ?? ""));
}

function wordsFor(status: number, text: string): string {
  if (status === 401) return "You are not signed in.";
  if (status === 403) return "You may not see this.";
  if (status === 404) return "The server does not have this.";
  const plain = text.startsWith("<") ? "" : text.trim().slice(0, 300);
  return plain || `The server answered with status ${status}.`;
}
