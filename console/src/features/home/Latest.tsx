import { Card, Col, Row, Statistic } from "antd";
import { useTranslation } from "react-i18next";
import { useLatestConversations, useLatestTasks } from "./api";

/** How the last tasks went, and with how many people one talked in the last day. */
export function Latest() {
  const { t, i18n } = useTranslation();
  const tasks = useLatestTasks().data?.tasks ?? [];
  const ended = tasks.filter((one) => one.ended_at);
  const good = ended.filter((one) => one.status === "succeeded");
  return (
    <Card title={t("home.latest")}>
      <Row gutter={[16, 16]}>
        <Col xs={12} md={8}>
          <Statistic title={t("home.talking")} value={useTalking()} />
        </Col>
        <Col xs={12} md={8}>
          <Statistic title={t("home.ended")} value={ended.length} />
        </Col>
        <Col xs={12} md={8}>
          <Statistic title={t("home.good")} value={ended.length ? percent(good.length / ended.length, i18n.language) : "–"} />
        </Col>
      </Row>
    </Card>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

function useTalking(): number {
  const conversations = useLatestConversations();
  const since = conversations.dataUpdatedAt - DAY_MS;
  return (conversations.data?.conversations ?? []).filter((one) => Date.parse(one.last_message_at) > since).length;
}

const percent = (share: number, language: string) =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
