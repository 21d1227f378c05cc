import { Empty, Flex, Input, Skeleton, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { useSearch } from "./api";

/** What a question would find, as a person of some groups would find it. */
export function TrySearch() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState("");
  const [groups, setGroups] = useState("");
  const found = useSearch(question, groups);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <Input.Search
          aria-label={t("knowledge.question")}
          placeholder={t("knowledge.question")}
          enterButton
          loading={found.isFetching}
          onSearch={(text) => setQuestion(text.trim())}
          style={{ maxWidth: 480 }}
        />
        <Input aria-label={t("knowledge.asGroups")} placeholder={t("knowledge.asGroups")} onBlur={(event) => setGroups(event.target.value)} style={{ maxWidth: 280 }} />
      </Flex>
      {found.isError && <ErrorNote error={found.error} />}
      {found.isLoading && <Skeleton active />}
      {found.data?.found.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("knowledge.nothing")} />}
      {found.data?.found.map((one, place) => (
        <blockquote key={place} style={{ margin: 0 }}>
          <Typography.Paragraph style={{ whiteSpace: "pre-wrap", margin: 0 }}>{one.passage.quote || one.passage.text}</Typography.Paragraph>
          <Typography.Text type="secondary">{one.place}</Typography.Text>
        </blockquote>
      ))}
    </Flex>
  );
}
