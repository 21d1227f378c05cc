import { Flex, Typography } from "antd";
import { type ReactNode, useEffect } from "react";

/** The heading of a page, with its actions; also the title of the browser's tab. */
export function PageTitle({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Recado`;
  }, [title]);
  return (
    <Flex justify="space-between" align="flex-start" gap={16} wrap style={{ marginBottom: 16 }}>
      <div>
        <Typography.Title level={1} style={{ fontSize: 24, margin: 0 }}>
          {title}
        </Typography.Title>
        {hint && <Typography.Text type="secondary">{hint}</Typography.Text>}
      </div>
      <Flex gap={8}>{children}</Flex>
    </Flex>
  );
}
