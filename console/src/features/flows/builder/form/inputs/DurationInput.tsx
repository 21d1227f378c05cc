import { InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./types";

const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;
const NAMES: readonly Unit[] = ["seconds", "minutes", "hours", "days"];

/** Seconds, written in the unit that fits them. */
export function DurationInput({ id, value, schema, isDisabled, onChange }: InputProps) {
  const { t } = useTranslation();
  const seconds = typeof value === "number" ? value : undefined;
  const [unit, setUnit] = useState<Unit>(() => unitOf(seconds ?? (typeof schema.default === "number" ? schema.default : 0)));
  const shown = seconds ?? (typeof schema.default === "number" ? schema.default : undefined);
  return (
    <Space.Compact style={{ width: "100%" }}>
      <InputNumber
        id={id}
        style={{ flex: 1 }}
        min={0}
        disabled={isDisabled}
        value={shown === undefined ? null : shown / UNITS[unit]}
        onChange={(count) => onChange(typeof count === "number" ? count * UNITS[unit] : undefined)}
      />
      <Select
        aria-label={t("builder.unit")}
        style={{ width: 120 }}
        disabled={isDisabled}
        value={unit}
        options={NAMES.map((name) => ({ value: name, label: t(`builder.units.${name}`) }))}
        onChange={(next: Unit) => {
          setUnit(next);
          if (seconds !== undefined) onChange((seconds / UNITS[unit]) * UNITS[next]);
        }}
      />
    </Space.Compact>
  );
}

/** The largest unit that needs no fraction. */
export const unitOf = (seconds: number): Unit => [...NAMES].reverse().find((name) => seconds > 0 && seconds % UNITS[name] === 0) ?? "seconds";
