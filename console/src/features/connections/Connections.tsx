import { Alert, Card, Collapse, Descriptions, Flex, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { PageTitle } from "@/components/PageTitle";
import { type Connection, useConnections } from "./api";
import { Limits } from "./Limits";
import { TestConnection } from "./TestConnection";
import { Webhook } from "./Webhook";

/** The ERPs that Recado asks. */
export default function Connections() {
  const { t } = useTranslation();
  const list = useConnections();
  return (
    <>
      <PageTitle title={t("pages.connections")} hint={t("connections.hint")} />
      {list.isPending && <Skeleton active />}
      {list.isError && <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      <Flex vertical gap={16}>
        {(list.data?.connections ?? []).map((one) => (
          <ConnectionCard key={one.id} connection={one} />
        ))}
      </Flex>
    </>
  );
}

function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const isDemo = connection.kind === "demo";
  return (
    <Card title={connection.name} extra={<Tag color={isDemo ? "warning" : "success"}>{t(isDemo ? "connections.demo" : "connections.real")}</Tag>}>
      {isDemo && <Alert type="info" showIcon title={t("connections.demoHint")} style={{ marginBottom: 16 }} />}
      <TestConnection id={connection.id} />
      <Descriptions
        style={{ marginTop: 16 }}
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "company", label: t("connections.company"), children: connection.company || "–" },
          { key: "currency", label: t("connections.currency"), children: connection.currency || "–" },
          { key: "url", label: t("connections.url"), children: connection.url || "–" },
          { key: "user", label: t("connections.user"), children: connection.erp_user || "–" },
        ]}
      />
      <Collapse
        ghost
        items={[
          { key: "webhook", label: t("connections.webhook.title"), children: <Webhook connection={connection} /> },
          { key: "limits", label: t("connections.limits.title"), children: <Limits connection={connection} /> },
        ]}
      />
    </Card>
  );
}
