import { Alert, Flex, Modal, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Arrived } from "../api";

const COLOURS = { lost: "error", changed: "warning", to_do: "processing" } as const;

/** What came of a file: the new drafts, what was lost or changed on the way, and what is left to do. */
export function Report({ arrived, onClose }: { arrived: readonly Arrived[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open footer={null} width={720} onCancel={onClose} title={t("builder.importing.title", { count: arrived.length })}>
      <Flex vertical gap={16} style={{ maxHeight: "65vh", overflow: "auto" }}>
        {arrived.map((one) => (
          <section key={one.flow.id} aria-label={one.flow.name}>
            <Typography.Title level={3} style={{ fontSize: 16, marginTop: 0 }}>
              <Link to={`/flows/${one.flow.id}`}>{one.flow.name}</Link>
            </Typography.Title>
            {one.notes.length === 0 && <Alert type="success" showIcon title={t("builder.importing.whole")} />}
            <Flex vertical gap={6} component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
              {one.notes.map((note) => (
                <li key={note.rule + note.where + note.text}>
                  <Tag color={COLOURS[note.outcome]}>{t(`builder.importing.outcomes.${note.outcome}`)}</Tag>
{" "}
                  {note.text}
                </li>
              ))}
            </Flex>
            {one.findings.length > 0 && (
              <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
                {t("builder.importing.findings", { count: one.findings.length })}
              </Typography.Paragraph>
            )}
          </section>
        ))}
      </Flex>
    </Modal>
  );
}
