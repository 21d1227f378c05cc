import { Flex } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** Messages under each other; the last one is in sight whenever one comes. */
export function Thread({ newest, children }: { newest: number | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void end.current?.scrollIntoView({ block: "end" });
  }, [newest]);
  return (
    <Flex vertical gap={8} role="log" aria-label={t("chat.log")} tabIndex={0} style={{ flex: 1, minHeight: 0, overflowY: "auto", padding: 12 }}>
      {children}
      <div ref={end} />
    </Flex>
  );
}
