import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import type { DemoMessage } from "../../api/alerts";
import { styleNonce } from "../../app/nonce";
import { formatFullTime } from "../../time/format";
import { CopyButton } from "../../ui/CopyButton";
import { Pairs, Part, SidePanel, SideTitle } from "../../ui/SidePanel";
import styles from "./alerts.module.css";
import { mailDocument } from "./mail";

/** One message of the demo's sink: a mail as its text and as it looks, a webhook as its JSON. */
export function MessageDetails({ message, onClose }: { message: DemoMessage; onClose: () => void }) {
  const { html, text, kind } = message;
  const [view, setView] = useState<"html" | "text">(html ? "html" : "text");
  const plain = text || bodyText(message.body);
  return (
    <SidePanel
      name="Message"
      wide
      head={
        <>
          <SideTitle subject={message.subject || `A ${kind}`} />
          <CopyButton text={JSON.stringify(message, null, 2)} name="Copy as JSON" />
        </>
      }
      onClose={onClose}
    >
      <Part>
        <Pairs
          pairs={[
            ["time", formatFullTime(Date.parse(message.time))],
            ...(message.from ? ([["from", message.from]] as const) : []),
            ...(message.to?.length ? ([["to", message.to.join(", ")]] as const) : []),
          ]}
        />
      </Part>
      <Part>
        {html && (
          <SegmentedControl
            size="xs"
            mb={8}
            aria-label="View"
            value={view}
            onChange={(value) => setView(value as "html" | "text")}
            data={[
              { value: "html", label: "As it looks" },
              { value: "text", label: "Text" },
            ]}
          />
        )}
        {view === "html" && html ? <Mail html={html} /> : <pre className={styles["messageText"]}>{plain}</pre>}
      </Part>
    </SidePanel>
  );
}

/** A foreign document in a frame of its own: no scripts, no forms, nothing loaded. */
function Mail({ html }: { html: string }) {
  const document = useMemo(() => mailDocument(html, styleNonce()), [html]);
  return (
    <iframe
      className={styles["mail"]}
      title="The mail as it looks"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={document}
    />
  );
}

function bodyText(body: unknown): string {
  if (typeof body !== "string") return body === undefined || body === null ? "" : JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
