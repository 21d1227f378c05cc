import { Card, Flex, Typography } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES } from "@/lib/i18n";

/** The card that strangers see, with the choice of a language. */
export function Door({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Recado`;
  }, [title]);
  return (
    <Flex component="main" align="center" justify="center" vertical gap={16} style={{ minHeight: "100%", padding: 16 }}>
      <Card style={{ width: "100%", maxWidth: 400 }}>
        <Typography.Title level={1} style={{ fontSize: 24, marginTop: 0 }}>
          {title}
        </Typography.Title>
        {text && <Typography.Paragraph type="secondary">{text}</Typography.Paragraph>}
        {children}
      </Card>
      <Flex gap={16}>
        {LANGUAGES.map((one) => (
          <Typography.Link key={one} role="button" tabIndex={0} onClick={() => void chooseLanguage(one)} strong={one === i18n.language}>
            {one.toUpperCase()}
          </Typography.Link>
        ))}
      </Flex>
    </Flex>
  );
}
