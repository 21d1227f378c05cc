import { Alert, Flex, Steps, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Webhook } from "./api";

const ORDER = ["new", "event", "request", "body", "security", "saved"] as const;

/** What is entered in ERPNext, in the order of its form; its labels stay in ERPNext's own words. */
export function WebhookSteps({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const contents: Partial<Record<(typeof ORDER)[number], ReactNode>> = {
    event: <Events names={webhook.events ?? []} />,
    request: <Url url={webhook.url} />,
    body: (
      <Typography.Paragraph copyable={{ text: webhook.body ?? "" }} style={{ margin: 0 }}>
        <pre style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{webhook.body}</pre>
      </Typography.Paragraph>
    ),
  };
  return (
    <section aria-label={t("connections.webhook.steps")}>
      <Typography.Paragraph strong>{t("connections.webhook.steps")}</Typography.Paragraph>
      <Steps
        orientation="vertical"
        size="small"
        current={ORDER.length}
        items={ORDER.map((name) => ({
          title: t(`connections.webhook.${name}.title`),
          status: "process" as const,
          content: (
            <Flex vertical gap={8} style={{ paddingBottom: 16 }}>
              <Typography.Text type="secondary">{t(`connections.webhook.${name}.text`, { method: webhook.method })}</Typography.Text>
              {contents[name]}
            </Flex>
          ),
        }))}
      />
    </section>
  );
}

function Url({ url }: { url: string }) {
  const { t } = useTranslation();
  const isLocal = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].includes(new URL(url).hostname);
  return (
    <>
      <Typography.Text copyable code style={{ overflowWrap: "anywhere" }}>
        {url}
      </Typography.Text>
      {isLocal && <Alert type="warning" showIcon title={t("connections.webhook.local")} />}
    </>
  );
}

function Events({ names }: { names: readonly string[] }) {
  return (
    <Flex gap={8} wrap>
      {names.map((name) => (
        <Typography.Text key={name} code>
          {name}
        </Typography.Text>
      ))}
    </Flex>
  );
}
