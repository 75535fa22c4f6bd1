import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** What may be wider than its place. Then, and only then, the keyboard can reach it to scroll. */
export function SideScroll({ children, ...rest }: { children: ReactNode; className?: string | undefined }) {
  const element = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = () => setWide(node.scrollWidth > node.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    for (const child of node.children) observer.observe(child);
    measure();
    return () => observer.disconnect();
  });
  return (
    <div ref={element} {...(wide ? { tabIndex: 0 } : {})} {...rest}>
      {children}
    </div>
  );
}
