import { IconPlugConnectedX } from "@tabler/icons-react";
import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/client";
import styles from "./ServerBanner.module.css";

/** One line for the whole page when the server has gone; what was shown before stays, greyed. */
export function ServerBanner() {
  useIsFetching();
  const queries = useQueryClient().getQueryCache().findAll({ type: "active" });
  const lost = queries.some(({ state }) => state.error instanceof ApiError && state.error.unreachable);
  if (!lost) return null;
  return (
    <div className={styles["banner"]} role="status">
      <IconPlugConnectedX size={16} aria-hidden="true" />
      The server cannot be reached. What you see is from before; it is asked again with every refresh.
    </div>
  );
}
