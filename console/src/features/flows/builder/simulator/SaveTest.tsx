import { App, Button, Input, Popover, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Simulated } from "../../api";
import { useBuilder } from "../store";
import { asTest } from "./asTest";
import type { Simulation } from "./useSimulation";

const LONGEST_NAME = 120;

/** Keeps the dialogue with the flow: it is played again at every publishing, and must go as it went now. */
export function SaveTest({ simulation, played }: { simulation: Simulation; played: Simulated }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tests = useBuilder((state) => state.tests);
  const setTests = useBuilder((state) => state.setTests);
  const [name, setName] = useState("");
  const [isOpen, setOpen] = useState(false);
  const isBroken = played.beats.some((beat) => beat.trouble);
  const save = () => {
    const test = asTest(name.trim(), simulation.recorded, simulation.steps, played);
    setTests([...tests.filter((one) => one.name !== test.name), test]);
    setOpen(false);
    setName("");
    message.success(t("builder.tests.kept"));
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      title={t("builder.tests.saveTitle")}
      content={
        <Space.Compact style={{ width: 280 }}>
          <Input
            aria-label={t("builder.tests.name")}
            placeholder={t("builder.tests.name")}
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && save()}
          />
          <Button type="primary" disabled={!name.trim()} onClick={save}>
            {t("builder.tests.keep")}
          </Button>
        </Space.Compact>
      }
    >
      <Button disabled={isBroken}>{t("builder.tests.save")}</Button>
    </Popover>
  );
}
