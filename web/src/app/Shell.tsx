import { IconActivityHeartbeat, IconBell, IconBrain, IconCode, IconHome, IconList } from "@tabler/icons-react";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useSignInNeeded } from "../api/session";
import { TimeProvider } from "../time/TimeProvider";
import { PageLink } from "../ui/PageLink";
import { FiringBadge } from "./FiringBadge";
import { Identity } from "./Identity";
import { KeyHelp } from "./KeyHelp";
import { OpenBanner } from "./OpenBanner";
import { ServerBanner } from "./ServerBanner";
import styles from "./Shell.module.css";
import { SignIn } from "./SignIn";
import { ThemeSwitch } from "./ThemeSwitch";
import { TimeBar } from "./TimeBar";
import { useHotkeys } from "./useHotkeys";

const PAGES = [
  { to: "/", name: "Home", icon: IconHome, key: "h" },
  { to: "/models", name: "Models", icon: IconBrain, key: "m" },
  { to: "/alerts", name: "Alerts", icon: IconBell, key: "a" },
  { to: "/logs", name: "Logs", icon: IconList, key: "l" },
  { to: "/explore", name: "Explore", icon: IconCode, key: "e" },
  { to: "/targets", name: "Targets", icon: IconActivityHeartbeat, key: "t" },
] as const;

/** Pages that stand still until one asks for more. */
const STILL = ["/explore", "/logs"];

/** The frame around every page: navigation at the left, time at the top. */
export function Shell() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <TimeProvider defaultRefresh={STILL.some((page) => path.startsWith(page)) ? "off" : "5s"}>
      <Frame />
    </TimeProvider>
  );
}

function Frame() {
  const signInNeeded = useSignInNeeded();
  useHotkeys();
  return (
    <div className={styles["frame"]}>
      <button type="button" className={styles["skip"]} onClick={() => document.getElementById("content")?.focus()}>
        Skip to the content
      </button>
      <nav className={styles["side"]} aria-label="Pages">
        <PageLink to="/" className={styles["brand"]} aria-label="Sightline, home">
          <Mark />
          <span>Sightline</span>
        </PageLink>
        <ul>
          {PAGES.map(({ to, name, icon: Icon, key }) => (
            <li key={to}>
              <PageLink
                to={to}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                aria-keyshortcuts={`g ${key}`}
              >
                <Icon size={16} stroke={1.75} aria-hidden="true" />
                <span>{name}</span>
                {to === "/alerts" && <FiringBadge />}
              </PageLink>
            </li>
          ))}
        </ul>
        <div className={styles["foot"]}>
          <ThemeSwitch />
          <KeyHelp />
          <Identity />
        </div>
      </nav>
      <div className={styles["main"]}>
        <TimeBar />
        <OpenBanner />
        <ServerBanner />
        <main id="content" tabIndex={-1} className={styles["content"]}>
          {signInNeeded ? <SignIn /> : <Outlet />}
        </main>
      </div>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#4d51d4" />
      <path
        d="M5 19.5h5.2l3.4-9 4.6 13 3.2-8.5 1.4 4.5H27"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
