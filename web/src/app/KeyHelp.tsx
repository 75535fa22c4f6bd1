import { ActionIcon } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import styles from "./KeyHelp.module.css";
import { onCommand, setSingleKeys, singleKeys } from "./useHotkeys";

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ["g h", "Home"],
  ["g m", "Models"],
  ["g a", "Alerts"],
  ["g l", "Logs"],
  ["g e", "Explore"],
  ["g t", "Targets"],
  ["t", "Choose the time range"],
  ["[ ]", "Earlier, later"],
  ["−", "Zoom out"],
  ["r", "Refresh"],
  ["/", "Search on this page"],
  ["← →", "Along a chart that has the focus"],
  ["↑ ↓", "From line to line, on Logs"],
  ["Enter", "Run the query"],
  ["Esc", "Back out of what is open"],
  ["?", "These keys"],
];

/** The list of keys, in a dialog. */
export function KeyHelp() {
  const [on, setOn] = useState(singleKeys);
  const change = (wanted: boolean) => {
    setSingleKeys(wanted);
    setOn(wanted);
  };
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useCallback(() => dialog.current?.showModal(), []);
  useEffect(() => onCommand("help", open), [open]);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={open}
      >
        <IconKeyboard size={16} stroke={1.75} />
      </ActionIcon>
      <dialog ref={dialog} className={styles["dialog"]} aria-labelledby="key-help" closedby="any">
        <h2 id="key-help">Keyboard shortcuts</h2>
        <dl>
          {KEYS.map(([keys, meaning]) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <label className={styles["choice"]}>
          <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
          Single keys and sequences work everywhere
        </label>
        <p>
          Drag over a chart to zoom in. <a href="assets/licences.txt">Licences of the libraries</a>
        </p>
      </dialog>
    </>
  );
}
