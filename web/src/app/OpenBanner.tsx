import { IconLockOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { isOpenToAll } from "../api/prometheus";
import { useSignInNeeded } from "../api/session";
import styles from "./ServerBanner.module.css";

/** One line as long as anyone on the network may read and change everything. */
export function OpenBanner() {
  const signInNeeded = useSignInNeeded();
  const { data } = useQuery({
    queryKey: ["open"],
    queryFn: ({ signal }) => isOpenToAll(signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !signInNeeded,
  });
  if (data !== true) return null;
  return (
    <aside className={styles["banner"]} data-kind="warning" aria-label="Warning">
      <IconLockOpen size={16} aria-hidden="true" />
      <span>
        This server is open to the network: whoever reaches it may read and change everything. Name users or tokens
        under <code>server.auth</code>, or listen on 127.0.0.1.
      </span>
    </aside>
  );
}
