import { DownloadOutlined } from "@ant-design/icons";
import { Button, Flex, Image, theme as themes, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Gateway } from "@/lib/api";
import { clock } from "@/lib/time";
import { contentOf, type Content, type Option } from "@/lib/content";
import { WrittenText } from "./WrittenText";

type Message = Gateway["MessageView"];

interface Props {
  message: Message;
  /** From whose side one looks: in the test phone the person's own messages are at the right. */
  ownSide: Message["direction"];
  onTap?: (option: Option) => void;
  isChosen?: boolean;
  onChoose?: () => void;
}

/** One message as a phone shows it. */
export function Bubble({ message, ownSide, onTap, isChosen = false, onChoose }: Props) {
  const { token } = themes.useToken();
  const { i18n, t } = useTranslation();
  const isOwn = message.direction === ownSide;
  return (
    <Flex justify={isOwn ? "end" : "start"} data-direction={message.direction}>
      <div
        style={{
          maxWidth: "85%",
          padding: "8px 12px",
          borderRadius: 12,
          background: isOwn ? token.colorPrimaryBg : token.colorBgContainer,
          border: `1px solid ${isChosen ? token.colorPrimary : token.colorBorderSecondary}`,
          overflowWrap: "anywhere",
        }}
      >
        <Inside content={contentOf(message)} onTap={onTap} />
        <Flex justify="space-between" gap={12} align="center">
          {onChoose ? (
            <Button type="link" size="small" style={{ padding: 0 }} onClick={onChoose}>
              {t("chat.how")}
            </Button>
          ) : (
            <span />
          )}
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t(`states.${message.status || message.state}`, { defaultValue: "" })} {clock(message.created_at, i18n.language)}
          </Typography.Text>
        </Flex>
      </div>
    </Flex>
  );
}

function Inside({ content, onTap }: { content: Content; onTap: ((option: Option) => void) | undefined }) {
  const { t } = useTranslation();
  switch (content.kind) {
    case "text":
      return <WrittenText text={content.text} />;
    case "tap":
      return <WrittenText text={content.title} />;
    case "choices":
      return (
        <>
          <WrittenText text={content.text} />
          <Flex vertical gap={4} style={{ margin: "8px 0" }}>
            {content.options.map((option) => (
              <Button key={option.id} disabled={!onTap} title={option.description} onClick={() => onTap?.(option)} style={{ height: "auto", whiteSpace: "normal" }}>
                {option.title}
              </Button>
            ))}
          </Flex>
        </>
      );
    case "file":
      return <Attached content={content} />;
    case "other":
      return <Typography.Text type="secondary">{t("chat.otherKind", { kind: content.of })}</Typography.Text>;
  }
}

function Attached({ content }: { content: Extract<Content, { kind: "file" }> }) {
  const address = `/api/artifacts/${content.artifact_id}`;
  if (content.media_type.startsWith("image/")) {
    return <Image src={address} alt={content.caption || content.filename} style={{ maxWidth: "100%", borderRadius: 8 }} />;
  }
  return (
    <Button type="link" href={address} download={content.filename} icon={<DownloadOutlined />} style={{ padding: 0 }}>
      {content.filename}
    </Button>
  );
}
