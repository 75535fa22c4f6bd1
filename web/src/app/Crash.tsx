import { Button } from "@mantine/core";
import { EmptyState } from "../ui/EmptyState";

/** A page that failed in a way nobody planned: the message for a report, and the way back. */
export function Crash({ error }: { error: Error }) {
  return (
    <EmptyState title="This page failed to draw.">
      <p className="mono">{error.message}</p>
      <Button variant="default" size="xs" mt={12} onClick={() => location.reload()}>
        Load it again
      </Button>
    </EmptyState>
  );
}
