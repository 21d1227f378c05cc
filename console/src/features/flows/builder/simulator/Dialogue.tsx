import { Alert, Button, Flex, theme as themes, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Thread } from "@/components/Thread";
import { WrittenText } from "@/components/WrittenText";
import type { Beat, Simulated, Step } from "../../api";
import { useNames } from "../useNames";

interface Props {
  message: string | null | undefined;
  steps: readonly Step[];
  played: Simulated;
  onTap: (option: string) => void;
}

/** The dialogue as the person sees it, and between the lines where the flow went. */
export function Dialogue({ message, steps, played, onTap }: Props) {
  const { t } = useTranslation();
  const last = played.beats.length - 1;
  return (
    <div style={{ display: "flex", height: 340, border: "1px solid var(--ant-color-border-secondary)", borderRadius: 8 }}>
      <Thread newest={last}>
        {message && <Line isOwn>{message}</Line>}
        {played.beats.map((beat, place) => {
          const step = steps[place - 1];
          return (
            <Flex key={place} vertical gap={6}>
              {step && <Told step={step} />}
              <Path beat={beat} />
              {beat.said.flat().map((part, at) => (
                <Line key={at}>
                  <WrittenText text={part.kind === "file" ? `📎 ${part.caption || part.filename}` : part.text} />
                  {part.kind === "choices" && (
                    <Flex vertical gap={4} style={{ marginTop: 8 }}>
                      {part.options.map((option) => (
                        <Button
                          key={option.id}
                          size="small"
                          disabled={place !== last || !played.standing.options.includes(option.title)}
                          onClick={() => onTap(option.title)}
                          style={{ height: "auto", whiteSpace: "normal" }}
                        >
                          {option.title}
                        </Button>
                      ))}
                    </Flex>
                  )}
                </Line>
              ))}
              {beat.errors.map((error, at) => (
                <Alert key={at} type="warning" title={t("builder.try.error", { error: describe(error) })} />
              ))}
              {beat.trouble && <Alert type="error" showIcon title={beat.trouble} />}
            </Flex>
          );
        })}
      </Thread>
    </div>
  );
}

const describe = (error: Record<string, unknown>) =>
  Object.entries(error)
    .filter(([name]) => name !== "node_id")
    .map(([, value]) => String(value))
    .join(" · ");

function Line({ isOwn = false, children }: { isOwn?: boolean; children: ReactNode }) {
  const { token } = themes.useToken();
  return (
    <Flex justify={isOwn ? "end" : "start"}>
      <div
        style={{
          maxWidth: "90%",
          padding: "6px 10px",
          borderRadius: 10,
          overflowWrap: "anywhere",
          border: `1px solid ${token.colorBorderSecondary}`,
          background: isOwn ? token.colorPrimaryBg : token.colorBgContainer,
        }}
      >
        {children}
      </div>
    </Flex>
  );
}

function Told({ step }: { step: Step }) {
  const { t } = useTranslation();
  if (step.kind === "say") return <Line isOwn>{step.text}</Line>;
  if (step.kind === "tap") return <Line isOwn>{step.option}</Line>;
  return step.kind === "jump" ? <Typography.Text type="secondary">⏱ {t(`builder.try.jumped.${step.to}`)}</Typography.Text> : null;
}

/** The nodes that were entered, by their names. */
function Path({ beat }: { beat: Beat }) {
  const names = useNames();
  if (beat.path.length === 0) return null;
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {beat.path.map((id) => names.get(id) ?? id).join(" → ")}
    </Typography.Text>
  );
}
