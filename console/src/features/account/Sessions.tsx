import { Button, Card, Popconfirm, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { Moment } from "@/components/Moment";
import { type Session, useEndSession, useSessions } from "./api";

/** Where this user is signed in; any of it can be ended. */
export function Sessions() {
  const { t } = useTranslation();
  const list = useSessions();
  const end = useEndSession();
  return (
    <Card title={t("account.sessions")}>
      {[list, end].map((one, place) => one.error && <ErrorNote key={place} error={one.error} />)}
      <Table<Session>
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={[...(list.data?.sessions ?? [])]}
        pagination={false}
        columns={[
          { title: t("account.browser"), dataIndex: "browser", render: (one: string) => browserName(one) },
          { title: t("account.since"), dataIndex: "created_at", responsive: ["md"], render: (at: string) => <Moment at={at} /> },
          { title: t("account.seen"), dataIndex: "last_seen_at", render: (at: string) => <Moment at={at} /> },
          {
            title: "",
            render: (_, one) =>
              one.is_current ? (
                <Tag color="success">{t("account.thisOne")}</Tag>
              ) : (
                <Popconfirm title={t("account.endSure")} onConfirm={() => end.mutate(one.id)}>
                  <Button size="small" danger>
                    {t("account.end")}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
    </Card>
  );
}

/** What people call a browser and its system, out of its User-Agent. */
export function browserName(agent: string): string {
  const browser = ["Edg", "OPR", "Firefox", "Chrome", "Safari"].find((one) => agent.includes(`${one}/`));
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"].find((one) => agent.includes(one));
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" };
  return [browser, system].flatMap((one) => (one ? [names[one] ?? one] : [])).join(" · ") || agent.slice(0, 40);
}
