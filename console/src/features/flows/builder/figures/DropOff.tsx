import { Flex, Progress, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Statistics } from "../../api";
import { useNames } from "../useNames";
import { shareIn } from "./figuresOf";

const MOST = 8;

/** Where most people leave, what they answer, and how the variants do. */
export function DropOff({ statistics }: { statistics: Statistics }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const share = shareIn(i18n.language);
  const nameOf = (id: string) => names.get(id) ?? id;
  const leaving = statistics.nodes.filter((node) => node.dropped).sort((one, other) => other.dropped - one.dropped).slice(0, MOST);
  const tested = statistics.nodes.filter((node) => node.variants.length);
  const answered = statistics.nodes.filter((node) => node.answers.length);
  return (
    <>
      {leaving.length > 0 && (
        <Part title={t("builder.figures.leaving")}>
          {leaving.map((node) => (
            <Bar key={node.node_id} label={nameOf(node.node_id)} part={node.dropped} whole={node.visits} note={`${node.dropped} · ${share(node.dropped, node.visits)}`} />
          ))}
        </Part>
      )}
      {tested.map((node) => (
        <Part key={node.node_id} title={t("builder.figures.test", { name: nameOf(node.node_id) })}>
          {node.variants.map((one) => (
            <Bar key={one.id} label={one.id} part={one.goals} whole={one.sessions} note={t("builder.figures.goals", { goals: one.goals, sessions: one.sessions, share: share(one.goals, one.sessions) })} />
          ))}
        </Part>
      ))}
      {answered.map((node) => {
        const whole = node.answers.reduce((sum, one) => sum + one.count, 0);
        return (
          <Part key={node.node_id} title={t("builder.figures.answers", { name: nameOf(node.node_id) })}>
            {node.answers.map((one) => (
              <Bar key={one.id} label={one.id} part={one.count} whole={whole} note={`${one.count} · ${share(one.count, whole)}`} />
            ))}
          </Part>
        );
      })}
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Flex vertical gap={4}>
      <Typography.Text strong>{title}</Typography.Text>
      {children}
    </Flex>
  );
}

function Bar({ label, part, whole, note }: { label: string; part: number; whole: number; note: string }) {
  return (
    <div>
      <Flex justify="space-between" gap={8}>
        <span style={{ overflowWrap: "anywhere" }}>{label}</span>
        <Typography.Text type="secondary">{note}</Typography.Text>
      </Flex>
      <Progress aria-label={label} percent={whole ? (100 * part) / whole : 0} showInfo={false} size="small" />
    </div>
  );
}
