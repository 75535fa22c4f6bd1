import { ActionIcon } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { buildFacts } from "../api/prometheus";
import { authorization, signOut, useSignInNeeded } from "../api/session";
import styles from "./Shell.module.css";

/** Which version answers, and the way out for who has signed in. */
export function Identity() {
  const signInNeeded = useSignInNeeded();
  const { data } = useQuery({
    queryKey: ["build"],
    queryFn: ({ signal }) => buildFacts(signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !signInNeeded,
  });
  const version = data?.version.split("+sightline.").at(-1);
  return (
    <>
      {authorization() !== null && !signInNeeded && (
        <ActionIcon variant="subtle" color="gray" aria-label="Sign out" title="Sign out" onClick={signOut}>
          <IconLogout size={16} stroke={1.75} />
        </ActionIcon>
      )}
      {version && (
        <span className={styles["version"]} title={`Sightline ${version}`}>
          sightline {version}
        </span>
      )}
    </>
  );
}
