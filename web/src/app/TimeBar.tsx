import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconRefresh, IconZoomOut } from "@tabler/icons-react";
import { useIsFetching } from "@tanstack/react-query";
import { formatTime } from "../time/format";
import { isLive, shifted, zoomedOut } from "../time/range";
import { REFRESH_CHOICES, usePageTime } from "../time/TimeProvider";
import { PageTitle } from "./PageTitle";
import styles from "./TimeBar.module.css";
import { TimePicker } from "./TimePicker";

/** The bar above every page: where one is, and which time one looks at. */
export function TimeBar() {
  const { interval, range, zoomTo } = usePageTime();
  return (
    <header className={styles["bar"]}>
      <PageTitle />
      <div className={styles["controls"]}>
        <IconButton name="Earlier" onClick={() => zoomTo(shifted(interval, -1))}>
          <IconChevronLeft size={16} />
        </IconButton>
        <TimePicker />
        <IconButton name="Later" disabled={isLive(range)} onClick={() => zoomTo(shifted(interval, 1))}>
          <IconChevronRight size={16} />
        </IconButton>
        <span className={styles["wideOnly"]}>
          <IconButton name="Zoom out" onClick={() => zoomTo(zoomedOut(interval, Date.now()))}>
            <IconZoomOut size={16} stroke={1.75} />
          </IconButton>
        </span>
        <AsOf />
        <RefreshControl />
      </div>
    </header>
  );
}

/** When the page was last asked for anew: with the refresh switched off, that may be long ago. */
function AsOf() {
  const { nowMs } = usePageTime();
  return (
    <span className={styles["asOf"]} title="When this page was last refreshed">
      as of {formatTime(nowMs, nowMs)}
    </span>
  );
}

function RefreshControl() {
  const { refresh, setRefresh, refreshNow } = usePageTime();
  const busy = useIsFetching() > 0;
  return (
    <div className={styles["group"]}>
      <UnstyledButton className={styles["button"]} onClick={refreshNow} aria-label="Refresh" title="Refresh (r)">
        <IconRefresh size={15} stroke={1.75} data-busy={busy} />
      </UnstyledButton>
      <Menu position="bottom-end" width={120}>
        <Menu.Target>
          <UnstyledButton className={styles["button"]} aria-label={`Refresh every: ${refresh}`}>
            {refresh === "off" ? "Off" : refresh}
            <IconChevronDown size={14} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Refresh every</Menu.Label>
          {REFRESH_CHOICES.map((choice) => (
            <Menu.Item key={choice} onClick={() => setRefresh(choice)} aria-current={choice === refresh}>
              {choice === "off" ? "Off" : choice}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

interface IconButtonProps {
  readonly name: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function IconButton({ name, disabled = false, onClick, children }: IconButtonProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
