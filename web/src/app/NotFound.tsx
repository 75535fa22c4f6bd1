import { Link } from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState";

/** The address leads nowhere. */
export function NotFound() {
  return (
    <EmptyState title="There is no such page.">
      <Link to="/">Go to Home</Link>
    </EmptyState>
  );
}
