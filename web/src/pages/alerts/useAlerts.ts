import { useQuery } from "@tanstack/react-query";
import { activeAlerts, type RuleGroup, ruleGroups } from "../../api/alerts";
import { ApiError } from "../../api/client";
import { useSignInNeeded } from "../../api/session";
import { type Timed, useTimed } from "../../api/useTimed";
import { type Alert, alertsOf } from "./alerts";

const BADGE_EVERY_MS = 10_000;

/** The rules and what they have found, asked again with every tick; a server without any has none. */
export function useAlerts(): {
  readonly groups: readonly RuleGroup[] | undefined;
  readonly alerts: readonly Alert[] | undefined;
  readonly answer: Timed<unknown>;
} {
  const answer = useTimed(["rules"], async (_, signal) => (await ruleGroups(signal)) ?? []);
  return { groups: answer.data, alerts: answer.data && alertsOf(answer.data), answer };
}

/** Whether the server has no such thing, now and later. */
function isAbsent(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** How many alerts are firing, whatever time the page looks at; null while that is not known. */
export function useFiringCount(): number | null {
  const signInNeeded = useSignInNeeded();
  const { data } = useQuery({
    queryKey: ["firing"],
    queryFn: async ({ signal }) => (await activeAlerts(signal)).filter(({ state }) => state === "firing").length,
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : BADGE_EVERY_MS),
    enabled: !signInNeeded,
  });
  return data ?? null;
}
