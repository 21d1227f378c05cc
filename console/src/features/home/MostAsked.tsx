import { Flex, theme as themes, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useToolTitle } from "@/lib/tools";
import { whole } from "@/lib/time";
import type { Day } from "./api";

const SHOWN = 8;
const PREFIX = "tool:";

/** What people ask for most, by the tool that answered. */
export function MostAsked({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useTranslation();
  const { token } = themes.useToken();
  const titleOf = useToolTitle();
  const asked = mostAsked(days);
  const most = asked[0]?.[1] ?? 0;
  return (
    <Flex vertical gap={8}>
      <strong>{t("home.asked")}</strong>
      {asked.length === 0 && <Typography.Text type="secondary">{t("home.askedNothing")}</Typography.Text>}
      {asked.map(([tool, count]) => (
        <div key={tool}>
          <Flex justify="space-between" gap={8}>
            <Link to={`/tools?tool=${tool}`}>{titleOf(tool)}</Link>
            <span>{whole(count, i18n.language)}</span>
          </Flex>
          <div aria-hidden style={{ height: 6, borderRadius: 3, background: token.colorFillSecondary }}>
            <div style={{ width: `${(100 * count) / most}%`, height: "100%", borderRadius: 3, background: token.colorPrimary }} />
          </div>
        </div>
      ))}
    </Flex>
  );
}

/** Tools with the number of their calls on all days, the most called first. */
export function mostAsked(days: readonly Day[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { counts } of days) {
    for (const [name, count] of Object.entries(counts)) {
      if (!name.startsWith(PREFIX)) continue;
      const tool = name.slice(PREFIX.length);
      sums.set(tool, (sums.get(tool) ?? 0) + count);
    }
  }
  return [...sums].sort(([one, first], [other, second]) => second - first || one.localeCompare(other)).slice(0, SHOWN);
}
