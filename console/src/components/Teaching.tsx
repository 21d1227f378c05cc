import { Empty } from "antd";
import type { ReactNode } from "react";

/** An empty list that says how it fills. */
export function Teaching({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      {children}
    </Empty>
  );
}
