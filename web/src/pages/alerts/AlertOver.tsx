import { Part, SidePanel, SideTitle } from "../../ui/SidePanel";
import styles from "./alerts.module.css";

/** What a link to an alert shows when that is neither pending nor firing any more. */
export function AlertOver({ labels, onClose }: { labels: string; onClose: () => void }) {
  return (
    <SidePanel name="Alert" wide head={<SideTitle subject="This alert is over" />} onClose={onClose}>
      <Part>
        <p>
          It is neither firing nor pending now. The notifications say when it was, and its rule is listed below them.
        </p>
      </Part>
      <Part title="Labels">
        <code className={styles["expr"]}>{labels.replaceAll('",', '",\n')}</code>
      </Part>
    </SidePanel>
  );
}
