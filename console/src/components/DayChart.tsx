import { Flex, theme as themes, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { dayName, whole } from "@/lib/time";

export interface Series {
  name: string;
  colour: string;
  /** One value a day, in the order of `days`. */
  values: readonly number[];
}

interface Props {
  title: string;
  /** ISO dates, oldest first. */
  days: readonly string[];
  series: readonly Series[];
  /** How a value is written; whole numbers unless given. */
  write?: (value: number) => string;
}

const HEIGHT_PX = 120;

/** Bars by day, one above the other; the figures are also there for whoever does not see them. */
export function DayChart({ title, days, series, write }: Props) {
  const { i18n } = useTranslation();
  const { token } = themes.useToken();
  const say = write ?? ((value: number) => whole(value, i18n.language));
  const sums = days.map((_, place) => series.reduce((sum, one) => sum + (one.values[place] ?? 0), 0));
  const highest = Math.max(...sums, 0);
  const told = (place: number) => series.map((one) => `${one.name}: ${say(one.values[place] ?? 0)}`).join(" · ");
  return (
    <Flex component="figure" vertical gap={8} style={{ margin: 0 }}>
      <Flex component="figcaption" justify="space-between" align="baseline" gap={8} wrap>
        <strong>{title}</strong>
        <Flex gap={12} wrap>
          {series.map((one) => (
            <Typography.Text key={one.name} type="secondary">
              <span aria-hidden style={{ display: "inline-block", width: 10, height: 10, borderRadius: 2, background: one.colour, marginInlineEnd: 6 }} />
              {one.name} {say(one.values.reduce((sum, value) => sum + value, 0))}
            </Typography.Text>
          ))}
        </Flex>
      </Flex>
      <Flex component="ul" align="end" gap={2} style={{ height: HEIGHT_PX, margin: 0, padding: 0, listStyle: "none", borderBottom: `1px solid ${token.colorBorder}` }}>
        {days.map((day, place) => (
          <Tooltip key={day} title={`${dayName(day, i18n.language)} — ${told(place)}`}>
            <li aria-label={`${dayName(day, i18n.language)}: ${told(place)}`} style={{ flex: 1, height: "100%", display: "flex", flexDirection: "column", justifyContent: "flex-end" }}>
              {series.map((one) => (
                <span
                  key={one.name}
                  aria-hidden
                  style={{ background: one.colour, height: `${highest ? (100 * (one.values[place] ?? 0)) / highest : 0}%`, borderRadius: 2 }}
                />
              ))}
            </li>
          </Tooltip>
        ))}
      </Flex>
      <Flex justify="space-between" aria-hidden>
        <Typography.Text type="secondary">{dayName(days[0] ?? "", i18n.language)}</Typography.Text>
        <Typography.Text type="secondary">{dayName(days.at(-1) ?? "", i18n.language)}</Typography.Text>
      </Flex>
    </Flex>
  );
}
