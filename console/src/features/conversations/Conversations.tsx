import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Grid, Input, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { PageTitle } from "@/components/PageTitle";
import { useConversations } from "./api";
import { ConversationList, SCROLLS } from "./ConversationList";
import { OpenConversation } from "./OpenConversation";

/** The inbox: who writes, what was said, and the way to take over. On a phone one of the two at a time. */
export default function Conversations() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isWide = Grid.useBreakpoint().lg;
  const open = useParams()["*"] ?? "";
  const [sought, seek] = useState("");
  const list = useConversations(sought);
  const conversation = list.conversations.find((one) => one.id === open);
  return (
    <>
      <PageTitle title={t("pages.conversations")} hint={t("conversations.hint")}>
        {!isWide && open && (
          <Button icon={<ArrowLeftOutlined />} onClick={() => void navigate("/conversations")}>
            {t("conversations.all")}
          </Button>
        )}
      </PageTitle>
      <Flex gap={16} style={{ flex: 1, minHeight: 0 }}>
        {(isWide || !open) && (
          <Card className={SCROLLS} style={{ width: isWide ? 340 : "100%", overflow: "auto" }} styles={{ body: { padding: 0 } }}>
            <Input.Search
              allowClear
              aria-label={t("conversations.search")}
              placeholder={t("conversations.search")}
              onSearch={(text) => seek(text.trim())}
              style={{ padding: 12 }}
            />
            <ConversationList isSought={sought !== ""} list={list} open={open} onOpen={(id) => void navigate(`/conversations/${id}`)} />
          </Card>
        )}
        {(isWide || open) && (
          <Card style={{ flex: 1, minWidth: 0 }} styles={{ body: { height: "100%", padding: 0, display: "flex", flexDirection: "column" } }}>
            {conversation ? (
              <OpenConversation key={conversation.id} conversation={conversation} />
            ) : (
              <Typography.Text type="secondary" style={{ margin: "auto" }}>
                {t("conversations.choose")}
              </Typography.Text>
            )}
          </Card>
        )}
      </Flex>
    </>
  );
}
