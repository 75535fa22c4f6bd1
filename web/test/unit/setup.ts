import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// How long a test waits for what should appear: a bound for what never comes, not for slow machines.
configure({ asyncUtilTimeout: 20_000 });
