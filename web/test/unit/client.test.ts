import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, call } from "../../src/api/client";
import { readPrediction } from "../../src/api/models";
import { authorization, signInWithPassword, signInWithToken, signOut } from "../../src/api/session";

let asked: { url: string; init: RequestInit } | null = null;

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("a call", () => {
  it("carries the user's authorization, once there is one", async () => {
    answerWith(200, '{"fine": true}');
    await call("api/v1/query");
    expect(header("Authorization")).toBeNull();
    signInWithToken(" secret ");
    await call("/api/v1/query");
    expect(header("Authorization")).toBe("Bearer secret");
    expect(asked?.url).toBe("/api/v1/query");
    signOut();
    expect(authorization()).toBeNull();
  });

  it("sends a password in any script", () => {
    signInWithPassword("müller", "пароль");
    const [, encoded = ""] = authorization()?.split(" ") ?? [];
    expect(new TextDecoder().decode(Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0)))).toBe("müller:пароль");
  });

  it.each([
    [400, '{"status":"error","errorType":"bad_data","error":"1:3: parse error"}', "1:3: parse error", "bad_data"],
    [404, '{"error":"no model “x”"}', "no model “x”", ""],
    [403, "", "You may not see this.", ""],
    [500, "<html>oops</html>", "The server answered with status 500.", ""],
    [503, "too busy", "too busy", ""],
    [200, "no json", "The server's answer is not JSON.", "format"],
  ])("with status %i and %s says %s", async (status, body, message, kind) => {
    answerWith(status, body);
    const failure = await call("api/v1/query").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ message, kind, status });
  });

  it("to a server that is gone says so", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    const failure = (await call("api/v1/query").catch((error: unknown) => error)) as ApiError;
    expect(failure.unreachable).toBe(true);
  });
});

describe("a prediction", () => {
  it("is read with what the server leaves out", () => {
    const read = readPrediction({ id: "1", time: "2026-03-01T00:00:00Z", prediction: "good" });
    expect(read).toMatchObject({ version: "", confidence: null, latencyMs: null, truth: null, features: {} });
    expect(read.timeMs).toBe(Date.UTC(2026, 2, 1));
  });

  it("may have a truth, even one that is false", () => {
    const read = readPrediction({ id: "1", time: 5, prediction: true, ground_truth: { value: false, time: 7 } });
    expect(read.truth).toEqual({ value: false, timeMs: 7 });
  });
});

function answerWith(status: number, body: string): void {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked = { url, init };
    return Promise.resolve(new Response(body, { status }));
  });
}

function header(name: string): string | null {
  return new Headers(asked?.init.headers).get(name);
}
